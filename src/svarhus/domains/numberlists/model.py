"""The rows of lists of telephone numbers, and their versions."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant


class ListRow(msgspec.Struct, frozen=True):
    """A number on a list."""

    number: str
    """E.164, or a short number; a beginning of numbers with `*` behind it."""
    name: str = ""
    note: str = ""


class How(StrEnum):
    """How a version came about."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    FILE = "file"
    """Brought in from a file, beside what was there."""
    REPLACED = "replaced"
    """Brought in from a file, in place of what was there."""
    RESTORED = "restored"


class ListVersion(msgspec.Struct, frozen=True):
    """One version of a list's rows."""

    version: int
    """From 1; 0: nothing was ever written."""
    at: Instant | None
    author: str
    how: How
    about: str
    """The number of the one row; the version that was restored."""
    note: str
    """What somebody has written about it."""
    added: int
    changed: int
    removed: int
    rows: int
    """Afterwards."""


class RowsChange(msgspec.Struct, frozen=True):
    """What one version has that another had not, and the other way round."""

    added: Mapping[str, ListRow] = {}
    """By their numbers."""
    changed: Mapping[str, ListRow] = {}
    """As they are now."""
    removed: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def rows_change(before: Mapping[str, ListRow], wanted: Mapping[str, ListRow], *, keep_others: bool) -> RowsChange:
    """`keep_others`: rows that are not wanted stay, too. A row that says less than the one that was there does not
    take a name or a note away then."""
    if keep_others:
        wanted = {number: _completed(row, before.get(number)) for number, row in wanted.items()}
    return RowsChange(
        added={number: row for number, row in wanted.items() if number not in before},
        changed={number: row for number, row in wanted.items() if number in before and before[number] != row},
        removed=frozenset() if keep_others else frozenset(before.keys() - wanted.keys()),
    )


def _completed(row: ListRow, before: ListRow | None) -> ListRow:
    return ListRow(row.number, row.name or before.name, row.note or before.note) if before else row
