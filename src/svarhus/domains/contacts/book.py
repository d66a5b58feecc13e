"""External contacts: reading and changing them, one by one and many at a time."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import msgspec
from pydantic import JsonValue

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.contacts import repository
from svarhus.domains.contacts.checking import checked
from svarhus.domains.contacts.errors import ContactNotFound, FaultyLines, TooManyContacts, WrongContact
from svarhus.domains.contacts.importing import Line, nobody_named, read_contacts
from svarhus.domains.contacts.lines import NOTHING_TOLD, Read, Wishes
from svarhus.domains.contacts.merging import Author, Plan, plan
from svarhus.domains.contacts.model import Contact, ContactCard, ContactId, NumberLabel
from svarhus.domains.contacts.writing import write_contacts
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.preferences import find_preferences
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId
from svarhus.kit.workshop import GoOn, Workshop

MOST_CONTACTS = 200_000
"""Of one organisation."""

Changed = Callable[[OrganisationId, str], None]
"""Told which contact has changed, for those who are watching; empty when many have."""


class Written(msgspec.Struct, frozen=True):
    """A card as somebody has written it, not looked at yet."""

    name: str
    texts: Mapping[str, str]
    """company, title, department, place, email and notes."""
    numbers: Sequence[tuple[str, NumberLabel]]
    """In any form."""
    tags: Sequence[str]
    fields: Mapping[str, str]


class Imported(msgspec.Struct, frozen=True):
    """What a file did, or would do."""

    read: Read[Line]
    plan: Plan


class ContactBook:
    """All raise Refused without the right."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        audit: AuditLog,
        changed: Changed,
        workshop: Workshop,
    ) -> None:
        """`workshop`: where files are read, so that calls are decided meanwhile."""
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit
        self._changed = changed
        self._workshop = workshop

    async def contact(self, actor: Actor, id: ContactId) -> Contact:
        """The whole card. Who reads it is noted in the audit log. ContactNotFound."""
        require(actor, Right.SEE_DIRECTORY)
        async with self._database.begin() as session:
            found = _there(id, await repository.find(session, actor.organisation, id))
            await self._note(session, actor, "contact-read", id)
        return found

    async def add(self, actor: Actor, written: Written) -> Contact:
        """WrongContact, TooManyContacts."""
        require(actor, Right.CHANGE_CONTACTS)
        async with self._database.begin() as session:
            country = await self._country(session, actor)
            contact = self._contact(actor, ContactId(secrets.token_hex(8)), _card(written, country))
            await self._make_room(session, actor, 1)
            await repository.add(session, actor.organisation, [contact], country)
            await self._note(session, actor, "contact-added", contact.id)
        self._changed(actor.organisation, contact.id)
        return contact

    async def change(self, actor: Actor, id: ContactId, written: Written) -> Contact:
        """ContactNotFound, WrongContact."""
        require(actor, Right.CHANGE_CONTACTS)
        async with self._database.begin() as session:
            country = await self._country(session, actor)
            contact = self._contact(actor, id, _card(written, country))
            before = _there(id, await repository.find(session, actor.organisation, id))
            await repository.replace(session, actor.organisation, contact, country)
            await self._note(session, actor, "contact-changed", id, _differing(before.card, contact.card))
        self._changed(actor.organisation, id)
        return contact

    async def remove(self, actor: Actor, id: ContactId) -> None:
        """For good. The audit log tells that it was there, not what it said. ContactNotFound."""
        require(actor, Right.CHANGE_CONTACTS)
        async with self._database.begin() as session:
            _there(id, await repository.remove(session, actor.organisation, id))
            await self._note(session, actor, "contact-deleted", id)
        self._changed(actor.organisation, id)

    async def bring_in(
        self, actor: Actor, file: bytes, wishes: Wishes = NOTHING_TOLD, *, dry_run: bool, skip_faulty: bool
    ) -> Imported:
        """The contacts of a file, all or (with `skip_faulty`) those that are right.

        What its headings mean is taken from `wishes`, else from the actor's preferences where it was told there.
        UnreadableFile; FaultyLines when some are not right; TooManyContacts. Nothing is changed then.
        """
        require(actor, Right.MOVE_CONTACTS)
        async with self._database.read() as session:
            country = await self._country(session, actor)
            told = {**await _told_headings(session, actor), **wishes.meanings}
        read = await self._workshop.run(partial(read_contacts, file, country, Wishes(wishes.encoding, told)))
        async with self._database.begin() as session:
            known = await repository.all_contacts(session, actor.organisation)
            author = Author(actor.name, self._clock.now())
            found = Imported(read, await self._workshop.run(partial(_planned, read, known, author)))
            if dry_run:
                return found
            if read.nameless:
                raise nobody_named()
            if read.faults and not skip_faulty:
                remedy = "Mend them, or bring in the others without them."
                raise FaultyLines(f"{read.faulty_lines:,} lines are not right.", remedy, read.faults)
            await self._keep(session, actor, found.plan, country)
        self._changed(actor.organisation, "")
        return found

    async def take_out(self, actor: Actor) -> str:
        """All contacts as a file. Who takes it is noted in the audit log."""
        require(actor, Right.MOVE_CONTACTS)
        async with self._database.begin() as session:
            found = await repository.all_contacts(session, actor.organisation)
            await self._note(session, actor, "contacts-exported", f"{len(found)}")
        return write_contacts((contact.id, contact.card) for contact in found)

    async def _keep(self, session: Session, actor: Actor, wanted: Plan, country: str) -> None:
        await self._make_room(session, actor, len(wanted.added))
        await repository.add(session, actor.organisation, wanted.added, country)
        for contact in wanted.changed:
            await repository.replace(session, actor.organisation, contact, country)
        told = f"{len(wanted.added)} added, {len(wanted.changed)} changed"
        await self._note(session, actor, "contacts-imported", told)

    async def _make_room(self, session: Session, actor: Actor, wanted: int) -> None:
        if await repository.count(session, actor.organisation) + wanted > MOST_CONTACTS:
            raise TooManyContacts(f"At most {MOST_CONTACTS:,} contacts fit.", "Delete some that are not needed.")

    async def _country(self, session: Session, actor: Actor) -> str:
        _, configuration = await self._organisations.current(session, actor.organisation)
        return configuration.organisation.country

    def _contact(self, actor: Actor, id: ContactId, card: ContactCard) -> Contact:
        return Contact(id, card, self._clock.now(), actor.name)

    async def _note(
        self, session: Session, actor: Actor, action: str, subject: str, fields: Sequence[str] | None = None
    ) -> None:
        """What was written is left out: what is deleted must not live on in the audit log."""
        after: JsonValue = None if fields is None else {"fields": list(fields)}
        await self._audit.write(
            session, actor.organisation, self._clock.now(), actor.name, action, subject, after=after
        )


async def _told_headings(session: Session, actor: Actor) -> Mapping[str, str]:
    if actor.person is None:
        return {}
    return (await find_preferences(session, actor.organisation, actor.person)).headings


def _planned(read: Read[Line], known: Sequence[Contact], author: Author, go_on: GoOn) -> Plan:
    def looked_at() -> Iterator[Line]:
        for line in read.lines:
            go_on()
            yield line

    return plan(looked_at(), known, author, lambda: secrets.token_hex(8))


def _differing(before: ContactCard, after: ContactCard) -> list[str]:
    names = ContactCard.__struct_fields__
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _card(written: Written, country: str) -> ContactCard:
    card, faults = checked(
        name=written.name,
        texts=written.texts,
        numbers=written.numbers,
        tags=written.tags,
        fields=written.fields,
        country=country,
    )
    if card is None:
        raise WrongContact("The contact cannot be kept like this.", "Mend what is named.", faults)
    return card


def _there(id: ContactId, contact: Contact | None) -> Contact:
    if contact is None:
        raise ContactNotFound(f"There is no contact `{id}`.")
    return contact
