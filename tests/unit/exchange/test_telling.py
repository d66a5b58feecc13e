"""What customers are told of their callbacks without being rung, and when."""

from datetime import timedelta

import pytest

from svarhus.domains.callbacks.state import Booking, BookingKind, TellingDue
from svarhus.domains.queues.telling import Telling
from svarhus.exchange.core.facts import decode
from svarhus.exchange.core.requests import BookCallback, CancelCallback, MarkCallback, MoveCallback, StartCallback
from svarhus.kit.clock import Instant, after
from svarhus.kit.ids import BookingId, PersonKey
from unit.exchange.house import KARIN, LARS, MONA, Changes, House
from unit.exchange.test_callbacks import ADVICE, at
from unit.exchange.test_callbacks_abandoned import gives_up

BO = PersonKey("bo")
ALL = {what.value: True for what in Telling}


def tells(**settings: object) -> Changes:
    """The queue tells this of callbacks."""
    return {"queues": {"advice": {"callbacks": {"tells": settings}}}}


def books(house: House, moment: Instant, number: str = KARIN) -> BookingId:
    return BookingId(str(house.asks(BookCallback(ADVICE, number, None, moment))))


def told(house: House, booking: BookingId | None = None) -> list[tuple[Telling, Instant | None, Instant]]:
    """What, of which time, and when it was seen that it is to be told."""
    facts = ((decode(body), moment) for _, moment, body in house.journal)
    return [
        (fact.what, fact.at, moment)
        for fact, moment in facts
        if isinstance(fact, TellingDue) and booking in (None, fact.booking)
    ]


def nobody_works(house: House) -> None:
    for person in list(house.core.state.agents):
        house.logs_out(person)


@pytest.mark.feature("CB-10")
def test_a_customer_is_told_the_time_and_reminded_of_it() -> None:
    house = House(tells(confirmation=True, reminder=True))
    booking = books(house, at(9, 30))
    assert told(house) == [(Telling.CONFIRMATION, at(9, 30), house.now)]
    house.waits_until(at(9, 29))
    assert told(house, booking)[1:] == [(Telling.REMINDER, at(9, 30), at(8, 30))]


def test_a_queue_that_tells_nothing_does_not() -> None:
    house = House()
    booking = books(house, at(9, 30))
    house.waits_until(at(9, 29))
    house.asks(CancelCallback(booking, None))
    assert told(house) == []


def test_who_books_too_late_for_a_reminder_gets_none() -> None:
    house = House(tells(reminder=True))
    books(house, at(8, 45))
    house.waits_until(at(8, 46))
    assert told(house) == []


@pytest.mark.feature("CB-10")
def test_what_is_moved_or_cancelled_is_not_reminded_of_as_it_was() -> None:
    house = House(tells(reminder=True, moved=True, cancelled=True))
    moved, cancelled = books(house, at(9, 30)), books(house, at(9, 45), LARS)
    house.asks(MoveCallback(moved, None, at(10, 30)))
    house.asks(CancelCallback(cancelled, None))
    now = house.now
    house.waits_until(at(10, 0))
    assert told(house, moved) == [
        (Telling.MOVED, at(10, 30), now),
        (Telling.REMINDER, at(10, 30), at(9, 30)),
    ]
    assert told(house, cancelled) == [(Telling.CANCELLED, None, now)]


@pytest.mark.feature("CB-10")
def test_a_reminder_comes_once_though_the_application_dies_and_begins_anew() -> None:
    house = House(tells(reminder=True))
    booking = books(house, at(9, 30))
    house.takes_snapshot()
    house.application_dies()
    house.waits_until(at(8, 40))
    house.application_starts()
    house.waits_until(at(9, 20))
    house.application_dies()
    house.application_starts()
    house.waits_until(at(9, 29))
    assert told(house, booking) == [(Telling.REMINDER, at(9, 30), at(8, 40))]


def test_other_settings_hold_for_what_is_booked() -> None:
    house = House()
    booking = books(house, at(9, 30))
    house.takes_configuration(tells(reminder=True, reminder_minutes=30))
    house.takes_configuration(tells(reminder=True, reminder_minutes=20))
    house.waits_until(at(9, 29))
    assert told(house, booking) == [(Telling.REMINDER, at(9, 30), at(9, 10))]


