"""Callbacks for which no time was stated: listed by arrival, due as soon as calls are made."""

import pytest

from svarhus.domains.callbacks.errors import NoSlot
from svarhus.domains.callbacks.state import Booking, BookingKind, BookingStatus
from svarhus.exchange.core.requests import BookCallback, MoveCallback
from svarhus.kit.clock import Instant
from unit.exchange.house import CALL_ME, KARIN, LARS, Changes, House
from unit.exchange.test_callbacks import ADVICE, CIA, at

NO_TIME: Changes = {"callflows": {"call-me": {"elements": {"callback": {"settings": {"stated_time": False}}}}}}


def asked_for(house: House, number: str = KARIN) -> Booking:
    answer = house.asks(BookCallback(ADVICE, number, CIA, kind=BookingKind.UNTIMED))
    return next(booking for booking in house.bookings if booking.id == answer)


@pytest.mark.feature("CB-06")
def test_it_is_due_at_once_while_calls_are_made() -> None:
    house = House(start=at(9, 7))
    booking = asked_for(house)
    assert (booking.promised_at, booking.due_at) == (None, at(9, 7))
    house.waits(1)
    assert house.booking(booking.id).status is BookingStatus.DUE


@pytest.mark.feature("CB-06")
@pytest.mark.parametrize(
    ("asked_at", "due_at"),
    [(at(7, 30), at(8, 0)), (at(12, 0), at(8, 0, day=3)), (at(15, 0, day=6), at(8, 0, day=9))],
    ids=["before the period", "after it", "on a Friday"],
)
def test_else_it_waits_for_the_next_period(asked_at: Instant, due_at: Instant) -> None:
    sells = {"schedules": {"nurses": {"sells_when_closed": True}}}
    house = House(sells, start=asked_at)
    assert asked_for(house).due_at == due_at


@pytest.mark.feature("CB-06")
def test_an_exception_of_the_hours_closes_it_as_well() -> None:
    house = House(start=at(12, 30))
    assert asked_for(house).due_at == at(8, 0, day=4), "Tuesday is a planning day"


@pytest.mark.feature("CB-06")
def test_it_takes_no_place_of_the_schedule() -> None:
    house = House()
    asked_for(house)
    other = house.asks(BookCallback(ADVICE, LARS, CIA, at(8, 15)))
    assert other


def test_a_schedule_without_periods_promises_nothing() -> None:
    house = House({"schedules": {"nurses": {"periods": []}}})
    with pytest.raises(NoSlot):
        asked_for(house)
    assert house.bookings == []


@pytest.mark.feature("CB-06")
def test_a_time_may_be_promised_later() -> None:
    house = House()
    booking = asked_for(house)
    house.asks(MoveCallback(booking.id, CIA, at(10, 0)))
    moved = house.booking(booking.id)
    assert (moved.kind, moved.promised_at, moved.due_at) == (BookingKind.TIMED, at(10, 0), at(10, 0))


@pytest.mark.feature("CB-06")
def test_a_caller_is_offered_a_call_without_a_time() -> None:
    house = House(NO_TIME, start=at(9, 7))
    karin = house.caller_rings(CALL_ME)
    assert karin.told == ["callback.offer_soon"]
    karin.presses("1")
    karin.presses("1")
    assert karin.told[-1] == "callback.booked_soon"
    [booking] = house.bookings
    assert (booking.kind, booking.number, booking.promised_at) == (BookingKind.UNTIMED, KARIN, None)


@pytest.mark.feature("CB-06")
@pytest.mark.parametrize(
    ("key", "said"), [("*", "callback.declined"), ("2", "callback.offer_soon"), ("", "callback.declined")]
)
def test_nobody_is_called_who_does_not_say_yes(key: str, said: str) -> None:
    house = House(NO_TIME)
    karin = house.caller_rings(CALL_ME)
    karin.presses(key)
    if not key:
        house.waits(3 * (2 + 6))
    assert karin.told[-1] == said
    assert house.bookings == []


@pytest.mark.feature("CB-06")
def test_without_any_period_to_come_the_caller_is_told_so() -> None:
    house = House({**NO_TIME, "schedules": {"nurses": {"periods": []}}})
    assert house.caller_rings(CALL_ME).told == ["callback.none_today"]


@pytest.mark.feature("CB-06")
def test_who_keys_a_number_that_has_a_callback_hears_the_same_as_for_one_without() -> None:
    heard = []
    for number in (KARIN, LARS):
        house = House(NO_TIME, start=at(9, 7))
        asked_for(house, KARIN)
        stranger = house.caller_rings(CALL_ME, None)
        stranger.presses(f"10{number.removeprefix('+46')}#1")
        heard.append(stranger.told)
        assert len(house.bookings) == (1 if number == KARIN else 2)
    assert heard[0] == heard[1]
