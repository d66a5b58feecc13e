"""Who may have which places, where some are kept for some.

A place of a period that is for certain categories, skills or languages is for these alone. Whoever it is kept for
takes one of the general places that are there at the same time only when none of the kept ones is left. Which booking
has which place is written nowhere: it follows from all bookings of an instant together, so that the order in which they
were made, or in which the schedule was changed, makes no difference.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from svarhus.domains.categories.model import Category
from svarhus.domains.schedules.model import Period
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CategoryKey


class Asked(NamedTuple):
    """For what a place is wanted, or was taken."""

    category: CategoryKey | None = None
    language: str = ""


Demand = Callable[[Instant], Mapping[Asked, int]]
"""What is taken at an instant."""


def is_for(period: Period, asked: Asked, categories: Mapping[CategoryKey, Category]) -> bool:
    """Whether it may have places of the period."""
    if not period.reserved:
        return True
    category = categories.get(asked.category) if asked.category else None
    if period.categories and asked.category not in period.categories:
        return False
    if period.skills:
        needed = {need.skill.casefold() for need in category.skills} if category else set[str]()
        if not needed & {skill.casefold() for skill in period.skills}:
            return False
    if not period.languages:
        return True
    return asked.language in period.languages or (category is not None and category.language in period.languages)


def seats_for(periods: Sequence[Period], asked: Asked, categories: Mapping[CategoryKey, Category]) -> tuple[int, ...]:
    """The numbers of the periods of which it may have places: those that are kept for the fewest first."""
    may = [number for number, period in enumerate(periods) if is_for(period, asked, categories)]
    return tuple(
        sorted(may, key=lambda number: (not periods[number].reserved, len(periods[number].categories), number))
    )


Rooms = Mapping[int, int]
"""How many calls fit in each of the periods, by their numbers."""


class Seating:
    """As many bookings of one instant as there are places for, each in a period that it may be in."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._held: dict[int, list[tuple[Sequence[int], int]]] = {period: [] for period in rooms}
        """In each period, who sits there: in which others they may be, and how many they are."""
        self._count: Counter[int] = Counter()

    def add(self, periods: Sequence[int], count: int = 1) -> int:
        """Seat so many more, each in one of these periods, in the first if possible. How many could be: others move
        where they may."""
        seated = 0
        for period in self._there(periods):
            free = min(count - seated, self._rooms[period] - self._count[period])
            if free > 0:
                self._sit(period, periods, free)
                seated += free
        while seated < count and self._squeeze(periods, set()):
            seated += 1
        return seated

    def taken(self, period: int) -> int:
        return self._count[period]

    def _there(self, periods: Sequence[int]) -> list[int]:
        return [period for period in periods if period in self._rooms]

    def _sit(self, period: int, periods: Sequence[int], count: int) -> None:
        self._held[period].append((periods, count))
        self._count[period] += count

    def _squeeze(self, periods: Sequence[int], tried: set[int]) -> bool:
        for period in self._there(periods):
            if period in tried:
                continue
            tried.add(period)
            if self._count[period] < self._rooms[period]:
                self._sit(period, periods, 1)
                return True
            for index, (others, count) in enumerate(self._held[period]):
                if self._squeeze(others, tried):
                    self._held[period][index] = (others, count - 1)
                    self._count[period] -= 1
                    self._held[period] = [each for each in self._held[period] if each[1]]
                    self._sit(period, periods, 1)
                    return True
        return False


def seated(rooms: Rooms, taken: Sequence[tuple[Sequence[int], int]]) -> Seating:
    """The bookings of an instant: in which periods each may be, and how many there are of it."""
    seating = Seating(rooms)
    for periods, count in sorted(taken, key=lambda each: (len(each[0]), sorted(each[0]))):
        seating.add(periods, count)
    return seating


RoomsThen = tuple[tuple[int, int], ...]
"""Of an instant: which periods have how much room."""


class SeatPlan:
    """Who sits where at the instants of a day. Most of them look alike: each look is worked out once."""

    def __init__(self, seats_of: Callable[[Asked | None], Sequence[int]]) -> None:
        """`seats_of`: in which periods a booking may be; None: nobody knows for what it is."""
        self._seats_of = seats_of
        self._left: dict[object, int] = {}
        self._seated: dict[object, Seating] = {}

    def left(self, rooms: RoomsThen, taken: Mapping[Asked, int] | Mapping[None, int], periods: tuple[int, ...]) -> int:
        """How many more fit in these periods, beside what is taken."""
        key = rooms, frozenset(taken.items()), periods
        if key not in self._left:
            most = sum(room for period, room in rooms if period in periods)
            self._left[key] = self._seat(rooms, taken).add(periods, most)
        return self._left[key]

    def seated(self, rooms: RoomsThen, taken: Mapping[Asked, int]) -> Seating:
        """What is taken; not to be changed."""
        key = rooms, frozenset(taken.items())
        if key not in self._seated:
            self._seated[key] = self._seat(rooms, taken)
        return self._seated[key]

    def _seat(self, rooms: RoomsThen, taken: Mapping[Asked, int] | Mapping[None, int]) -> Seating:
        return seated(dict(rooms), [(self._seats_of(asked), count) for asked, count in taken.items()])
