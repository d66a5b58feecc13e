"""Contacts from a file: separated values, a workbook, or vCards.

A column that is not known becomes an own field, so that nothing is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

import msgspec

from svarhus.domains.contacts.checking import checked
from svarhus.domains.contacts.encoding import Encoded
from svarhus.domains.contacts.errors import UnreadableFile, unreadable
from svarhus.domains.contacts.headings import NAMING, NUMBERS, Meaning, Value
from svarhus.domains.contacts.lines import MOST_LINES, NOTHING_TOLD, Found, Read, Wishes, read_lines, text_of
from svarhus.domains.contacts.model import ContactCard, ContactId
from svarhus.domains.contacts.vcard import cards_of, is_vcard
from svarhus.kit.errors import Fault
from svarhus.kit.workshop import GoOn, to_the_end

MOST_ASIDES = 200

_ONE_OF_A_KIND = (
    *(Meaning.NAME, Meaning.FIRST_NAME, Meaning.MIDDLE_NAME, Meaning.LAST_NAME, Meaning.COMPANY, Meaning.TITLE),
    *(Meaning.DEPARTMENT, Meaning.PLACE, Meaning.EMAIL, Meaning.NOTES, Meaning.ID),
)
_TEXTS = (Meaning.COMPANY, Meaning.TITLE, Meaning.DEPARTMENT, Meaning.PLACE, Meaning.EMAIL, Meaning.NOTES)
_OF_EVERYBODY = frozenset({"mycontacts", "* mycontacts"})
"""Google's group of all contacts says nothing."""


class Line(msgspec.Struct, frozen=True):
    """A line of the file that can be kept."""

    line: int
    """From 1, the headings included."""
    id: ContactId | None
    card: ContactCard


class Aside(msgspec.Struct, frozen=True):
    """What stood beside a number, and is kept with it."""

    line: int
    number: str
    note: str


def read_contacts(file: bytes, country: str, wishes: Wishes = NOTHING_TOLD, go_on: GoOn = to_the_end) -> Read[Line]:
    """The contacts of a file. UnreadableFile when it can be none."""
    encoded, contacts = text_of(file, wishes), _Contacts(country)
    if is_vcard(encoded.text):
        return _of_cards(encoded, contacts, go_on)
    return read_lines(file, encoded, contacts, wishes, go_on)


def asides(lines: Sequence[Line]) -> tuple[Aside, ...]:
    """The first of them."""
    numbers = ((line, each) for line in lines for each in line.card.numbers if each.note)
    found = (Aside(line.line, each.number, each.note) for line, each in numbers)
    return tuple(islice(found, MOST_ASIDES))


def nobody_named() -> UnreadableFile:
    remedy = "Let the first line hold headings such as Namn;Företag;Telefon;E-post, or tell which column it is."
    return unreadable("no_names", "No column has the names.", remedy)


def _of_cards(encoded: Encoded, contacts: "_Contacts", go_on: GoOn) -> Read[Line]:
    found, faulty = Found[Line](), list[str]()
    for number, card in enumerate(cards_of(encoded.text), 1):
        go_on()
        if number > MOST_LINES:
            raise unreadable("lines", f"There are more than {MOST_LINES:,} cards.", "Divide the file into several.")
        values = [value for value in card.values if value[2]]
        wrong = [card.fault] if card.fault else found.take(contacts, card.line, values)
        if wrong:
            found.tell(wrong)
            faulty.append(card.raw)
    return found.read(encoded, (), "".join(faulty))


# ------------------------------------------------------------------ one contact


class _Contacts:
    """Makes contacts of lines."""

    needed = NAMING

    def __init__(self, country: str) -> None:
        self._country = country

    def nothing_known(self) -> UnreadableFile:
        return nobody_named()

    def take(self, line: int, values: Sequence[Value]) -> tuple[Sequence[Line], list[Fault]]:
        found, wrong = _line(line, values, self._country)
        return ([found] if found else []), wrong


def _line(number: int, values: Sequence[Value], country: str) -> tuple[Line | None, list[Fault]]:
    one, fields = _told_apart(values)
    card, faults = checked(
        name=name_of(one),
        texts={kind.value: one.get(kind, "") for kind in _TEXTS},
        numbers=[(value, NUMBERS[kind]) for kind, _, value in values if kind in NUMBERS],
        tags=[tag for kind, _, value in values if kind is Meaning.TAGS for tag in _tags(value)],
        fields=fields,
        country=country,
    )
    if card is None:
        return None, [replace(fault, line=number) for fault in faults]
    return Line(number, ContactId(one[Meaning.ID]) if Meaning.ID in one else None, card), []


def _told_apart(values: Sequence[Value]) -> tuple[dict[Meaning, str], dict[str, str]]:
    """The first value of each kind; what comes second of a kind is an own field."""
    one: dict[Meaning, str] = {}
    fields: dict[str, str] = {}
    for kind, heading, value in values:
        if kind in _ONE_OF_A_KIND and kind not in one:
            one[kind], *others = _apart(value) if kind is Meaning.EMAIL else [value]
            fields |= {f"{heading} {place}": other for place, other in enumerate(others, 2)}
        elif kind is Meaning.FIELD or (kind in _ONE_OF_A_KIND and one[kind] != value):
            fields[_free(heading, value, fields)] = value
    return one, fields


def _free(heading: str, value: str, fields: Mapping[str, str]) -> str:
    """A name for the field under which no other value stands."""
    place, name = 1, heading
    while fields.get(name, value) != value:
        place += 1
        name = f"{heading} {place}"
    return name


def _apart(value: str) -> list[str]:
    """Several values of one cell, as Google writes them."""
    return [each.strip() for each in value.split(":::") if each.strip()] or [value]


def _tags(value: str) -> list[str]:
    cleaned = value.replace(":::", ",").replace(";", ",").split(",")
    return [tag.strip().removeprefix("* ") for tag in cleaned if tag.strip().casefold() not in _OF_EVERYBODY]


def name_of(one: Mapping[Meaning, str]) -> str:
    """The name in the columns of a line; without one, that of the company. Empty: there is none."""
    parts = (one.get(kind, "") for kind in (Meaning.FIRST_NAME, Meaning.MIDDLE_NAME, Meaning.LAST_NAME))
    return one.get(Meaning.NAME) or " ".join(filter(None, parts)) or one.get(Meaning.COMPANY, "")
