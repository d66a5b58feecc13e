"""Lists of telephone numbers, such as of callers who go first, or are not let in.

The document names them. Their rows, of which there may be a hundred thousand, have versions of their own: see
`domains/numberlists`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
from pydantic import Field

from svarhus.kit.buckets import Buckets
from svarhus.kit.document import Keyed, UnitRef

BEGINS = "*"
"""Behind the digits with which all numbers of a row begin: `+4670*`."""


class NumberList(Keyed):
    """A list of telephone numbers. Call flows choose the way by it."""

    unit: UnitRef = None
    kind: Literal["callers"] = Field(default="callers", description="Whose numbers they are.")
    priority: int = Field(
        default=0,
        ge=0,
        le=9,
        description="With which those listed wait in every queue that they come to, unless the call flow gives a "
        "higher one. Higher goes before lower, whenever it came.",
    )
    service_level: int | None = Field(
        default=None,
        ge=1,
        le=3600,
        description="Seconds within which those listed are to be answered. None: as each queue says.",
    )


class Listed(msgspec.Struct, frozen=True):
    """A number was found on a list."""

    key: str
    """Of the list."""
    version: int
    """Of its rows."""


class ListedNumbers:
    """The numbers of one version of a list, ready to be found at once. Immutable."""

    def __init__(self, version: int, numbers: Iterable[str] = ()) -> None:
        """`numbers`: whole ones, and beginnings with BEGINS behind them."""
        self.version = version
        self._numbers: Buckets[None] = Buckets.of((number, None) for number in numbers)
        self._lengths = _lengths(self._numbers)

    def changed(self, version: int, gone: Iterable[str], come: Iterable[str]) -> "ListedNumbers":
        """Another version: without these numbers, then with those. It costs what differs."""
        gone, come = tuple(gone), dict.fromkeys(come)
        made = ListedNumbers(version)
        made._numbers = self._numbers.changed(gone, come)
        touches_beginnings = any(number.endswith(BEGINS) for number in (*gone, *come))
        made._lengths = _lengths(made._numbers) if touches_beginnings else self._lengths
        return made

    def __len__(self) -> int:
        return len(self._numbers)

    def matching(self, number: str) -> int:
        """How much of the number the row says by which it is found: digits of the longest beginning, one more when the
        row is the number itself; 0: it is not on the list."""
        if number in self._numbers:
            return len(number) + 1
        fitting = (length for length in self._lengths if length <= len(number))
        return next((length for length in fitting if f"{number[:length]}{BEGINS}" in self._numbers), 0)


NumberLists = Mapping[str, ListedNumbers]
"""By the keys of the lists."""


def found_on(lists: NumberLists, wanted: Sequence[str], number: str) -> Listed | None:
    """On which of the wanted lists the number is: the one whose row says most of it, of such the first that is wanted.
    A list without rows is empty."""
    best, most = None, 0
    for key in wanted:
        matching = lists[key].matching(number) if key in lists else 0
        if matching > most:
            best, most = Listed(key, lists[key].version), matching
    return best


def _lengths(numbers: Iterable[str]) -> tuple[int, ...]:
    """Of the beginnings, the longest first."""
    return tuple(sorted({len(number) - 1 for number in numbers if number.endswith(BEGINS)}, reverse=True))
