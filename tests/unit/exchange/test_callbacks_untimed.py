"""Callbacks for which no time was stated: listed by arrival, due as soon as calls are made."""

import pytest

from svarhus.domains.callbacks.errors import NoSlot
from svarhus.domains.callbacks.state import Booking, BookingKind, BookingStatus
from svarhus.exchange.core.requests import BookCallback, MoveCallback
from svarhus.kit.clock import Instant
from unit.exchange.house import KARIN, LARS, House
from unit.exchange.test_callbacks import ADVICE, CIA, at


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
