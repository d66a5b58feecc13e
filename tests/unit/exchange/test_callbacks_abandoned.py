"""Callers who hang up while they wait are called back, where the queue wants it."""

import pytest

from svarhus.domains.callbacks.state import Booked, BookingKind, BookingStatus
from svarhus.exchange.core.requests import BookCallback
from svarhus.kit.ids import QueueKey
from unit.exchange.house import KARIN, LARS, STRAIGHT, Changes, House
from unit.exchange.test_callbacks import BO, at

RECEPTION = QueueKey("reception")
ADDS: Changes = {"queues": {"reception": {"callbacks": {"abandoned_after": 20}}}}


def gives_up(house: House, seconds: float = 30, caller: str | None = KARIN) -> None:
    party = house.caller_rings(STRAIGHT, caller)
    house.waits(seconds)
    party.hangs_up()
    house.waits(0)


@pytest.mark.feature("CB-09")
def test_who_has_waited_long_enough_is_added() -> None:
    house = House(ADDS, start=at(9, 0))
    gives_up(house)
    [booking] = house.bookings
    assert (booking.kind, booking.number, booking.queue) == (BookingKind.ABANDONED, KARIN, RECEPTION)
    assert (booking.promised_at, booking.status) == (None, BookingStatus.DUE)
    gives_up(house)
    assert house.bookings == [booking], "once, however often"
    house.journal_tells_all()


@pytest.mark.feature("CB-09")
@pytest.mark.parametrize("seconds", [0, 19])
def test_who_gives_up_sooner_is_not(seconds: float) -> None:
    house = House(ADDS, start=at(9, 0))
    gives_up(house, seconds)
    gives_up(house, caller=None)
    assert house.bookings == []


def test_nobody_is_where_the_queue_does_not_want_it() -> None:
    house = House(start=at(9, 0))
    gives_up(house)
    assert house.bookings == []


@pytest.mark.feature("CB-09")
def test_who_has_been_promised_a_callback_already_is_not() -> None:
    house = House(ADDS, start=at(9, 0))
    house.asks(BookCallback(RECEPTION, KARIN, BO))
    gives_up(house)
    assert [booking.kind for booking in house.bookings] == [BookingKind.TIMED]


@pytest.mark.feature("CB-09")
def test_who_calls_again_and_is_answered_is_taken_away() -> None:
    house = House(ADDS, start=at(9, 0))
    gives_up(house)
    gives_up(house, caller=LARS)
    house.caller_rings(STRAIGHT)
    house.logs_in("bo")
    assert len(house.bookings) == 2, "not by calling alone"
    house.phone("bo").answers()
    assert [booking.number for booking in house.bookings] == [LARS]
    house.journal_tells_all()


@pytest.mark.feature("CB-09")
def test_a_promise_takes_its_place() -> None:
    house = House(ADDS, start=at(9, 0))
    gives_up(house)
    house.asks(BookCallback(RECEPTION, KARIN, BO))
    assert [booking.kind for booking in house.bookings] == [BookingKind.TIMED]


@pytest.mark.feature("CB-09")
def test_those_who_are_to_be_told_are() -> None:
    told: Changes = {"queues": {"reception": {"callbacks": {"abandoned_after": 0, "new_entries": {"mail": ["a@b.c"]}}}}}
    for changes in (told, ADDS):
        house = House(changes, start=at(9, 0))
        gives_up(house)
        assert [fact.told for fact in house.facts_of(Booked)] == [changes is told]
