"""Promises: a time is offered, booked, and kept."""

from datetime import UTC, datetime

import pytest

from svarhus.adapters.simulated.world import Reaction
from svarhus.domains.callbacks.errors import (
    AgentBusy,
    BookingNotFound,
    CannotMark,
    CannotStart,
    NoCallbacks,
    NoSlot,
    NotCallable,
    PhoneNotReachable,
)
from svarhus.domains.callbacks.state import (
    AttemptEnded,
    AttemptMarked,
    Booking,
    BookingMoved,
    BookingStatus,
    CustomerDialled,
)
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.exchange.core.requests import BookCallback, CancelCallback, MarkCallback, MoveCallback, StartCallback
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, PersonKey, QueueKey
from svarhus.ports.speech import Digits, RelativeDay, TemplatePhrase, WallTime
from unit.exchange.house import CALL_ME, KARIN, LARS, MAIN, MONA, STRAIGHT, Changes, House, Party

ADVICE = QueueKey("advice")
CIA, BO, DAN = PersonKey("cia"), PersonKey("bo"), PersonKey("dan")


def at(hour: int, minute: int, day: int = 2) -> Instant:
    """Local time in November 2026; the 2nd is a Monday."""
    return Instant(datetime(2026, 11, day, hour - 1, minute, tzinfo=UTC))


def asks_for_callback(house: House, caller: str | None = KARIN) -> Party:
    party = house.caller_rings(MAIN, caller)
    party.presses("2")
    return party


def offered(party: Party) -> tuple[str, str, str]:
    """The template said last, with its day and time."""
    said = party.last_told
    assert isinstance(said, TemplatePhrase)
    day, clock = said.values["day"], said.values["time"]
    assert isinstance(day, RelativeDay) and isinstance(clock, WallTime)
    return said.template, str(day.value), str(clock.value)


def booked(house: House, caller: str = KARIN) -> Booking:
    """A booking by phone for the next free place."""
    party = asks_for_callback(house, caller)
    party.presses("1")
    party.hangs_up()
    booking = next(booking for booking in house.bookings if booking.number == caller)
    house.waits(0)
    return booking


def due(house: House, caller: str = KARIN) -> Booking:
    booking = booked(house, caller)
    house.waits_until(booking.due_at)
    return house.booking(booking.id)


def in_progress(house: House) -> Booking:
    [booking] = house.bookings
    return booking


