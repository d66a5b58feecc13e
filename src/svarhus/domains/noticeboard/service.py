"""The noticeboard: writing to colleagues, reading what they wrote, and what has been written."""

from collections.abc import Callable
from datetime import date, time
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.noticeboard import repository
from svarhus.domains.noticeboard.errors import NoNotice, NothingWritten, NoUnit, TooLong
from svarhus.domains.noticeboard.model import LONGEST_TEXT, Notice, Period, days_of
from svarhus.domains.noticeboard.repository import Boards
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, may, require
from svarhus.kit.clock import Clock, at, from_local, local_date
from svarhus.kit.database import Database, Page
from svarhus.kit.ids import OrganisationId

Changed = Callable[[OrganisationId, int], None]
"""Told after a notice was written or pinned, for those who are watching."""

SHOWN_LATEST = 5
SHOWN_PINNED = 20


class History(msgspec.Struct, frozen=True):
    """The notices of one period."""

    first: date
    end: date
    """The first day after it."""
    notices: Page[Notice]


class Current(msgspec.Struct, frozen=True):
    """What a person should know of now."""

    unread: int
    unread_important: int
    read_to: int
    """The last notice that was read; later ones are new."""
    units: tuple[str, ...]
    """Whose boards the person reads and writes on, besides the one to everybody."""
    pinned: tuple[Notice, ...]
    latest: tuple[Notice, ...]


class Noticeboard:
    """Who leads the noticeboard may read and write on all units' boards; others on their own units'.

    Whoever belongs to no unit sees all of them.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        audit: AuditLog,
        changed: Changed,
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit
        self._changed = changed

    async def write(self, actor: Actor, unit: str | None, text: str, important: bool) -> Notice:
        """NothingWritten, TooLong, NoUnit."""
        require(actor, Right.WRITE_NOTICES)
        written = _written(text)
        _, configuration = await self._organisations.load(actor.organisation)
        _boards(actor, configuration, unit)
        name = next((person.name for person in configuration.people if person.key == actor.person), actor.name)
        async with self._database.begin() as session:
            notice = await repository.add_notice(
                session, actor.organisation, unit, self._clock.now(), (actor.name, name), written, important
            )
        self._changed(actor.organisation, notice.id)
        return notice

    async def history(
        self, actor: Actor, unit: str | None, period: Period, day: date | None, cursor: str | None, limit: int
    ) -> History:
        """The notices of the day, week or month that the day is in (None: today), the newest first. NoUnit."""
        require(actor, Right.SEE_LIVE)
        _, configuration = await self._organisations.load(actor.organisation)
        boards = _boards(actor, configuration, unit)
        zone = ZoneInfo(configuration.organisation.timezone)
        first, end = days_of(period, day or local_date(self._clock.now(), zone))
        begin, until = (from_local(at(edge, time()), zone) for edge in (first, end))
        async with self._database.begin() as session:
            found = await repository.find_notices(session, boards, begin, until, cursor, limit)
        return History(first, end, found)

    async def current(self, actor: Actor) -> Current:
        require(actor, Right.SEE_LIVE)
        _, configuration = await self._organisations.load(actor.organisation)
        boards = _boards(actor, configuration, None)
        async with self._database.begin() as session:
            read_to = await repository.read_to(session, actor.organisation, actor.person) if actor.person else 0
            unread, important = (0, 0)
            if actor.person:
                unread, important = await repository.unread(session, boards, read_to, actor.name)
            return Current(
                unread,
                important,
                read_to,
                _units(actor, configuration),
                await repository.pinned(session, boards, SHOWN_PINNED),
                await repository.latest(session, boards, SHOWN_LATEST),
            )

    async def read(self, actor: Actor, id: int) -> None:
        """The actor has read this notice and all before it. NoNotice."""
        require(actor, Right.SEE_LIVE)
        await self._find(actor, id)
        if actor.person is not None:
            async with self._database.begin() as session:
                await repository.set_read_to(session, actor.organisation, actor.person, id)

    async def pin(self, actor: Actor, id: int, pinned: bool) -> Notice:
        """Keep it at the top for all, or no longer. NoNotice."""
        require(actor, Right.LEAD_NOTICES)
        await self._find(actor, id)
        now = self._clock.now()
        async with self._database.begin() as session:
            moment, by = (now, actor.name) if pinned else (None, None)
            await repository.set_pin(session, actor.organisation, id, moment, by)
            action = "notice-pinned" if pinned else "notice-unpinned"
            await self._audit.write(session, actor.organisation, now, actor.name, action, str(id))
        self._changed(actor.organisation, id)
        return await self._find(actor, id)

    async def _find(self, actor: Actor, id: int) -> Notice:
        _, configuration = await self._organisations.load(actor.organisation)
        async with self._database.begin() as session:
            found = await repository.find_notice(session, _boards(actor, configuration, None), id)
        if found is None:
            raise NoNotice(f"There is no notice {id}.", "Read the noticeboard anew.")
        return found


def _written(text: str) -> str:
    """NothingWritten, TooLong."""
    kept = text.strip()
    if not kept:
        raise NothingWritten("There is nothing in the notice.", "Write a line or two.")
    if len(kept) > LONGEST_TEXT:
        raise TooLong(
            f"The notice has {len(kept):,} characters, {LONGEST_TEXT:,} are allowed.", "Shorten it, or write two."
        )
    return kept


def _boards(actor: Actor, configuration: Configuration, unit: str | None) -> Boards:
    """The boards that the actor reads, or the one of the unit. NoUnit when that is not the actor's."""
    units = _units(actor, configuration)
    if unit is None:
        return Boards(actor.organisation, units)
    if unit not in units:
        raise NoUnit(f"There is no unit `{unit}` whose notices you read.", "Choose one of your own units.")
    return Boards(actor.organisation, [unit], common=False)


def _units(actor: Actor, configuration: Configuration) -> tuple[str, ...]:
    own = next((person.units for person in configuration.people if person.key == actor.person), ())
    if own and not may(actor, Right.LEAD_NOTICES):
        return tuple(own)
    return tuple(unit.key for unit in configuration.units)
