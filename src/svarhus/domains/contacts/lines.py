"""The lines of a file with separated values (RFC 4180) or of a workbook, as spreadsheets, mail programs and other
systems write them: what its columns mean, what can be kept of each line, and what is wrong with the others.

Any of the usual separators and encodings is understood. Columns are known by their headings or by what somebody has
told of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

import msgspec

from svarhus.domains.contacts.encoding import Encoded, EncodingName, decoded
from svarhus.domains.contacts.errors import UnreadableFile, unreadable
from svarhus.domains.contacts.headings import NUMBERS, Meaning, Value, kind_of_number, meaning_of, meanings
from svarhus.domains.contacts.table import Row, rows_of
from svarhus.domains.contacts.workbook import is_workbook, rows_of_workbook
from svarhus.domains.contacts.writing import plain, written
from svarhus.kit.errors import Fault
from svarhus.kit.workshop import GoOn

MOST_LINES = 50_000
MOST_FAULTS = 1_000
"""That are told; lines with others are only counted and given back."""

_EXAMPLE = 40

K = TypeVar("K")
K_co = TypeVar("K_co", covariant=True)


class Column(msgspec.Struct, frozen=True):
    heading: str
    meaning: Meaning
    """What it was taken for."""
    example: str = ""
    """The first value."""


class Read(msgspec.Struct, Generic[K], frozen=True):
    """What a file says."""

    lines: tuple[K, ...]
    faults: tuple[Fault, ...]
    """The first of them, each with its line."""
    columns: tuple[Column, ...]
    """None of vCards."""
    faulty: str
    """The lines with faults as they are, with the headings: to be mended and sent again."""
    faulty_lines: int = 0
    nameless: bool = False
    """No column is known without which nothing can be read: nothing was until somebody tells which."""
    encoding: EncodingName = "utf-8"
    encodings: tuple[tuple[EncodingName, str], ...] = ()
    """When the encoding is not certain: those in question, the likeliest first, each with some words read so."""


class Wishes(msgspec.Struct, frozen=True):
    """What somebody has told of a file."""

    encoding: EncodingName | None = None
    meanings: Mapping[str, str] = {}
    """By heading."""


NOTHING_TOLD = Wishes()


class Taker(Protocol[K_co]):
    """Makes of the values of a line what is kept of it."""

    @property
    def needed(self) -> frozenset[Meaning]:
        """One of these columns must be there."""
        ...

    def nothing_known(self) -> UnreadableFile:
        """That none of them is."""
        ...

    def take(self, line: int, values: Sequence[Value]) -> tuple[Sequence[K_co], list[Fault]]:
        """What is kept, or what is wrong."""
        ...


def text_of(file: bytes, wishes: Wishes) -> Encoded:
    """UnreadableFile."""
    return Encoded("", "utf-8") if is_workbook(file) else decoded(file, wishes.encoding)


def read_lines(file: bytes, encoded: Encoded, taker: Taker[K], wishes: Wishes, go_on: GoOn) -> Read[K]:
    """The lines of a table, whose first holds the headings. `encoded`: see `text_of`. UnreadableFile."""
    rows = rows_of_workbook(file, go_on) if is_workbook(file) else rows_of(encoded.text)
    first = next(rows, None)
    if first is None:
        raise unreadable("empty", "The file is empty.", "The first line holds the headings of the columns.")
    headings = _headings(first.cells)
    kinds = meanings(headings, wishes.meanings)
    unknown = not taker.needed & set(kinds)
    if unknown and len(headings) < 2:
        raise taker.nothing_known()
    found, examples = Found[K](), dict[int, str]()
    faulty: list[Sequence[str]] = [first.cells]
    for row in _counted(rows, go_on):
        if len(examples) < len(headings):
            examples = {
                place: cell.strip()[:_EXAMPLE] for place, cell in enumerate(row.cells) if cell.strip()
            } | examples
        if unknown:
            continue
        wrong = _wrong(row, headings) or found.take(taker, row.line, list(_values(row, headings, kinds)))
        if wrong:
            found.tell(wrong)
            faulty.append(row.cells)
    columns = (
        Column(heading, kind, examples.get(place, ""))
        for place, (heading, kind) in enumerate(zip(headings, kinds, strict=True))
    )
    text = written(faulty) if found.faulty_lines else ""
    return msgspec.structs.replace(found.read(encoded, columns, text), nameless=unknown)


class Found(Generic[K]):
    """What has been read so far."""

    def __init__(self) -> None:
        self._kept: list[K] = []
        self._faults: list[Fault] = []
        self.faulty_lines = 0

    def take(self, taker: Taker[K], line: int, values: Sequence[Value]) -> list[Fault]:
        """Keep what a line says, or tell what is wrong with it."""
        kept, wrong = taker.take(line, values)
        self._kept += kept
        return wrong

    def tell(self, wrong: Sequence[Fault]) -> None:
        self.faulty_lines += 1
        self._faults += wrong[: MOST_FAULTS - len(self._faults)]

    def read(self, encoded: Encoded, columns: Iterable[Column], faulty: str) -> Read[K]:
        return Read(
            tuple(self._kept),
            tuple(self._faults),
            tuple(columns),
            faulty,
            self.faulty_lines,
            encoding=encoded.encoding,
            encodings=encoded.choices,
        )


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