class TestPromising:
    @pytest.mark.feature("CB-01")
    def test_the_next_place_is_offered_accepted_and_said_again(self) -> None:
        house = House()
        karin = asks_for_callback(house)
        assert offered(karin) == ("callback.offer", "2026-11-02", "08:15:00")
        karin.presses("1")
        assert offered(karin) == ("callback.booked", "2026-11-02", "08:15:00")
        booking = in_progress(house)
        assert (booking.number, booking.queue, booking.promised_at) == (KARIN, "advice", at(8, 15))
        house.waits(2)
        assert karin.told[-1] == "goodbye"
        house.waits(2)
        assert karin.record.outcome is Outcome.CALLBACK_BOOKED

    @pytest.mark.feature("CB-01")
    def test_who_hangs_up_after_booking_has_booked(self) -> None:
        house = House()
        karin = asks_for_callback(house)
        karin.presses("1")
        karin.hangs_up()
        assert karin.record.outcome is Outcome.CALLBACK_BOOKED

    @pytest.mark.feature("CB-01")
    def test_a_later_one_may_be_asked_for(self) -> None:
        house = House()
        karin = asks_for_callback(house)
        karin.presses("2")
        assert offered(karin)[2] == "08:30:00"
        karin.presses("21")
        assert offered(karin) == ("callback.booked", "2026-11-02", "08:45:00")

    @pytest.mark.feature("CB-01")
    def test_a_later_one_than_the_last_begins_again_with_the_first(self) -> None:
        house = House(start=at(11, 50, day=4))
        karin = asks_for_callback(house)
        assert offered(karin)[1:] == ("2026-11-05", "08:00:00")
        karin.presses("2" * 15)
        assert offered(karin)[1:] == ("2026-11-05", "11:45:00")
        karin.presses("2")
        assert offered(karin)[1:] == ("2026-11-05", "08:00:00")

    @pytest.mark.feature("CB-01")
    def test_it_may_be_declined(self) -> None:
        house = House()
        karin = asks_for_callback(house)
        karin.presses("*")
        assert karin.told[-1] == "callback.declined"
        house.waits(2)
        assert karin.told[-1] == "goodbye"
        assert house.bookings == []

    @pytest.mark.feature("CB-01")
    def test_silence_is_no_promise(self) -> None:
        house = House()
        karin = asks_for_callback(house)
        house.waits(3 * (2 + 6))
        assert karin.told.count("callback.offer") == 3
        assert karin.told[-1] == "callback.declined", "and the caller knows that nothing was promised"
        assert house.bookings == []

    @pytest.mark.feature("CB-03")
    @pytest.mark.parametrize("keys", ["", "2"])
    def test_silence_cancels_nothing(self, keys: str) -> None:
        house = House()
        booking = booked(house)
        karin = asks_for_callback(house)
        karin.presses(keys)
        house.waits(60)
        assert "callback.kept" in karin.told
        assert house.bookings == [booking]

    @pytest.mark.feature("CB-01")
    def test_a_place_that_one_is_offered_is_offered_to_nobody_else_meanwhile(self) -> None:
        house = House()
        karin, lars = asks_for_callback(house, KARIN), asks_for_callback(house, LARS)
        assert (offered(karin)[2], offered(lars)[2]) == ("08:15:00", "08:30:00")
        with pytest.raises(NoSlot):
            house.asks(BookCallback(ADVICE, MONA, CIA, at(8, 15)))
        lars.presses("1")
        karin.presses("1")
        assert sorted(booking.due_at for booking in house.bookings) == [at(8, 15), at(8, 30)]

    @pytest.mark.feature("CB-01")
    @pytest.mark.parametrize("goes", ["hangs up", "declines", "wants a later one"])
    def test_a_place_that_one_does_not_take_is_free_again(self, goes: str) -> None:
        house = House()
        karin = asks_for_callback(house)
        match goes:
            case "hangs up":
                karin.is_gone_at_once()
            case "declines":
                karin.presses("*")
                house.waits(2)
            case _:
                karin.presses("2")
        assert offered(asks_for_callback(house, LARS))[2] == "08:15:00"

    @pytest.mark.feature("CB-01")
    def test_a_place_is_kept_for_two_minutes_at_the_most(self) -> None:
        house = House()
        karin = asks_for_callback(house, None)
        karin.presses("1")
        for _ in range(30):
            house.waits(4)
            karin.presses("7")
        assert offered(asks_for_callback(house, LARS))[2] == "08:15:00"

    @pytest.mark.feature("CB-01")
    def test_a_place_that_was_sold_after_that_is_not_promised_twice(self) -> None:
        house = House()
        karin = asks_for_callback(house, None)
        karin.presses("1")
        for _ in range(30):
            house.waits(4)
            karin.presses("*")
        booked(house, LARS)
        karin.presses("0812345678#1")
        assert offered(karin) == ("callback.offer", "2026-11-02", "08:30:00")

    @pytest.mark.feature("CB-04")
    @pytest.mark.parametrize(
        ("days_ahead", "now", "offer"),
        [
            (0, at(9, 1), "2026-11-02"),
            (0, at(12, 0), None),
            (1, at(12, 30, day=4), "2026-11-05"),
            (1, at(12, 30), None),
            (3, Instant(datetime(2026, 11, 6, 20, tzinfo=UTC)), "2026-11-09"),
        ],
    )
    def test_as_far_ahead_as_the_schedule_says(self, days_ahead: int, now: Instant, offer: str | None) -> None:
        house = House({"schedules": {"nurses": {"days_ahead": days_ahead}}}, now)
        karin = house.caller_rings(CALL_ME)
        if offer is None:
            assert karin.told == ["callback.none_today"]
        else:
            assert offered(karin)[1] == offer

    @pytest.mark.feature("CB-05")
    def test_when_all_places_are_sold_the_caller_goes_on(self) -> None:
        house = House(start=at(12, 30), changes={"schedules": {"nurses": {"days_ahead": 0}}})
        house.caller_rings(CALL_ME)
        house = House({"schedules": {"nurses": {"days_ahead": 0}}}, at(11, 35))
        booked(house, LARS)
        karin = asks_for_callback(house)
        assert karin.told[-1] == "callback.none"
        house.waits(2)
        assert karin.told[-1] == "greeting"

    @pytest.mark.feature("CB-13")
    def test_a_thousand_callers_for_a_hundred_places(self) -> None:
        """All are on the line at once, and all accept the time that they were offered."""
        periods = [{"days": ["mon"], "from": "09:00", "to": "10:00", "calls_per_hour": 100}]
        house = House({"schedules": {"nurses": {"periods": periods, "days_ahead": 0}}})
        house.busy = True
        callers = [house.caller_rings(CALL_ME, f"+4670100{number:04}") for number in range(1000)]
        house.catches_up()
        for key in ("1", "1"):
            house.waits(1)
            house.busy = True
            for caller in callers:
                caller.presses(key)
            house.catches_up()
        assert len(house.bookings) == 100
        told = [caller.told[-1] for caller in callers]
        assert (told.count("callback.booked"), told.count("callback.none_today")) == (100, 900)


