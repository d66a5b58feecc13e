"""Contacts from a file: separated values (RFC 4180) as spreadsheets, mail programs and other systems write them, or
vCards.

Any of the usual separators and encodings is understood. Columns are known by their headings or by what somebody has
told of them; a column that is not known becomes an own field, so that nothing is lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import msgspec

from svarhus.domains.contacts.checking import checked
from svarhus.domains.contacts.encoding import Encoded, EncodingName, decoded
from svarhus.domains.contacts.errors import UnreadableFile, unreadable
from svarhus.domains.contacts.headings import NAMING, NUMBERS, Meaning, kind_of_number, meaning_of, meanings
from svarhus.domains.contacts.model import ContactCard, ContactId
from svarhus.domains.contacts.table import Row, rows_of
from svarhus.domains.contacts.vcard import Value, cards_of, is_vcard
from svarhus.domains.contacts.writing import plain, written
from svarhus.kit.errors import Fault
from svarhus.kit.workshop import GoOn, to_the_end

MOST_LINES = 50_000
MOST_ASIDES = 200
MOST_FAULTS = 1_000
"""That are told; lines with others are only counted and given back."""

_EXAMPLE = 40

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


class Column(msgspec.Struct, frozen=True):
    heading: str
    meaning: Meaning
    """What it was taken for."""
    example: str = ""
    """The first value."""


class Aside(msgspec.Struct, frozen=True):
    """What stood beside a number, and is kept with it."""

    line: int
    number: str
    note: str


class Read(msgspec.Struct, frozen=True):
    """What a file says."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    """The first of them, each with its line."""
    columns: tuple[Column, ...]
    """None of vCards."""
    faulty: str
    """The lines with faults as they are, with the headings: to be mended and sent again."""
    faulty_lines: int = 0
    nameless: bool = False
    """No column is known that has the names: nothing was read until somebody tells which."""
    encoding: EncodingName = "utf-8"
    encodings: tuple[tuple[EncodingName, str], ...] = ()
    """When the encoding is not certain: those in question, the likeliest first, each with some words read so."""

    @property
    def asides(self) -> tuple[Aside, ...]:
        """The first of them."""
        numbers = ((line, each) for line in self.lines for each in line.card.numbers if each.note)
        found = (Aside(line.line, each.number, each.note) for line, each in numbers)
        return tuple(islice(found, MOST_ASIDES))


class Wishes(msgspec.Struct, frozen=True):
    """What somebody has told of a file."""

    encoding: EncodingName | None = None
    meanings: Mapping[str, str] = {}
    """By heading."""


NOTHING_TOLD = Wishes()


def read_contacts(file: bytes, country: str, wishes: Wishes = NOTHING_TOLD, go_on: GoOn = to_the_end) -> Read:
    """The contacts of a file. UnreadableFile when it can be none."""
    encoded = decoded(file, wishes.encoding)
    if is_vcard(encoded.text):
        return _of_cards(encoded, country, go_on)
    return _of_table(encoded, country, wishes, go_on)


# ------------------------------------------------------------------ separated values


def _of_table(encoded: Encoded, country: str, wishes: Wishes, go_on: GoOn) -> Read:
    rows = rows_of(encoded.text)
    first = next(rows, None)
    if first is None:
        raise unreadable("empty", "The file is empty.", "The first line holds the headings of the columns.")
    headings = _headings(first.cells)
    kinds = meanings(headings, wishes.meanings)
    nameless = not NAMING & set(kinds)
    if nameless and len(headings) < 2:
        raise nobody_named()
    found, examples = _Found(country), dict[int, str]()
    faulty: list[Sequence[str]] = [first.cells]
    for row in _counted(rows, go_on):
        if len(examples) < len(headings):
            examples = {
                place: cell.strip()[:_EXAMPLE] for place, cell in enumerate(row.cells) if cell.strip()
            } | examples
        if nameless:
            continue
        wrong = _wrong(row, headings) or found.take(row.line, list(_values(row, headings, kinds)))
        if wrong:
            found.tell(wrong)
            faulty.append(row.cells)
    text = written(faulty) if found.faulty_lines else ""
    columns = (
        Column(heading, kind, examples.get(place, ""))
        for place, (heading, kind) in enumerate(zip(headings, kinds, strict=True))
    )
    return msgspec.structs.replace(found.read(encoded, tuple(columns), text), nameless=nameless)


def nobody_named() -> UnreadableFile:
    remedy = "Let the first line hold headings such as Namn;Företag;Telefon;E-post, or tell which column it is."
    return unreadable("no_names", "No column has the names.", remedy)


def _counted(rows: Iterator[Row], go_on: GoOn) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        go_on()
        if number > MOST_LINES:
            raise unreadable("lines", f"There are more than {MOST_LINES:,} lines.", "Divide the file into several.")
        yield row


def _headings(row: Sequence[str]) -> list[str]:
    """The headings; the second of two that are alike and not known gets a number, so that both columns are kept."""
    found: list[str] = []
    seen: dict[str, int] = {}
    for heading in (each.strip() for each in row):
        shown = heading
        if heading and meaning_of(heading) is None:
            times = seen[heading] = seen.get(heading, 0) + 1
            while times > 1 and (shown := f"{heading} {times}") in seen:
                times = seen[heading] = times + 1
            seen.setdefault(shown, 1)
        found.append(shown)
    return found


def _wrong(row: Row, headings: Sequence[str]) -> list[Fault]:
    if row.fault:
        return [row.fault]
    if any(value.strip() for value in row.cells[len(headings) :]):
        few = f"there are {len(row.cells)} values, but {len(headings)} headings"
        remedy = "Put values that hold the separator in quotation marks."
        return [Fault("line", few, remedy, row.line, "contact-many_values")]
    if any(value.strip() and not heading for value, heading in zip(row.cells, headings, strict=False)):
        return [Fault("line", "a column with values has no heading", "Give it one.", row.line, "contact-no_heading")]
    return []


def _values(row: Row, headings: Sequence[str], kinds: Sequence[Meaning]) -> Iterator[Value]:
    """The values that are there; a number gets the label that stands before it."""
    told = ""
    for kind, heading, cell in zip(kinds, headings, row.cells, strict=False):
        value = plain(cell)
        if kind is Meaning.NUMBER_KIND:
            told = value
        elif kind in NUMBERS and told:
            if value:
                yield _labelled(told, heading, value)
            told = ""
        elif value and kind is not Meaning.LEFT_OUT:
            yield kind, heading, value


def _labelled(told: str, heading: str, value: str) -> Value:
    label, fax = kind_of_number(told)
    return (Meaning.FIELD, f"{heading} {told}", value) if fax else (Meaning(label.value), heading, value)


# ------------------------------------------------------------------ vCards


def _of_cards(encoded: Encoded, country: str, go_on: GoOn) -> Read:
    found, faulty = _Found(country), list[str]()
    for number, card in enumerate(cards_of(encoded.text), 1):
        go_on()
        if number > MOST_LINES:
            raise unreadable("lines", f"There are more than {MOST_LINES:,} cards.", "Divide the file into several.")
        values = [value for value in card.values if value[2]]
        wrong = [card.fault] if card.fault else found.take(card.line, values)
        if wrong:
            found.tell(wrong)
            faulty.append(card.raw)
    return found.read(encoded, (), "".join(faulty))


# ------------------------------------------------------------------ one contact


class _Found:
    """What has been read so far."""

    def __init__(self, country: str) -> None:
        self._country = country
        self._lines: list[Line] = []
        self._faults: list[Fault] = []
        self.faulty_lines = 0

    def take(self, number: int, values: Sequence[Value]) -> list[Fault]:
        """Keep what a line says, or tell what is wrong with it."""
        line, wrong = _line(number, values, self._country)
        if line is not None:
            self._lines.append(line)
        return wrong

    def tell(self, wrong: Sequence[Fault]) -> None:
        self.faulty_lines += 1
        self._faults += wrong[: MOST_FAULTS - len(self._faults)]

    def read(self, encoded: Encoded, columns: tuple[Column, ...], faulty: str) -> Read:
        return Read(
            tuple(self._lines),
            tuple(self._faults),
            columns,
            faulty,
            self.faulty_lines,
            encoding=encoded.encoding,
            encodings=encoded.choices,
        )


def _line(number: int, values: Sequence[Value], country: str) -> tuple[Line | None, list[Fault]]:
    one, fields = _told_apart(values)
    card, faults = checked(
        name=_name(one),
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


def _name(one: Mapping[Meaning, str]) -> str:
    parts = (one.get(kind, "") for kind in (Meaning.FIRST_NAME, Meaning.MIDDLE_NAME, Meaning.LAST_NAME))
    return one.get(Meaning.NAME) or " ".join(filter(None, parts)) or one.get(Meaning.COMPANY, "")
