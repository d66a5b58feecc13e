"""Which promises a work schedule has no place for any more."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.callbacks.fitting import PlacesThen, without_place
from svarhus.domains.callbacks.state import Booking
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, QueueKey

MORNING = Instant(datetime(2026, 11, 2, 8, tzinfo=UTC))


def booking(number: int, hour: int = 0, above: bool = False) -> Booking:
    at = Instant(MORNING + timedelta(hours=hour))
    id = BookingId(f"house-b{number}")
    return Booking(id, QueueKey("advice"), "nurses", "+46701234567", at, at, at, None, "sv", above_capacity=above)


def rooms(calls: int) -> Callable[[Booking], PlacesThen]:
    """Everybody may have all places."""
    return lambda _: PlacesThen({0: calls}, [0])


def numbers(found: tuple[Booking, ...]) -> list[int]:
    return [int(each.id.rpartition("b")[2]) for each in found]


@pytest.mark.feature("SCH-05")
def test_who_was_promised_a_time_first_keeps_the_place() -> None:
    promised = [booking(10), booking(9), booking(2)]
    assert numbers(without_place(promised, rooms(2))) == [10]
    assert numbers(without_place(promised, rooms(0))) == [2, 9, 10]
    assert without_place(promised, rooms(3)) == ()


@pytest.mark.feature("SCH-05")
def test_who_is_kept_above_capacity_takes_no_place_from_others() -> None:
    promised = [booking(1, above=True), booking(2), booking(3)]
    assert numbers(without_place(promised, rooms(1))) == [3]


@pytest.mark.feature("SCH-05", "SCH-02")
def test_who_may_be_elsewhere_makes_room() -> None:
    """Period 0 is kept for some, period 1 is everybody's."""
    open_to = {1: [0, 1], 2: [1], 3: [0, 1], 4: [1]}
    promised = [booking(number) for number in open_to]
    found = without_place(
        promised, lambda each: PlacesThen({0: 1, 1: 1}, open_to[int(each.id.removeprefix("house-b"))])
    )
    assert numbers(found) == [3, 4]


@pytest.mark.feature("SCH-05")
@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.randoms(),
)
def test_the_order_in_which_promises_are_looked_at_means_nothing(
    made: list[tuple[int, bool]], calls: list[int], chance: object
) -> None:
    promised = [booking(number, hour, above) for number, (hour, above) in enumerate(made, 1)]

    def room(each: Booking) -> int:
        return calls[int((each.due_at - MORNING).total_seconds()) // 3600]

    shuffled = list(promised)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    lacking = without_place(promised, lambda each: PlacesThen({0: room(each)}, [0]))
    assert without_place(shuffled, lambda each: PlacesThen({0: room(each)}, [0])) == lacking
    placed = Counter(each.due_at for each in promised if each not in lacking and not each.above_capacity)
    for at, count in placed.items():
        assert count <= calls[int((at - MORNING).total_seconds()) // 3600], "nobody is told that there is room"
    for each in lacking:
        assert placed[each.due_at] == room(each), "and nobody loses a place that is there"