class TestNumbers:
    @pytest.mark.feature("CB-02")
    def test_the_callers_number_may_be_read_back(self) -> None:
        house = House()
        karin = house.caller_rings(CALL_ME)
        karin.presses("1")
        assert isinstance(karin.last_told, TemplatePhrase)
        assert (karin.last_told.template, karin.last_told.values) == (
            "callback.number",
            {"number": Digits("070-123 45 67")},
        )
        karin.presses("1")
        assert in_progress(house).number == KARIN

    @pytest.mark.feature("CB-02")
    def test_another_number_may_be_keyed_in(self) -> None:
        house = House()
        karin = house.caller_rings(CALL_ME)
        karin.presses("12")
        assert karin.told[-1] == "callback.enter_number"
        karin.presses("0812345678#")
        assert karin.told[-1] == "callback.number"
        karin.presses("1")
        assert in_progress(house).number == "+46812345678"

    @pytest.mark.feature("CB-02", "NUM-10")
    @pytest.mark.parametrize("caller", [None, "anonymous", "+4915112345678", "garbage", "0701740605fru", "4650042"])
    def test_a_caller_without_a_number_that_we_may_call_is_asked_for_one(self, caller: str | None) -> None:
        house = House()
        karin = asks_for_callback(house, caller)
        karin.presses("1")
        assert karin.told[-1] == "callback.enter_number"
        karin.presses("0701234567")
        house.waits(5)
        karin.presses("1")
        assert in_progress(house).number == KARIN

    @pytest.mark.feature("CB-02")
    def test_a_number_that_may_not_be_called_is_asked_for_again_and_then_a_message_may_be_left(self) -> None:
        house = House()
        karin = asks_for_callback(house, None)
        karin.presses("1")
        for wrong in ("123#", "00491511234567#", "740605#"):
            karin.presses(wrong)
        assert karin.told[-1] == "greeting"
        assert house.bookings == []

    @pytest.mark.feature("CB-02")
    def test_who_keys_nothing_can_leave_a_message(self) -> None:
        house = House()
        karin = asks_for_callback(house, None)
        karin.presses("1")
        house.waits(3 * (2 + 6))
        assert karin.told[-1] == "greeting"


