"""What a file of contacts means for those that are there already."""

import itertools
from collections.abc import Callable, Iterable, Mapping

import msgspec

from svarhus.domains.contacts.folding import folded
from svarhus.domains.contacts.importing import Line
from svarhus.domains.contacts.model import Contact, ContactCard, ContactId, Numbered
from svarhus.kit.clock import Instant

_TEXTS = ("company", "title", "department", "place", "email")


class Plan(msgspec.Struct, frozen=True):
    """What is to be done, without any contact twice."""

    added: tuple[Contact, ...]
    changed: tuple[Contact, ...]
    unchanged: int
    joined: int = 0
    """Lines about somebody of whom an earlier line of the file is."""


class Author(msgspec.Struct, frozen=True):
    """Who brings the contacts in, and when."""

    name: str
    at: Instant


def plan(lines: Iterable[Line], known: Iterable[Contact], author: Author, new_id: Callable[[], str]) -> Plan:
    """A line is about a contact with its id, or with the same name and a number or e-mail address in common.

    Such a line adds to the contact and changes what it says otherwise; what it leaves out stays.
    """
    before = {contact.id: contact for contact in known}
    people = _People(before.values())
    now: dict[ContactId, ContactCard] = {}
    unchanged = joined = 0
    for line in lines:
        id = line.id if line.id in before else people.find(line.card)
        if id is None:
            id = ContactId(new_id())
            now[id] = line.card
        else:
            joined += id in now
            old = now.get(id) or before[id].card
            merged = merge(old, line.card)
            unchanged += merged == old and id not in now
            if merged != old:
                now[id] = merged
        people.add(id, line.card)
    made = [Contact(id, card, author.at, author.name) for id, card in now.items()]
    added = tuple(each for each in made if each.id not in before)
    return Plan(added, tuple(each for each in made if each.id in before), unchanged, joined)


class _People:
    """Finds who a card is of."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._known: dict[tuple[str, str], ContactId] = {}
        for contact in contacts:
            self.add(contact.id, contact.card)

    def find(self, card: ContactCard) -> ContactId | None:
        return next((self._known[sign] for sign in _signs(card) if sign in self._known), None)

    def add(self, id: ContactId, card: ContactCard) -> None:
        for sign in _signs(card):
            self._known.setdefault(sign, id)


def _signs(card: ContactCard) -> Iterable[tuple[str, str]]:
    """Name and number, name and address; or, of one without either, name and company."""
    name = folded(card.name)
    signs = [each.number for each in card.numbers] + ([card.email.casefold()] if card.email else [])
    return ((name, sign) for sign in signs or [f"company {folded(card.company)}"])


def merge(old: ContactCard, new: ContactCard) -> ContactCard:
    """The old card with what the new one says; nothing that the new one leaves out goes."""
    texts = {name: getattr(new, name) or getattr(old, name) for name in _TEXTS}
    return ContactCard(
        name=new.name,
        numbers=_numbers(old.numbers, new.numbers),
        tags=tuple(dict.fromkeys((*old.tags, *new.tags))),
        fields=_fields(old.fields, new.fields),
        notes=_notes(old.notes, new.notes),
        **texts,
    )


def _numbers(old: Iterable[Numbered], new: Iterable[Numbered]) -> tuple[Numbered, ...]:
    found: dict[str, Numbered] = {}
    for each in itertools.chain(old, new):
        before = found.get(each.number, each)
        found[each.number] = Numbered(each.number, each.label, each.note or before.note)
    return tuple(found.values())


def _fields(old: Mapping[str, str], new: Mapping[str, str]) -> Mapping[str, str]:
    return {**old, **new}


def _notes(old: str, new: str) -> str:
    if not new or new in old:
        return old
    return f"{old}\n{new}" if old else new
