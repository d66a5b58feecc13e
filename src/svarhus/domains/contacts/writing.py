"""Contacts as a file with separated values that spreadsheets in Europe open, and that can be read again."""

import csv
import io
from collections.abc import Iterable, Sequence

from svarhus.domains.contacts.headings import NUMBERS
from svarhus.domains.contacts.model import ContactCard, NumberLabel

_COLUMNS = ("id", "name", "company", "title", "department", "place", "email")
"""First headings of an export; numbers, tags, notes and own fields follow."""


def write_contacts(contacts: Iterable[tuple[str, ContactCard]]) -> str:
    """A file that `read_contacts` understands, as spreadsheets in Europe open it: semicolons, UTF-8 with a mark."""
    cards = list(contacts)
    labels = sorted({label for _, card in cards for label in card.fields}, key=str.casefold)
    most = max([1, *(_of(card, label) for _, card in cards for label in NUMBERS.values())])
    columns = [*_COLUMNS, *(label.value for label in NUMBERS.values() for _ in range(most)), "tags", "notes", *labels]
    return written([columns, *(_row(id, card, most, labels) for id, card in cards)])


def _of(card: ContactCard, label: NumberLabel) -> int:
    return sum(each.label is label for each in card.numbers)


def _row(id: str, card: ContactCard, most: int, labels: Sequence[str]) -> list[str]:
    numbers = []
    for label in NUMBERS.values():
        of = [each.written for each in card.numbers if each.label is label]
        numbers += of + [""] * (most - len(of))
    own = [card.fields.get(label, "") for label in labels]
    texts = [id, card.name, card.company, card.title, card.department, card.place, card.email]
    return [*texts, *numbers, ",".join(card.tags), card.notes, *own]


def written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    text.write("\ufeff")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([[_safe(value) for value in row] for row in rows])
    return text.getvalue()


def _safe(value: str) -> str:
    """A value that a spreadsheet would carry out as a formula is made text (OWASP, CSV injection)."""
    return f"'{value}" if value[:1] in {"=", "@", "\t"} or (value[:1] in {"+", "-"} and not _numeric(value)) else value


def plain(value: str) -> str:
    """What `_safe` has made text is taken as it was."""
    value = value.strip()
    return value[1:] if value[:1] == "'" and value[1:2] in {"=", "@", "+", "-", "\t"} else value


def _numeric(value: str) -> bool:
    return value[1:].replace(" ", "").replace("-", "").isdigit()