class TestOneBookingAPerson:
    @pytest.mark.feature("CB-03")
    def test_who_calls_again_is_told_the_time_and_gets_no_second_one(self) -> None:
        house = House()
        booking = booked(house)
        karin = asks_for_callback(house)
        assert offered(karin) == ("callback.already", "2026-11-02", "08:15:00")
        karin.presses("1")
        house.waits(60)
        assert house.bookings == [booking]

    @pytest.mark.feature("CB-03")
    def test_the_booking_may_be_cancelled_and_its_place_is_free_again(self) -> None:
        house = House()
        booked(house)
        karin = asks_for_callback(house)
        karin.presses("2")
        assert karin.told[-1] == "callback.cancel"
        karin.presses("1")
        assert karin.told[-1] == "callback.cancelled"
        assert house.bookings == []
        assert offered(asks_for_callback(house, LARS))[2] == "08:15:00"

    @pytest.mark.feature("CB-03")
    @pytest.mark.parametrize("key", ["*", "7"])
    def test_it_stays_unless_the_question_is_answered_by_yes(self, key: str) -> None:
        house = House()
        booking = booked(house)
        karin = asks_for_callback(house)
        karin.presses("2" + key)
        house.waits(60)
        assert house.bookings == [booking]

    @pytest.mark.feature("CB-03")
    def test_who_says_nothing_more_keeps_it(self) -> None:
        house = House()
        booking = booked(house)
        karin = asks_for_callback(house)
        karin.presses("2")
        house.waits(60)
        assert house.bookings == [booking]

    @pytest.mark.feature("CB-03")
    @pytest.mark.parametrize("caller", [None, LARS])
    def test_who_keys_anothers_number_hears_and_changes_nothing_of_its_booking(self, caller: str | None) -> None:
        """A keyed number proves nothing: the words are the same for a number with a booking and for one without."""
        heard = []
        for has_booking in (False, True):
            house = House(start=at(8, 31))
            if has_booking:
                booked(house)
                house.waits_until(at(8, 40))
            stranger = house.caller_rings(CALL_ME, caller)
            stranger.presses("1" if caller is None else "12")
            stranger.presses("0701234567#")
            stranger.presses("12")
            heard.append([told for told in stranger.told if told != "callback.already"])
            assert [booking.number for booking in house.bookings] == [KARIN]
            assert stranger.told[-1] == "callback.booked_for_number"
        assert heard[0] == heard[1]

    @pytest.mark.feature("CB-03")
    def test_the_time_that_is_offered_next_does_not_tell_whether_a_keyed_number_had_a_booking(self) -> None:
        offers = []
        for number in (KARIN, LARS):
            house = House()
            booked(house, KARIN)
            stranger = house.caller_rings(CALL_ME, None)
            stranger.presses(f"10{number.removeprefix('+46')}#1")
            stranger.hangs_up()
            offers.append(offered(house.caller_rings(CALL_ME, None)))
            assert len(house.bookings) == (1 if number == KARIN else 2)
            house.journal_tells_all()
        assert offers[0] == offers[1]

    @pytest.mark.feature("CB-03", "CB-13")
    def test_a_place_where_nothing_was_booked_can_be_sold_after_a_while(self) -> None:
        house = House()
        house.asks(BookCallback(ADVICE, KARIN, CIA, at(11, 0)))
        stranger = house.caller_rings(CALL_ME, None)
        stranger.presses("2" * 3)
        assert offered(stranger)[2] == "09:00:00"
        stranger.presses("10701234567#1")
        stranger.hangs_up()
        with pytest.raises(NoSlot):
            house.asks(BookCallback(ADVICE, LARS, CIA, at(9, 0)))
        house.waits(15 * 60)
        house.asks(BookCallback(ADVICE, LARS, CIA, at(9, 0)))
        house.journal_tells_all()

    @pytest.mark.feature("CB-03")
    def test_who_calls_after_the_promised_time_is_told_that_we_call_as_soon_as_we_can(self) -> None:
        house = House()
        booked(house)
        house.waits(3600)
        karin = asks_for_callback(house)
        assert karin.told[-1] == "callback.overdue"
        karin.presses("21")
        assert house.bookings == []

    @pytest.mark.feature("CB-03")
    def test_two_calls_of_one_person_at_once_make_one_booking(self) -> None:
        house = House()
        first, second = asks_for_callback(house), asks_for_callback(house)
        first.presses("1")
        second.presses("1")
        assert second.told[-1] == "callback.already"
        assert len(house.bookings) == 1

    @pytest.mark.feature("CB-03")
    def test_a_number_has_one_booking_in_all_queues(self) -> None:
        house = House()
        booking = booked(house)
        with pytest.raises(NoSlot):
            house.asks(BookCallback(QueueKey("reception"), KARIN, CIA))
        assert house.bookings == [booking]

    @pytest.mark.feature("CB-03")
    def test_one_of_each_queue_where_the_organisation_allows_it(self) -> None:
        house = House({"organisation": {"several_callbacks": True}})
        booked(house)
        house.asks(BookCallback(QueueKey("reception"), KARIN, CIA))
        with pytest.raises(NoSlot):
            house.asks(BookCallback(QueueKey("reception"), KARIN, CIA))
        assert len(house.bookings) == 2

    @pytest.mark.feature("CB-02")
    @pytest.mark.parametrize("number", ["+4915112345678", "0900-123 45 67", "+881612345678", "+46846500400"])
    def test_what_may_not_be_called_is_not_promised(self, number: str) -> None:
        house = House()
        with pytest.raises(NotCallable):
            house.asks(BookCallback(ADVICE, number, CIA))
        stranger = asks_for_callback(house, None)
        stranger.presses("1")
        stranger.presses(number.replace("+", "00").replace("-", "").replace(" ", "") + "#")
        assert stranger.told[-2:] == ["callback.number_wrong", "callback.enter_number"]
        assert house.bookings == []

    @pytest.mark.feature("CB-02")
    def test_a_star_begins_the_number_again(self) -> None:
        house = House()
        stranger = asks_for_callback(house, None)
        stranger.presses("1")
        stranger.presses("0701*0701234567#")
        assert stranger.told[-1] == "callback.number"
        stranger.presses("1")
        assert in_progress(house).number == KARIN


