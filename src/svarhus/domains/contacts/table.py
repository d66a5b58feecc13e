"""Rows of a file with separated values (RFC 4180), read so that a fault costs its own line alone."""

import re
from collections.abc import Iterator

import msgspec

from svarhus.domains.contacts.errors import unreadable
from svarhus.kit.errors import Fault

MOST_COLUMNS = 200
LONGEST_CELL = 10_000
"""Characters. A quotation mark that is not closed within so many was none."""

_SEPARATORS = ";,\t|"
_TOLD = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)


class Row(msgspec.Struct, frozen=True):
    """A row that is not empty."""

    line: int
    """On which it ends, from 1."""
    cells: list[str]
    fault: Fault | None = None
    """Then the cells are only what is there, cut at each separator."""


def rows_of(text: str) -> Iterator[Row]:
    """The rows, the headings first. UnreadableFile with too many columns."""
    separator, at, line = _separator(text)
    reader = _Reader(text, separator)
    while at < len(text):
        row, at, line = reader.row(at, line)
        if any(cell.strip() for cell in row.cells):
            if len(row.cells) > MOST_COLUMNS:
                raise unreadable(
                    "columns", f"Line {row.line} has {len(row.cells):,} columns.", f"At most {MOST_COLUMNS} are read."
                )
            yield row


def _separator(text: str) -> tuple[str, int, int]:
    """The separator, and where the rows begin: behind a line that names it, as Excel writes and reads it."""
    begin = len(text) - len(text.lstrip("\r\n"))
    first = text[begin : begin + LONGEST_CELL].split("\n", 1)[0]
    if told := _TOLD.match(first.rstrip("\r")):
        return told[1], min(len(text), begin + len(first) + 1), text.count("\n", 0, begin) + 2
    unquoted = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=unquoted.count), 0, 1


class _Reader:
    def __init__(self, text: str, separator: str) -> None:
        self._text = text
        self._separator = separator
        self._end_of_plain = re.compile(f"[{re.escape(separator)}\r\n]")

    def row(self, at: int, line: int) -> tuple[Row, int, int]:
        """The row that begins at a place on a line, and where the next one begins."""
        start, first, cells = at, line, list[str]()
        while True:
            cell, at, inside = self._cell(at)
            if cell is None:
                return self._unclosed(start, first)
            line += inside
            if len(cells) <= MOST_COLUMNS:
                cells.append(cell)
            sign = self._text[at : at + 1]
            if sign != self._separator:
                after = at + (2 if self._text.startswith("\r\n", at) else 1)
                return Row(line, cells), after, line + 1
            at += 1

    def _cell(self, at: int) -> tuple[str | None, int, int]:
        """The cell, where it ends, and the lines in it. None when its quotation mark is not closed."""
        if not self._text.startswith('"', at):
            found = self._end_of_plain.search(self._text, at)
            end = found.start() if found else len(self._text)
            return self._text[at:end], end, 0
        end, limit = at + 1, at + 2 + LONGEST_CELL
        while True:
            end = self._text.find('"', end, limit)
            if end < 0:
                return None, at, 0
            after = self._text[end + 1 : end + 2]
            if after == '"':
                end += 2
                continue
            if after in ("", self._separator, "\r", "\n"):
                inner = self._text[at + 1 : end]
                return inner.replace('""', '"'), end + 1, inner.count("\n")
            return None, at, 0

    def _unclosed(self, start: int, line: int) -> tuple[Row, int, int]:
        """Only this line is at fault: what comes after it is read as if it had ended."""
        end = self._text.find("\n", start)
        end = len(self._text) if end < 0 else end
        cells = self._text[start:end].rstrip("\r").split(self._separator)[: MOST_COLUMNS + 1]
        wrong = Fault(
            "quote",
            "a quotation mark is not closed",
            "Close it, or write it twice where it is part of the text.",
            line,
            "contact-quote",
        )
        return Row(line, cells, wrong), end + 1, line + 1
