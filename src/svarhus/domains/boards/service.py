"""Links to wallboards, and the figures of today."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import time
from zoneinfo import ZoneInfo

import msgspec
from pydantic import JsonValue

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.boards import repository
from svarhus.domains.boards.errors import LinkRevoked, NoLink
from svarhus.domains.boards.model import DaySoFar, Tally, Theme, Today, WallboardLink, queue_today
from svarhus.domains.organisation.errors import NoPart
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.kit.clock import Clock, Instant, at, from_local, local_date, seconds_between
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId, QueueKey

PREFIX = "svarhus_board_"
"""Lets secret scanners know a link's token when they see one."""

_AT_ONCE = 5000
"""Facts that are read of the journal at a time."""

_FRESH = 1.0
"""Seconds for which figures are given again: many boards may ask at once."""


@dataclass(frozen=True)
class NewLink:
    """A link just made."""

    token: str = field(repr=False)
    link: WallboardLink


class WantedLink(msgspec.Struct, frozen=True):
    """What a new wallboard is to show."""

    name: str
    unit: str | None
    queues: tuple[str, ...]
    shows_agents: bool
    theme: Theme
    language: str


class Wallboards:
    """Makes links, knows them again and takes them back."""

    def __init__(
        self, database: Database, clock: Clock, organisations: OrganisationRepository, audit: AuditLog
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit

    async def make(self, actor: Actor, wanted: WantedLink) -> NewLink:
        """A new link and its token, which is shown this once. NoPart for a unit or queue that is not there."""
        require(actor, Right.SHARE_BOARDS)
        _, configuration = await self._organisations.load(actor.organisation)
        _check(configuration, wanted)
        token, now = PREFIX + secrets.token_urlsafe(32), self._clock.now()
        link = WallboardLink(
            organisation=actor.organisation,
            id=secrets.token_hex(8),
            name=wanted.name,
            unit=wanted.unit,
            queues=wanted.queues,
            shows_agents=wanted.shows_agents,
            theme=wanted.theme,
            language=wanted.language,
            made_at=now,
            made_by=actor.name,
        )
        async with self._database.begin() as session:
            await repository.add_link(session, token, link)
            what: dict[str, JsonValue] = {"name": link.name, "unit": link.unit, "queues": list(link.queues)}
            await self._audit.write(session, actor.organisation, now, actor.name, "wallboard-made", link.id, after=what)
        return NewLink(token, link)

    async def all(self, actor: Actor) -> tuple[WallboardLink, ...]:
        require(actor, Right.SHARE_BOARDS)
        async with self._database.begin() as session:
            return await repository.links(session, actor.organisation)

    async def revoke(self, actor: Actor, id: str) -> None:
        """Take a link back: screens that have it show nothing more. NoLink."""
        require(actor, Right.SHARE_BOARDS)
        async with self._database.begin() as session:
            removed = await repository.remove_link(session, actor.organisation, id)
            if removed is None:
                raise NoLink(f"There is no link `{id}`.", "Somebody may have revoked it already.")
            now = self._clock.now()
            await self._audit.write(session, actor.organisation, now, actor.name, "wallboard-revoked", id)

    async def opened(self, token: str) -> WallboardLink:
        """The link with this token. LinkRevoked."""
        now = self._clock.now()
        async with self._database.begin() as session:
            link = await repository.find_link(session, token)
            if link is None:
                raise LinkRevoked("The link was revoked, or never was one.", "Ask for a new link.")
            if link.seen_at is None or seconds_between(link.seen_at, now) > 60:
                await repository.link_seen(session, link, now)
        return link


def _check(configuration: Configuration, wanted: WantedLink) -> None:
    if wanted.unit is not None and all(unit.key != wanted.unit for unit in configuration.units):
        raise NoPart(f"There is no unit `{wanted.unit}`.", "Choose one of the organisation's.")
    known = {queue.key for queue in configuration.queues}
    for queue in wanted.queues:
        if queue not in known:
            raise NoPart(f"There is no queue `{queue}`.", "Choose from the organisation's.")


class TodaysFigures:
    """How the day has gone so far. Of the journal, only what is new is read each time."""

    def __init__(self, database: Database, clock: Clock, organisations: OrganisationRepository) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._days: dict[OrganisationId, DaySoFar] = {}
        self._known: dict[OrganisationId, tuple[int, Today]] = {}
        self._reading = asyncio.Lock()

    async def today(self, actor: Actor) -> Today:
        require(actor, Right.SEE_LIVE)
        return await self.of(actor.organisation)

    async def of(self, organisation: OrganisationId) -> Today:
        """The figures of all queues, in the order of the configuration."""
        revision, configuration = await self._organisations.load(organisation)
        async with self._reading:
            now = self._clock.now()
            known = self._known.get(organisation)
            if known and known[0] == revision and 0 <= seconds_between(known[1].at, now) < _FRESH:
                return known[1]
            today = await self._read(organisation, configuration, now)
            self._known[organisation] = (revision, today)
            return today

    async def _read(self, organisation: OrganisationId, configuration: Configuration, now: Instant) -> Today:
        zone = ZoneInfo(configuration.organisation.timezone)
        midnight = from_local(at(local_date(now, zone), time()), zone)
        day = self._days.get(organisation)
        if day is None or day.since != midnight:
            day = self._days[organisation] = DaySoFar(midnight)
        async with self._database.begin() as session:
            while True:
                facts = await repository.part_facts(session, organisation, midnight, now, day.seq, _AT_ONCE)
                day.add(facts)
                if len(facts) < _AT_ONCE:
                    break
        queues = tuple(queue_today(each, day.queues.get(QueueKey(each.key), Tally())) for each in configuration.queues)
        return Today(midnight, now, queues, dict(day.answered_by))