class TestKeeping:
    def test_when_it_is_time_the_agents_phone_rings_and_then_the_customers(self) -> None:
        house = House()
        booking = booked(house)
        assert booking.status is BookingStatus.BOOKED
        house.waits_until(at(8, 15))
        assert house.booking(booking.id).status is BookingStatus.DUE
        house.asks(StartCallback(booking.id, CIA))
        customer = house.outside(KARIN)
        assert house.phone("cia").rings and not customer.rings
        cia = house.phone("cia").answers()
        assert cia.shown == KARIN
        karin = customer.answers()
        assert karin.shown == "+46846500400"
        assert cia.hears_voice_of(karin)
        house.waits(90)
        karin.hangs_up()
        kept = house.booking(booking.id)
        assert (kept.status, kept.attempts) == (BookingStatus.TO_MARK, 1)
        assert kept.first_attempt_at == kept.promised_at
        assert (cia.record.kind, cia.record.outcome, cia.record.talk) == (CallKind.CALLBACK, Outcome.ANSWERED, 90)
        house.asks(MarkCallback(booking.id, CIA, answered=True))
        assert house.bookings == []
        house.waits(60)
        house.everything_is_over()

    @pytest.mark.feature("CB-11")
    def test_an_unanswered_attempt_is_counted_and_tried_again_later(self) -> None:
        house = House()
        booking = due(house)
        for attempt in (1, 2):
            house.asks(StartCallback(booking.id, CIA))
            house.phone("cia").answers()
            house.waits(45)
            assert house.booking(booking.id).status is BookingStatus.TO_MARK
            house.asks(MarkCallback(booking.id, CIA, answered=False))
            if attempt == 1:
                again = house.booking(booking.id)
                assert (again.status, again.attempts) == (BookingStatus.BOOKED, 1)
                house.waits(30 * 60)
                assert house.booking(booking.id).status is BookingStatus.DUE
        assert house.bookings == []
        assert [fact.next_at is None for fact in house.facts_of(AttemptMarked)] == [False, True]
        house.everything_is_over()

    @pytest.mark.feature("CB-11")
    def test_an_agent_who_does_not_answer_is_no_attempt(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        house.waits(20)
        again = house.booking(booking.id)
        assert (again.status, again.attempts, again.first_attempt_at) == (BookingStatus.DUE, 0, None)
        assert house.facts_of(CustomerDialled) == []

    @pytest.mark.feature("CB-11")
    def test_an_agent_who_hangs_up_first_stops_the_customers_phone(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        cia = house.phone("cia").answers()
        cia.hangs_up()
        assert not house.outside(KARIN).rings
        assert house.booking(booking.id).status is BookingStatus.TO_MARK
        assert [ended.connected for ended in house.facts_of(AttemptEnded)] == [False]

    def test_after_call_work_follows_as_in_the_queue(self) -> None:
        house = House()
        booking = due(house)
        house.logs_in("cia")
        house.asks(StartCallback(booking.id, CIA))
        house.phone("cia").answers()
        house.outside(KARIN).answers().hangs_up()
        house.caller_rings().presses("7")
        assert not house.phone("cia").rings
        house.waits(10)
        assert house.phone("cia").rings

    @pytest.mark.feature("DESK-13")
    def test_the_agents_mobile_rings_first_and_a_key_shows_that_it_is_a_person(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, DAN))
        dan = house.phone("dan").answers()
        assert dan.told == ["agent.confirm"]
        assert not house.outside(KARIN).rings
        dan.presses("1")
        assert house.outside(KARIN).answers().hears_voice_of(dan)

    @pytest.mark.feature("DESK-13", "Q-13")
    def test_the_customer_never_gets_the_voicemail_of_an_agents_mobile(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, DAN))
        voicemail = house.phone("dan").answers()
        house.waits(15)
        assert voicemail.gone
        assert house.facts_of(CustomerDialled) == []
        assert house.booking(booking.id).status is BookingStatus.DUE


