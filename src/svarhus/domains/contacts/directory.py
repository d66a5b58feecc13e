"""The directory: colleagues and external contacts together, and what is known about a number."""

import base64
import binascii
from collections.abc import Collection
from heapq import merge

import msgspec

from svarhus.domains.audit.looks import NUMBER_SEARCHED, Looks
from svarhus.domains.calls.last_spoken import LastSpoken, last_spoken
from svarhus.domains.contacts import repository
from svarhus.domains.contacts.colleagues import Colleagues
from svarhus.domains.contacts.errors import EntryNotFound, WrongNumber
from svarhus.domains.contacts.folding import terms
from svarhus.domains.contacts.model import Contact, ContactId, Entry, EntryKind, Found, Position
from svarhus.domains.contacts.search import Wanted, search_contacts
from svarhus.domains.numbers.parse import is_withheld, to_kept
from svarhus.domains.numbers.reading import Kind, NotANumber, Number, read_number
from svarhus.domains.numbers.refusals import fault_of
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.projection import sees_everybody
from svarhus.domains.people.rights import Actor, Right, oneself, require
from svarhus.kit.database import Database, InvalidCursor, Page, Session
from svarhus.kit.ids import OrganisationId

_KEPT = 16
"""Organisations whose colleagues are kept ready."""


class Caller(msgspec.Struct, frozen=True):
    """What is known about a number before anybody answers."""

    number: str | None
    """E.164, or an extension; None when it is withheld or no number."""
    colleague: Entry | None
    contacts: tuple[Contact, ...]
    """Several may share a number; by name."""
    last_spoken: LastSpoken | None


class Directory:
    """All raise Refused without the right."""

    def __init__(self, database: Database, organisations: OrganisationRepository, looks: Looks) -> None:
        self._database = database
        self._organisations = organisations
        self._looks = looks
        self._ready: dict[tuple[OrganisationId, bool], tuple[int, Colleagues]] = {}

    async def search(
        self,
        actor: Actor,
        query: str,
        kind: EntryKind | None = None,
        *,
        favourites_only: bool = False,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page[Entry]:
        """The best first: names that begin with the query, then words of names, then the rest; favourites up.

        Who is shown contacts is noted in the audit log.
        """
        require(actor, Right.SEE_DIRECTORY)
        after = _decoded(cursor) if cursor else None
        wanted = Wanted(query, terms(query), favourites_only, after, limit)
        if query.strip() and not wanted.terms:
            return Page((), None)
        async with self._database.read() as session:
            found = []
            favourites = await _favourites(session, actor)
            if kind is not EntryKind.CONTACT:
                colleagues, _ = await self._colleagues(session, actor)
                found.append(colleagues.search(wanted, favourites[EntryKind.COLLEAGUE]))
            if kind is not EntryKind.COLLEAGUE:
                found.append(await search_contacts(session, actor.organisation, wanted, favourites[EntryKind.CONTACT]))
        shown = _page(list(merge(*found, key=lambda each: each.position)), limit)
        if any(entry.kind is EntryKind.CONTACT for entry in shown.items):
            await self._looks.note(actor, "directory-opened")
        return shown

    async def by_number(self, actor: Actor, number: str) -> Caller:
        """Who has a number, typed in any form, and who of us spoke with it last.

        Who looks is noted in the audit log when something is known.
        """
        require(actor, Right.SEE_DIRECTORY)
        if is_withheld(number):
            return Caller(None, None, (), None)
        async with self._database.read() as session:
            colleagues, configuration = await self._colleagues(session, actor)
            outside = to_kept(number, configuration.organisation.country)
            inside = number.strip()
            colleague = colleagues.with_number(inside) or (colleagues.with_number(outside) if outside else None)
            if outside is None or (colleague and inside == colleague.numbers[0].number):
                return Caller(inside if colleague else None, colleague, (), None)
            found = await repository.with_number(session, actor.organisation, outside)
            spoken = await last_spoken(session, actor.organisation, outside)
        if found or spoken:
            await self._looks.note(actor, NUMBER_SEARCHED, outside)
        return Caller(outside, colleague, found, spoken)

    async def read_number(self, actor: Actor, typed: str) -> Number:
        """How a number outside is understood. WrongNumber, with the reason."""
        require(actor, Right.SEE_DIRECTORY)
        _, configuration = await self._organisations.load(actor.organisation)
        found = read_number(typed, configuration.organisation.country)
        if isinstance(found, Number) and found.kind is not Kind.INTERNAL:
            return found
        why = NotANumber.NO_AREA_CODE if isinstance(found, Number) else found
        fault = fault_of("number", typed, why)
        raise WrongNumber(f"{fault.message}.", fault.remedy, [fault])

    async def names(self, actor: Actor, numbers: Collection[str]) -> dict[str, str]:
        """Who has these numbers, E.164 or extensions; those whom nobody knows are left out."""
        require(actor, Right.SEE_DIRECTORY)
        async with self._database.read() as session:
            colleagues, _ = await self._colleagues(session, actor)
            inside = {number: found.name for number in numbers if (found := colleagues.with_number(number))}
            others = [number for number in numbers if number not in inside and number.startswith("+")]
            return inside | await repository.names(session, actor.organisation, others)

    async def set_favourite(self, actor: Actor, kind: EntryKind, key: str, wanted: bool) -> None:
        """For the person who asks. NotAPerson, EntryNotFound."""
        require(actor, Right.SEE_DIRECTORY)
        person = oneself(actor, "A token has no favourites.")
        async with self._database.begin() as session:
            if not wanted:
                await repository.remove_favourite(session, actor.organisation, person, kind, key)
                return
            if not await self._is_there(session, actor, kind, key):
                raise EntryNotFound(f"There is no {kind} `{key}` in the directory.")
            await repository.add_favourite(session, actor.organisation, person, kind, key)

    async def _is_there(self, session: Session, actor: Actor, kind: EntryKind, key: str) -> bool:
        if kind is EntryKind.CONTACT:
            return await repository.find(session, actor.organisation, ContactId(key)) is not None
        colleagues, _ = await self._colleagues(session, actor)
        return colleagues.entry(key) is not None

    async def _colleagues(self, session: Session, actor: Actor) -> tuple[Colleagues, Configuration]:
        revision, configuration = await self._organisations.current(session, actor.organisation)
        kept_as = actor.organisation, sees_everybody(actor)
        known = self._ready.get(kept_as)
        if known is None or known[0] != revision:
            if len(self._ready) >= _KEPT:
                self._ready.pop(next(iter(self._ready)))
            known = self._ready[kept_as] = (revision, Colleagues(configuration, whole=kept_as[1]))
        return known[1], configuration


async def _favourites(session: Session, actor: Actor) -> dict[EntryKind, frozenset[str]]:
    if actor.person is None:
        return dict.fromkeys(EntryKind, frozenset())
    return await repository.favourite_keys(session, actor.organisation, actor.person)


def _page(found: list[Found], limit: int) -> Page[Entry]:
    items = tuple(each.entry for each in found[:limit])
    return Page(items, _encoded(found[limit - 1].position) if len(found) > limit else None)


def _encoded(position: Position) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def _decoded(cursor: str) -> Position:
    try:
        found = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=Position)
    except (ValueError, binascii.Error, msgspec.MsgspecError) as error:
        raise InvalidCursor("The cursor cannot be read.", "Use `next` of the page before as it is.") from error
    if not all(0 <= value <= _LARGEST for value in (found.rank, found.common, found.kind)):
        raise InvalidCursor("The cursor is of another list.", "Use `next` of the page before as it is.")
    return found


_LARGEST = 10