class TestLate:
    def test_with_somebody_who_is_free_nobody_is_late(self) -> None:
        house = House(tells(late=True))
        house.logs_in(BO)
        books(house, at(8, 30))
        house.waits_until(at(8, 30))
        assert told(house) == []

    @pytest.mark.feature("CB-10")
    def test_as_many_before_as_members_work(self) -> None:
        house = House(tells(late=True, late_minutes=20))
        first, second = books(house, at(8, 30)), books(house, at(8, 45), LARS)
        nobody_works(house)
        house.logs_in(BO)
        house.waits_until(at(8, 26))
        assert told(house, first) == []
        assert told(house, second) == [(Telling.LATE, at(8, 45), at(8, 25))]

    @pytest.mark.feature("CB-10")
    def test_at_the_time_nobody_works(self) -> None:
        house = House(tells(late=True))
        booking = books(house, at(8, 30))
        nobody_works(house)
        house.waits_until(at(8, 50))
        assert told(house, booking) == [(Telling.LATE, at(8, 30), at(8, 30))]

    @pytest.mark.feature("CB-10")
    def test_about_to_be_broken(self) -> None:
        house = House(tells(late=True))
        booking = books(house, at(8, 30))
        nobody_works(house)
        house.logs_in(BO)
        house.waits_until(at(8, 50))
        assert told(house, booking) == [(Telling.LATE, at(8, 30), at(8, 35))]

    def test_once_for_each_time_that_was_promised(self) -> None:
        house = House(tells(late=True))
        booking = books(house, at(8, 30))
        nobody_works(house)
        house.waits_until(at(8, 40))
        house.asks(MoveCallback(booking, None, at(9, 30)))
        house.waits_until(at(9, 50))
        assert [seen for _, _, seen in told(house, booking)] == [at(8, 30), at(9, 30)]


class TestUnanswered:
    @pytest.mark.feature("CB-11")
    def test_after_each_attempt_and_after_the_last(self) -> None:
        house = House(tells(unanswered=True, not_reached=True))
        booking = self.attempted(house, books(house, at(8, 30)), at(8, 30))
        again = after(house.now, timedelta(minutes=30))
        assert [(what, moment) for what, moment, _ in told(house)] == [(Telling.UNANSWERED, again)]
        self.attempted(house, booking, again)
        assert [(what, moment) for what, moment, _ in told(house)][1:] == [(Telling.NOT_REACHED, None)]

    def attempted(self, house: House, booking: BookingId, moment: Instant) -> BookingId:
        house.waits_until(moment)
        if BO not in house.core.state.agents or not house.core.state.agents[BO].queues:
            house.logs_in(BO)
        house.asks(StartCallback(booking, BO))
        house.phone("bo").answers()
        house.waits(60)
        house.asks(MarkCallback(booking, BO, answered=False))
        return booking


def test_what_a_customer_is_told_is_the_same_after_a_restart() -> None:
    house = House(tells(**ALL))
    bookings = [books(house, at(9, 15 * place), number) for place, number in enumerate((KARIN, LARS, MONA))]
    house.takes_snapshot()
    rebuilt: list[Booking] = list(house.rebuilt(house.snapshot).state.bookings.values())
    assert {each.id for each in rebuilt} == set(bookings)
    assert house.rebuilt(house.snapshot).state.timers == house.core.state.timers


@pytest.mark.feature("CB-10")
def test_of_a_call_without_a_time_only_the_booking_is_told() -> None:
    house = House(tells(**ALL))
    booking = BookingId(house.asks(BookCallback(ADVICE, KARIN, None, kind=BookingKind.UNTIMED)))
    house.waits_until(at(10, 0))
    assert [(what, moment) for what, moment, _ in told(house, booking)] == [(Telling.CONFIRMATION, None)]


def test_who_gave_up_while_waiting_was_promised_nothing() -> None:
    house = House({"queues": {"reception": {"callbacks": {"abandoned_after": 20, "tells": ALL}}}}, start=at(9, 0))
    gives_up(house)
    assert [booking.kind for booking in house.bookings] == [BookingKind.ABANDONED]
    house.waits_until(at(10, 0))
    assert told(house) == []