class TestNothingTwice:
    def test_a_customer_is_never_dialled_twice_at_once(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        with pytest.raises(CannotStart):
            house.asks(StartCallback(booking.id, BO))
        house.phone("cia").answers()
        with pytest.raises(CannotStart):
            house.asks(StartCallback(booking.id, BO))

    def test_a_callback_does_not_take_an_agent_who_is_being_rung(self) -> None:
        house = House()
        booking = due(house)
        house.logs_in("bo")
        house.caller_rings(STRAIGHT, LARS)
        assert house.phone("bo").rings
        with pytest.raises(AgentBusy):
            house.asks(StartCallback(booking.id, BO))

    def test_nobody_is_rung_for_the_queue_during_a_callback(self) -> None:
        house = House()
        booking = due(house)
        house.logs_in("bo")
        house.asks(StartCallback(booking.id, BO))
        lars = house.caller_rings(STRAIGHT, LARS)
        house.phone("bo").answers()
        assert not house.phone("bo").rings
        house.outside(KARIN).always(Reaction.RING)
        house.waits(45)
        assert house.phone("bo").answers().hears_voice_of(lars)

    def test_a_due_callback_does_not_overtake_a_waiting_caller_by_itself(self) -> None:
        house = House()
        due(house)
        lars = house.caller_rings(STRAIGHT, LARS)
        house.logs_in("bo")
        assert house.phone("bo").answers().hears_voice_of(lars)

    def test_a_customer_who_cancels_while_the_agents_phone_rings_is_not_called(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        karin = asks_for_callback(house)
        karin.presses("21")
        assert not house.phone("cia").rings
        assert house.bookings == []
        karin.hangs_up()
        house.everything_is_over()

    def test_an_answer_that_crosses_the_cancelling_calls_nobody(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        karin = asks_for_callback(house)
        karin.presses("2")
        house.waits(1)
        house.busy = True
        karin.presses("1")
        cia = house.phone("cia").answers()
        house.catches_up()
        assert cia.gone and not house.outside(KARIN).rings

    def test_the_same_mark_is_made_once(self) -> None:
        house = House()
        booking = due(house)
        with pytest.raises(CannotMark):
            house.asks(MarkCallback(booking.id, CIA, answered=True))


class TestRequests:
    def test_an_agent_books_the_next_place_or_a_stated_one(self) -> None:
        house = House()
        house.asks(BookCallback(ADVICE, "070-123 45 67", CIA))
        house.asks(BookCallback(ADVICE, "070-123 45 68", CIA, at(9, 0)))
        assert [booking.promised_at for booking in house.bookings] == [at(8, 15), at(9, 0)]
        with pytest.raises(NoSlot):
            house.asks(BookCallback(ADVICE, "070-123 45 69", CIA, at(9, 0)))
        with pytest.raises(NoSlot):
            house.asks(BookCallback(ADVICE, "070-123 45 69", CIA, at(9, 7)))
        with pytest.raises(NoSlot):
            house.asks(BookCallback(ADVICE, "070-123 45 67", CIA))
        with pytest.raises(NotCallable) as refused:
            house.asks(BookCallback(ADVICE, "12", CIA))
        assert [fault.reason for fault in refused.value.faults] == ["number-too_short"]
        with pytest.raises(NoCallbacks):
            house.asks(BookCallback(QueueKey("nowhere"), KARIN, CIA))

    def test_a_booking_is_cancelled_but_not_during_the_attempt(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        with pytest.raises(CannotStart):
            house.asks(CancelCallback(booking.id, CIA))
        house.phone("cia").declines()
        house.asks(CancelCallback(booking.id, CIA))
        with pytest.raises(BookingNotFound):
            house.asks(CancelCallback(booking.id, CIA))
        house.everything_is_over()

    def test_what_cannot_be_started_says_why(self) -> None:
        house = House()
        booking = due(house)
        with pytest.raises(BookingNotFound):
            house.asks(StartCallback(BookingId("b"), CIA))
        house.phone("cia").goes_off()
        with pytest.raises(PhoneNotReachable):
            house.asks(StartCallback(booking.id, CIA))
        house.takes_configuration({"organisation": {"outgoing": {"countries": ["NO"]}}})
        with pytest.raises(NotCallable):
            house.asks(StartCallback(booking.id, BO))

    @pytest.mark.parametrize("changes", [{"queues": {"advice": {"callbacks": None}}}, {"queues": {"advice": None}}])
    def test_a_promise_outlives_the_settings_under_which_it_was_made(self, changes: Changes) -> None:
        """The queue takes no more bookings, or is gone: what was promised can still be seen and closed."""
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        house.phone("cia").answers()
        house.takes_configuration(changes)
        house.outside(KARIN).answers().hangs_up()
        house.asks(MarkCallback(booking.id, CIA, answered=False))
        if house.bookings:
            house.asks(CancelCallback(booking.id, CIA))
        house.waits(3600)
        house.everything_is_over()


class TestMoving:
    """A promise is given another time, at the customer's wish."""

    def test_the_old_place_is_free_and_the_new_one_taken(self) -> None:
        house = House()
        booking = booked(house)
        house.asks(MoveCallback(booking.id, CIA, at(10, 0)))
        moved = house.booking(booking.id)
        assert (moved.promised_at, moved.due_at, moved.status) == (at(10, 0), at(10, 0), BookingStatus.BOOKED)
        [fact] = house.facts_of(BookingMoved)
        assert (fact.was, fact.at, fact.by) == (booking.due_at, at(10, 0), CIA)
        with pytest.raises(NoSlot):
            house.asks(BookCallback(ADVICE, LARS, CIA, at(10, 0)))
        house.asks(BookCallback(ADVICE, LARS, CIA, booking.due_at))
        house.journal_tells_all()

    def test_it_is_due_at_the_new_time_and_not_at_the_old_one(self) -> None:
        house = House()
        booking = booked(house)
        house.asks(MoveCallback(booking.id, CIA, at(10, 0)))
        house.waits_until(at(9, 59))
        assert house.booking(booking.id).status is BookingStatus.BOOKED
        house.waits_until(at(10, 0))
        assert house.booking(booking.id).status is BookingStatus.DUE

    def test_who_calls_again_is_told_the_new_time(self) -> None:
        house = House()
        booking = booked(house)
        house.asks(MoveCallback(booking.id, CIA, at(10, 0)))
        assert offered(asks_for_callback(house)) == ("callback.already", "2026-11-02", "10:00:00")

    def test_without_a_time_it_is_the_next_free_one_and_never_the_one_that_it_has(self) -> None:
        house = House()
        first, second = booked(house), booked(house, LARS)
        house.asks(MoveCallback(first.id, CIA))
        assert house.booking(first.id).due_at > second.due_at
        house.asks(MoveCallback(second.id, CIA))
        assert house.booking(second.id).due_at == first.due_at

    def test_to_the_time_that_it_has_nothing_is_moved(self) -> None:
        house = House()
        booking = booked(house)
        house.asks(MoveCallback(booking.id, CIA, booking.due_at))
        assert house.facts_of(BookingMoved) == []

    def test_back_to_the_time_that_was_promised_after_an_early_attempt(self) -> None:
        """Its place still counts as taken: by this very booking."""
        house = House()
        booking = booked(house)
        house.asks(StartCallback(booking.id, CIA))
        house.phone("cia").answers()
        house.outside(KARIN).declines()
        house.waits(1)
        house.asks(MarkCallback(booking.id, CIA, answered=False))
        assert house.booking(booking.id).due_at != booking.promised_at
        house.asks(MoveCallback(booking.id, CIA, booking.promised_at))
        assert house.booking(booking.id).due_at == booking.promised_at

    def test_what_is_due_may_be_put_off(self) -> None:
        house = House()
        booking = due(house)
        house.asks(MoveCallback(booking.id, CIA, at(11, 0)))
        assert house.booking(booking.id).status is BookingStatus.BOOKED
        house.waits_until(at(11, 0))
        assert house.booking(booking.id).status is BookingStatus.DUE

    def test_a_time_that_is_not_free_is_refused_and_changes_nothing(self) -> None:
        house = House()
        booking, other = booked(house), booked(house, LARS)
        for taken in (other.due_at, at(10, 7), at(7, 0)):
            with pytest.raises(NoSlot):
                house.asks(MoveCallback(booking.id, CIA, taken))
        assert house.booking(booking.id) == booking

    def test_not_while_the_customer_is_called_nor_before_that_is_marked(self) -> None:
        house = House()
        house.logs_in("cia")
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        with pytest.raises(CannotStart):
            house.asks(MoveCallback(booking.id, CIA, at(11, 0)))
        cia = house.phone("cia").answers()
        house.outside(KARIN).declines()
        cia.hangs_up()
        house.waits(1)
        assert house.booking(booking.id).status is BookingStatus.TO_MARK
        with pytest.raises(CannotStart):
            house.asks(MoveCallback(booking.id, CIA, at(11, 0)))
        house.asks(MarkCallback(booking.id, CIA, answered=False))
        house.asks(MoveCallback(booking.id, CIA, at(11, 0)))
        assert (house.booking(booking.id).due_at, house.booking(booking.id).attempts) == (at(11, 0), 1)

    def test_what_is_closed_or_takes_no_bookings_any_more_says_so(self) -> None:
        house = House()
        booking = booked(house)
        house.takes_configuration({"queues": {"advice": {"callbacks": None}}})
        with pytest.raises(NoCallbacks):
            house.asks(MoveCallback(booking.id, CIA, at(11, 0)))
        house.asks(CancelCallback(booking.id, CIA))
        with pytest.raises(BookingNotFound):
            house.asks(MoveCallback(booking.id, CIA, at(11, 0)))

    def test_it_goes_over_to_the_schedule_that_the_queue_has_now(self) -> None:
        house = House()
        booking = booked(house)
        later = {"name": "Later", "periods": [{"days": ["mon"], "from": "14:00", "to": "15:00", "calls_per_hour": 4}]}
        house.takes_configuration(
            {"schedules": {"later": later}, "queues": {"advice": {"callbacks": {"schedule": "later"}}}}
        )
        house.asks(MoveCallback(booking.id, CIA))
        assert (house.booking(booking.id).schedule, house.booking(booking.id).due_at) == ("later", at(14, 0))
        house.journal_tells_all()
