"""Attempts in vain: how many, how far apart, and what follows the last."""

from collections.abc import Mapping

import pytest

from svarhus.domains.callbacks.errors import CannotStart
from svarhus.domains.callbacks.state import AttemptMarked, Booking, BookingKind, BookingMoved, BookingStatus, WhyMoved
from svarhus.exchange.core.requests import BookCallback, MarkCallback, StartCallback
from svarhus.kit.ids import BookingId, CallId, CategoryKey
from unit.exchange.house import KARIN, LARS, House
from unit.exchange.test_callbacks import ADVICE, CIA, at
from unit.exchange.test_categories import CATEGORIES, WOUNDS


def house_with(**callbacks: object) -> House:
    house = House({"queues": {"advice": {"callbacks": callbacks}}}, at(8, 1))
    house.logs_in("cia")
    return house


def asked_for(house: House, number: str = KARIN) -> Booking:
    id = house.asks(BookCallback(ADVICE, number, CIA, kind=BookingKind.UNTIMED))
    house.waits(0)
    return house.booking(BookingId(id))


def tries_in_vain(house: House, booking: Booking) -> None:
    """When it is due; a minute passes until it is marked."""
    house.waits_until(house.booking(booking.id).due_at)
    house.asks(StartCallback(booking.id, CIA))
    house.phone("cia").answers()
    house.outside(booking.number).declines()
    house.waits(60)
    house.asks(MarkCallback(booking.id, CIA, answered=False))


@pytest.mark.feature("CB-11")
def test_it_may_be_tried_without_end() -> None:
    house = house_with(attempts=0, retry_minutes=1)
    booking = asked_for(house)
    for count in range(1, 26):
        tries_in_vain(house, booking)
        assert (house.booking(booking.id).attempts, house.booking(booking.id).status) == (count, BookingStatus.BOOKED)


@pytest.mark.feature("CB-11")
def test_after_the_last_attempt_a_new_time_is_booked_once() -> None:
    house = house_with(attempts=2, after_last="new_time")
    booking = asked_for(house)
    tries_in_vain(house, booking)
    tries_in_vain(house, booking)
    renewed = house.booking(booking.id)
    assert (renewed.kind, renewed.promised_at, renewed.attempts) == (BookingKind.TIMED, at(8, 45), 2)
    assert [fact.why for fact in house.facts_of(BookingMoved)] == [WhyMoved.NOT_REACHED]
    tries_in_vain(house, booking)
    tries_in_vain(house, booking)
    assert house.bookings == []
    assert [fact.next_at is None for fact in house.facts_of(AttemptMarked)] == [False, False, False, True]
    house.journal_tells_all()


@pytest.mark.feature("CB-11")
def test_the_new_time_is_one_for_what_it_is_about() -> None:
    day: Mapping[str, object] = {"days": ["mon", "tue", "wed", "thu", "fri"], "calls_per_hour": 4}
    early = {**day, "from": "08:00", "to": "10:00", "categories": [WOUNDS]}
    periods = [early, {**day, "from": "10:00", "to": "12:00"}]
    callbacks = {"attempts": 1, "after_last": "new_time"}
    changes = {"schedules": {"nurses": {"periods": periods}}, "queues": {"advice": {"callbacks": callbacks}}}
    house = House({**CATEGORIES, **changes}, at(8, 1))
    house.logs_in("cia")
    untimed = BookCallback(ADVICE, KARIN, CIA, kind=BookingKind.UNTIMED, category=CategoryKey(WOUNDS))
    booking = house.booking(BookingId(house.asks(untimed)))
    tries_in_vain(house, booking)
    assert house.booking(booking.id).promised_at == at(8, 15)


@pytest.mark.feature("CB-09")
def test_the_call_is_about_what_was_said_at_the_booking() -> None:
    house = House(CATEGORIES, at(8, 1))
    house.logs_in("cia")
    booking = house.asks(BookCallback(ADVICE, KARIN, CIA, category=CategoryKey(WOUNDS)))
    call = house.asks(StartCallback(BookingId(booking), CIA))
    assert house.core.state.calls[CallId(call)].category == WOUNDS


@pytest.mark.feature("CB-09")
def test_what_fails_before_its_time_is_due_at_its_time() -> None:
    house = house_with()
    booking = house.booking(BookingId(house.asks(BookCallback(ADVICE, KARIN, CIA))))
    house.asks(StartCallback(booking.id, CIA))
    house.phone("cia").declines()
    assert house.booking(booking.id).status is BookingStatus.BOOKED
    house.waits_until(booking.due_at)
    assert house.booking(booking.id).status is BookingStatus.DUE


@pytest.mark.feature("CB-11")
def test_where_no_new_time_is_free_it_is_over() -> None:
    house = house_with(attempts=1, after_last="new_time")
    booking = asked_for(house)
    house.takes_configuration(
        {
            "queues": {"advice": {"callbacks": {"attempts": 1, "after_last": "new_time"}}},
            "schedules": {"nurses": {"periods": []}},
        }
    )
    tries_in_vain(house, booking)
    assert house.bookings == []


@pytest.mark.feature("CB-11")
def test_the_next_attempt_is_made_while_calls_are_made() -> None:
    house = house_with(retry_minutes=24 * 60 - 1)
    booking = asked_for(house)
    tries_in_vain(house, booking)
    assert house.booking(booking.id).due_at == at(8, 0, day=4), "Tuesday is a planning day"


@pytest.mark.feature("CB-09")
def test_how_it_went_is_said_before_the_next_is_started() -> None:
    house = house_with()
    first, second = asked_for(house), asked_for(house, LARS)
    house.asks(StartCallback(first.id, CIA))
    house.phone("cia").answers()
    house.outside(KARIN).declines()
    house.waits(60)
    with pytest.raises(CannotStart):
        house.asks(StartCallback(second.id, CIA))
    house.asks(MarkCallback(first.id, CIA, answered=False))
    assert house.booking(first.id).status is BookingStatus.BOOKED, "who was not reached stays"
    house.asks(StartCallback(second.id, CIA))
