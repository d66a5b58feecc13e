"""Workbooks of spreadsheets (ECMA-376, Office Open XML): the rows of the first sheet.

What is in a file of strangers is bounded before it is unpacked: a few kilobytes can hold gigabytes of zeros, and XML
with a document type can make gigabytes of itself.
"""

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from svarhus.domains.contacts.errors import UnreadableFile, unreadable
from svarhus.domains.contacts.table import LONGEST_CELL, MOST_COLUMNS, Row
from svarhus.kit.workshop import GoOn, to_the_end

LARGEST_PART = 100_000_000
"""Bytes of one file inside the workbook: a sheet of fifty thousand lines has ten million."""

_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
"""What Excel wrote until 2003, and what it writes with a password."""
_COLUMN = re.compile(r"^([A-Z]{1,3})[0-9]+$")
_SHEETS = re.compile(r"^xl/worksheets/sheet[0-9]*\.xml$")
_AT_ONCE = 65_536
_MOST_ROWS = 200_000
_REMEDY = "Save it as an Excel workbook (.xlsx) or as CSV with UTF-8 in the spreadsheet."


def is_workbook(file: bytes) -> bool:
    """Whether it was meant as one. UnreadableFile when it is one of those that cannot be read."""
    if file.startswith(_OLD):
        raise unreadable("old_workbook", "It is an old workbook, or one with a password.", _REMEDY)
    return file.startswith(_ZIP)


def rows_of_workbook(file: bytes, go_on: GoOn = to_the_end) -> Iterator[Row]:
    """The rows of the first sheet that are not empty, with their numbers in the sheet. UnreadableFile."""
    try:
        with ZipFile(io.BytesIO(file)) as workbook:
            strings = _Strings()
            if "xl/sharedStrings.xml" in workbook.namelist():
                _parse(workbook, "xl/sharedStrings.xml", strings, go_on)
            sheet = _Sheet(strings.found)
            _parse(workbook, _first_sheet(workbook), sheet, go_on)
    except (BadZipFile, zlib.error, ExpatError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise _broken() from error
    return iter(sheet.rows)


def _broken() -> UnreadableFile:
    return unreadable("not_workbook", "The file is no workbook, or is damaged.", _REMEDY)


def _first_sheet(workbook: ZipFile) -> str:
    """The sheet that is shown first: by the order of the workbook, else by its file's name."""
    names = workbook.namelist()
    if {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= {*names}:
        order, places = _Attributes("sheet", "r:id"), _Attributes("Relationship", "Id", "Target")
        _parse(workbook, "xl/workbook.xml", order, to_the_end)
        _parse(workbook, "xl/_rels/workbook.xml.rels", places, to_the_end)
        targets = {values[0]: values[1] for values in places.found}
        for (id,) in order.found:
            target = targets.get(id, "").lstrip("/")
            name = target if target.startswith("xl/") else f"xl/{target}"
            if name in names:
                return name
    sheets = sorted((name for name in names if _SHEETS.match(name)), key=lambda name: (len(name), name))
    if not sheets:
        raise _broken()
    return sheets[0]


# ------------------------------------------------------------------ XML


class _Reader:
    """What is told of the elements of a part, by their names without the namespace's prefix."""

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def ends(self, name: str) -> None:
        """The element is over."""

    def text(self, text: str) -> None:
        """Some of what stands in it."""


def _parse(workbook: ZipFile, name: str, reader: _Reader, go_on: GoOn) -> None:
    if workbook.getinfo(name).file_size > LARGEST_PART:
        raise unreadable("lines", "The workbook is too large.", "Divide the file into several.")
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: reader.begins(_local(name), attributes)
    parser.EndElementHandler = lambda name: reader.ends(_local(name))
    parser.CharacterDataHandler = reader.text
    with workbook.open(name) as part:
        while piece := part.read(_AT_ONCE):
            go_on()
            parser.Parse(piece, False)
    parser.Parse(b"", True)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_: object) -> NoReturn:
    raise _broken()


class _Attributes(_Reader):
    """The attributes of all elements of a name that have the first of them."""

    def __init__(self, element: str, *names: str) -> None:
        self._element = element
        self._names = names
        self.found: list[tuple[str, ...]] = []

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._element and self._names[0] in attributes:
            self.found.append(tuple(attributes.get(each, "") for each in self._names))


class _Strings(_Reader):
    """The texts that cells share."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._reads = False
        self._phonetic = 0

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        self._phonetic += name == "rPh"
        self._reads = name == "t" and not self._phonetic

    def ends(self, name: str) -> None:
        if name == "si":
            self.found.append("".join(self._pieces)[:LONGEST_CELL])
        self._phonetic -= name == "rPh"
        self._reads = False

    def text(self, text: str) -> None:
        if self._reads:
            self._pieces.append(text)


class _Sheet(_Reader):
    """The rows of a sheet."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = strings
        self.rows: list[Row] = []
        self._line = 0
        self._cells: list[str] = []
        self._place = 0
        self._kind = ""
        self._pieces: list[str] = []
        self._reads = False

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            told = attributes.get("r", "")
            self._line = int(told) if told.isascii() and told.isdigit() and len(told) < 9 else self._line + 1
            self._cells, self._place = [], -1
        elif name == "c":
            self._place = _place(attributes.get("r", ""), self._place + 1)
            self._kind, self._pieces = attributes.get("t", "n"), []
        self._reads = name in ("v", "t")

    def ends(self, name: str) -> None:
        self._reads = False
        if name == "c":
            self._keep(self._value("".join(self._pieces)))
        elif name == "row" and any(cell.strip() for cell in self._cells):
            self.rows.append(Row(self._line, self._cells))
            if len(self.rows) > _MOST_ROWS:
                raise unreadable("lines", f"There are more than {_MOST_ROWS:,} lines.", "Divide the file into several.")

    def text(self, text: str) -> None:
        if self._reads:
            self._pieces.append(text)

    def _keep(self, value: str) -> None:
        if not value:
            return
        if self._place >= MOST_COLUMNS:
            raise unreadable("columns", f"Line {self._line} has too many columns.", f"At most {MOST_COLUMNS} are read.")
        self._cells += [""] * (self._place + 1 - len(self._cells))
        self._cells[self._place] = value

    def _value(self, written: str) -> str:
        match self._kind:
            case "s":
                place = int(written) if written.strip().isdigit() else -1
                return self._strings[place] if 0 <= place < len(self._strings) else ""
            case "n":
                return _number(written)
            case "e":
                return ""
            case _:
                return written[:LONGEST_CELL]


def _place(reference: str, otherwise: int) -> int:
    """Of the column, from 0: `B7` is 1."""
    found = _COLUMN.match(reference)
    if not found:
        return otherwise
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _number(written: str) -> str:
    """As people see it: a telephone number that was kept as a figure has its digits again."""
    try:
        value = Decimal(written)
    except InvalidOperation:
        return written[:LONGEST_CELL]
    whole = value.is_finite() and abs(value) < 10**18 and value == value.to_integral_value()
    return f"{value:.0f}" if whole else written[:LONGEST_CELL]
