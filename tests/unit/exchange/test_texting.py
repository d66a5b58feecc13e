"""Customers book and cancel callbacks by SMS."""

import pytest

from svarhus.domains.callbacks.state import BookingKind, TellingDue, TextRead
from svarhus.domains.queues.telling import Telling
from svarhus.domains.queues.texting import TextOutcome
from svarhus.exchange.core.requests import ReadText, StartCallback
from unit.exchange.house import KARIN, LARS, MAIN, STRAIGHT, Changes, House
from unit.exchange.test_callbacks import ADVICE, at
from unit.exchange.test_telling import BO, books

WORDS = [{"word": "BOKA"}, {"word": "book", "language": "en"}, {"word": "RING", "stated_time": False}]


def by_text(*words: dict[str, object], **callbacks: object) -> Changes:
    return {"queues": {"advice": {"callbacks": {"by_text": list(words or WORDS), **callbacks}}}}


def writes(house: House, words: str, sender: str = KARIN, receiver: str = "") -> TextRead:
    house.asks(ReadText(f"t{len(house.journal)}", sender, receiver, words))
    return house.facts_of(TextRead)[-1]


@pytest.mark.feature("MSG-01")
def test_a_word_books_the_next_free_time_and_the_answer_tells_it() -> None:
    house = House(by_text())
    read = writes(house, "Boka, tack!")
    (booking,) = house.bookings
    assert (booking.number, booking.queue, booking.promised_at) == (KARIN, ADVICE, at(8, 15))
    assert (read.outcome, read.booking, read.at, read.language) == (TextOutcome.BOOKED, booking.id, at(8, 15), "sv")


@pytest.mark.feature("MSG-01")
def test_a_word_may_book_without_a_time_or_in_another_language() -> None:
    house = House(by_text())
    assert writes(house, "ring").at is None
    assert writes(house, "BOOK", LARS).language == "en"
    assert {booking.number: booking.kind for booking in house.bookings} == {
        KARIN: BookingKind.UNTIMED,
        LARS: BookingKind.TIMED,
    }


def test_places_of_what_the_queue_is_about_are_booked_too() -> None:
    reserved = {"days": ["mon"], "from": "09:00", "to": "10:00", "calls_per_hour": 4, "categories": ["wounds"]}
    house = House(
        {
            "categories": [{"key": "wounds", "name": "Wounds"}],
            "schedules": {"nurses": {"periods": [{**reserved, "languages": ["en"]}]}},
            "queues": {"advice": {"category": "wounds", "callbacks": {"by_text": WORDS}}},
        }
    )
    assert writes(house, "boka").outcome is TextOutcome.FULL, "those are for who speaks English"
    assert writes(house, "book").outcome is TextOutcome.BOOKED
    (booking,) = house.bookings
    assert (booking.category, booking.promised_at) == ("wounds", at(9, 0))


@pytest.mark.feature("CB-03")
def test_who_has_a_time_is_told_it_again() -> None:
    house = House(by_text())
    booking = books(house, at(9, 30))
    read = writes(house, "boka")
    assert (read.outcome, read.booking, read.at) == (TextOutcome.ALREADY, booking, at(9, 30))
    assert len(house.bookings) == 1


@pytest.mark.feature("MSG-01")
def test_another_word_cancels_what_the_sender_has() -> None:
    house = House(by_text())
    booking = books(house, at(9, 30))
    assert writes(house, "Avboka", LARS).outcome is TextOutcome.NOTHING
    read = writes(house, "AVBOKA")
    assert (read.outcome, read.booking) == (TextOutcome.CANCELLED, booking)
    assert house.bookings == []


def test_what_is_under_way_is_not_cancelled() -> None:
    house = House(by_text())
    booking = books(house, at(8, 30))
    house.waits_until(at(8, 30))
    house.logs_in(BO)
    house.asks(StartCallback(booking, BO))
    assert writes(house, "avboka").outcome is TextOutcome.IN_PROGRESS
    assert len(house.bookings) == 1


def test_when_all_is_full_that_is_told() -> None:
    house = House({**by_text(), "schedules": {"nurses": {"periods": []}}})
    assert writes(house, "boka").outcome is TextOutcome.FULL


@pytest.mark.parametrize("words", ["", "   ", "Hej, kan ni ringa?", "bokat", "😀", "Out of office"])
def test_anything_else_is_kept_and_does_nothing(words: str) -> None:
    house = House(by_text())
    assert writes(house, words).outcome is TextOutcome.OTHER
    assert house.bookings == []


def test_our_own_numbers_book_nothing() -> None:
    house = House(by_text())
    assert writes(house, "boka", MAIN).outcome is TextOutcome.OTHER


def test_a_word_of_one_number_goes_before_that_of_any() -> None:
    house = House(by_text({"word": "BOKA", "number": STRAIGHT, "language": "en"}))
    assert writes(house, "boka", KARIN, MAIN).outcome is TextOutcome.OTHER
    assert writes(house, "boka", KARIN, STRAIGHT).outcome is TextOutcome.BOOKED


def test_who_is_answered_is_not_told_the_same_twice() -> None:
    house = House(by_text(tells={what.value: True for what in Telling}))
    writes(house, "boka")
    house.waits_until(at(8, 10))
    writes(house, "avboka")
    assert house.facts_of(TellingDue) == []
    house.waits_until(at(9, 0))
    assert house.facts_of(TellingDue) == []
