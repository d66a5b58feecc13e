"""Callbacks that are carried out by themselves: the next free member is rung, and then the customer."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svarhus.adapters.simulated.world import Reaction
from svarhus.domains.callbacks.errors import CannotStart
from svarhus.domains.callbacks.state import AttemptBegan, AttemptMarked, Booking, BookingKind, BookingStatus
from svarhus.domains.calls.model import Outcome
from svarhus.domains.cases.requests import Known, TakeCase
from svarhus.exchange.core.requests import BookCallback, CancelCallback, MarkCallback, MoveCallback, StartCallback
from svarhus.kit.clock import after
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import CategoryKey, QueueKey
from unit.exchange.house import KARIN, LARS, MAIN, MONA, STRAIGHT, Death, House
from unit.exchange.test_callbacks import ADVICE, BO, CIA, DAN, at
from unit.exchange.test_categories import CATEGORIES, WOUNDS

AUTOMATIC: Mapping[str, object] = {"carried_out": "automatic"}


def house_with(**callbacks: object) -> House:
    """Bo and Cia take calls of the advice, whose callbacks are carried out by themselves."""
    return House({"queues": {"advice": {"callbacks": {**AUTOMATIC, **callbacks}}}}, at(8, 1))


def asked_for(house: House, number: str = KARIN, kind: BookingKind = BookingKind.UNTIMED) -> Booking:
    id = house.asks(BookCallback(ADVICE, number, CIA, kind=kind))
    house.waits(0)
    return next(booking for booking in house.bookings if booking.id == id)


def rings_at(house: House) -> list[str]:
    return [name for name in ("bo", "cia") if house.phone(name).rings]


ACTS = (
    *("bo answers", "cia answers", "bo declines", "cia declines"),
    *("customer answers", "customer declines", "customer hangs up"),
    *("cancel", "start", "judge", "restart", "wait"),
)


class TestMembersAreRung:
    @pytest.mark.feature("CB-08")
    def test_the_next_free_member_is_rung_and_then_the_customer(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house)
        assert house.phone("cia").rings
        assert not house.outside(KARIN).rings
        cia = house.phone("cia").answers()
        assert house.outside(KARIN).rings
        karin = house.outside(KARIN).answers()
        assert cia.hears_voice_of(karin)
        assert house.booking(booking.id).status is BookingStatus.IN_ATTEMPT
        house.waits(60)
        karin.hangs_up()
        assert house.bookings == []
        [marked] = house.facts_of(AttemptMarked)
        assert (marked.answered, marked.by) == (True, None)
        assert cia.record.outcome is Outcome.ANSWERED
        house.waits(10)
        house.everything_is_over()
        house.journal_tells_all()

    @pytest.mark.feature("CB-08")
    def test_a_promised_time_is_waited_for(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house, kind=BookingKind.TIMED)
        assert rings_at(house) == []
        house.waits_until(booking.due_at)
        assert rings_at(house) == ["cia"]

    @pytest.mark.feature("CB-08")
    def test_who_declines_hands_it_to_the_next(self) -> None:
        house = house_with()
        house.logs_in("bo")
        house.waits(5)
        house.logs_in("cia")
        asked_for(house)
        assert rings_at(house) == ["bo"]
        house.phone("bo").declines()
        assert rings_at(house) == ["cia"]
        house.waits(20)
        assert rings_at(house) == ["bo"], "who has been left in peace after declining"
        house.phone("bo").answers()
        assert house.outside(KARIN).rings

    @pytest.mark.feature("CB-08")
    def test_all_are_rung_where_the_queue_rings_all_and_the_first_has_it(self) -> None:
        changes = {"distribution": "ring_all", "callbacks": AUTOMATIC}
        house = House({"queues": {"advice": changes}}, at(8, 1))
        house.logs_in("bo", "cia")
        asked_for(house)
        assert rings_at(house) == ["bo", "cia"]
        house.phone("cia").answers()
        assert rings_at(house) == []
        assert [fact.person for fact in house.facts_of(AttemptBegan)] == [CIA]
        assert house.outside(KARIN).rings

    @pytest.mark.feature("CB-08")
    def test_it_waits_until_somebody_is_free(self) -> None:
        house = house_with()
        asked_for(house)
        house.waits(600)
        assert house.bookings[0].status is BookingStatus.DUE
        house.logs_in("cia")
        assert rings_at(house) == ["cia"]

    @pytest.mark.feature("CB-08")
    def test_who_was_promised_a_time_goes_before_callers_who_wait_and_others_come_by_arrival(self) -> None:
        house = house_with()
        timed = asked_for(house, MONA, BookingKind.TIMED)
        house.waits_until(after(timed.due_at, timedelta(seconds=-10)))
        lars = house.caller_rings(MAIN, LARS)
        lars.presses("7")
        untimed = asked_for(house)
        house.waits_until(timed.due_at)
        house.logs_in("cia")
        house.phone("cia").answers()
        assert house.outside(MONA).rings
        house.logs_in("bo")
        house.phone("bo").answers()
        assert lars.answered and not house.outside(KARIN).rings
        assert house.booking(untimed.id).status is BookingStatus.DUE

    @pytest.mark.feature("CB-08")
    def test_it_counts_for_no_caller_who_waits(self) -> None:
        house = house_with()
        asked_for(house)
        assert house.core.state.callers(ADVICE) == 0
        assert house.waiting_in("advice") == []

    @pytest.mark.feature("CB-08")
    def test_a_member_who_starts_it_is_the_one_who_is_rung(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house)
        assert rings_at(house) == ["cia"]
        with pytest.raises(CannotStart):
            house.asks(StartCallback(booking.id, BO))
        house.phone("cia").declines()
        house.asks(StartCallback(booking.id, BO))
        house.phone("bo").answers()
        assert [fact.person for fact in house.facts_of(AttemptBegan)] == [BO]

    @pytest.mark.feature("CB-08")
    def test_nobody_is_rung_beside_a_conversation(self) -> None:
        house = House({"queues": {"advice": {"call_waiting": True, "callbacks": AUTOMATIC}}}, at(8, 1))
        house.logs_in("cia")
        house.caller_rings(MAIN, LARS).presses("7")
        house.phone("cia").answers()
        asked_for(house)
        assert rings_at(house) == []

    @pytest.mark.feature("CB-08")
    def test_who_is_rung_has_what_the_category_needs(self) -> None:
        skilled = {"bo": {"skills": [{"skill": "wounds", "level": 3}]}}
        changes = {**CATEGORIES, "people": skilled, "queues": {"advice": {"callbacks": AUTOMATIC}}}
        house = House(changes, at(8, 1))
        house.logs_in("cia")
        house.asks(BookCallback(ADVICE, KARIN, CIA, kind=BookingKind.UNTIMED, category=CategoryKey(WOUNDS)))
        house.waits(1)
        assert rings_at(house) == []
        house.logs_in("bo")
        assert rings_at(house) == ["bo"]

    def test_what_stands_or_is_carried_out_by_hand_is_not_looked_at_with_every_input(self) -> None:
        house = house_with()
        asked_for(house)
        house.asks(BookCallback(QueueKey("reception"), LARS, DAN, kind=BookingKind.UNTIMED))
        house.waits(0)
        [by_hand] = [each.id for each in house.bookings if each.queue == "reception"]
        assert house.core.state.due_bookings == {"reception": {by_hand}}

    @pytest.mark.feature("CB-08")
    def test_a_member_at_a_mobile_shows_by_a_key_that_it_is_a_person(self) -> None:
        house = House({"queues": {"reception": {"callbacks": AUTOMATIC}}}, at(8, 1))
        house.logs_in("dan")
        house.asks(BookCallback(QueueKey("reception"), KARIN, DAN, kind=BookingKind.UNTIMED))
        dan = house.outside("+46701000004").answers()
        assert dan.told == ["agent.confirm"] and not house.outside(KARIN).rings
        dan.presses("1")
        assert house.outside(KARIN).rings


class TestStartedByHand:
    """The first attempt; those that follow are anybody's."""

    @pytest.mark.feature("CB-08", "CB-11")
    @pytest.mark.parametrize("callbacks", [{"attempts": 2}, {"attempts": 1, "after_last": "new_time"}])
    def test_members_are_rung_for_the_next_attempt(self, callbacks: Mapping[str, object]) -> None:
        house = house_with(**callbacks)
        house.logs_in("cia")
        booking = asked_for(house, kind=BookingKind.TIMED)
        house.asks(StartCallback(booking.id, CIA))
        house.phone("cia").answers()
        house.outside(KARIN).declines()
        house.waits(60)
        house.waits_until(house.booking(booking.id).due_at)
        assert rings_at(house) == ["cia"]

    @pytest.mark.feature("CB-08", "CB-12")
    def test_members_are_rung_at_the_time_to_which_the_customer_moves_it(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house, kind=BookingKind.TIMED)
        house.asks(TakeCase(Known(house.core.state.episodes[f"callback:{booking.id}"], kept=True), CIA))
        karin = house.caller_rings(MAIN, KARIN)
        for key in "211":
            karin.presses(key)
        karin.hangs_up()
        moved = house.booking(booking.id)
        assert moved.due_at > booking.due_at
        house.waits_until(moved.due_at)
        assert rings_at(house) == ["cia"]

    @pytest.mark.feature("CB-08")
    def test_what_fails_before_its_time_is_made_again_at_its_time(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house, kind=BookingKind.TIMED)
        house.asks(StartCallback(booking.id, CIA))
        house.phone("cia").declines()
        house.waits_until(after(booking.due_at, timedelta(seconds=-1)))
        assert rings_at(house) == []
        assert house.booking(booking.id).status is BookingStatus.BOOKED
        house.waits_until(booking.due_at)
        assert rings_at(house) == ["cia"]
        house.journal_tells_all()


class TestTheCustomer:
    @pytest.mark.feature("CB-08", "CB-11")
    def test_who_does_not_answer_is_marked_by_itself_and_tried_again(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house)
        house.phone("cia").answers()
        house.outside(KARIN).always(Reaction.RING)
        house.waits(60)
        tried = house.booking(booking.id)
        assert (tried.status, tried.attempts, tried.due_at) == (
            BookingStatus.BOOKED,
            1,
            after(at(8, 31), timedelta(seconds=45)),
        )

    @pytest.mark.feature("CB-08")
    def test_hears_who_calls_where_the_queue_wants_it(self) -> None:
        house = house_with(greeting="welcome")
        house.logs_in("cia")
        asked_for(house)
        cia = house.phone("cia").answers()
        karin = house.outside(KARIN).answers()
        assert karin.told == ["welcome"]
        assert not cia.hears_voice_of(karin)
        house.waits(3)
        assert cia.hears_voice_of(karin)

    @pytest.mark.feature("CB-08")
    def test_sees_the_number_of_the_queue(self) -> None:
        house = House({"queues": {"advice": {"callbacks": AUTOMATIC, "presented": STRAIGHT}}}, at(8, 1))
        house.logs_in("cia")
        asked_for(house)
        house.phone("cia").answers()
        assert house.outside(KARIN).answers().shown == STRAIGHT


class TestWhatMustNotHappen:
    @pytest.mark.feature("CB-08")
    @pytest.mark.parametrize("when", ["it waits", "a member is rung", "the customer is rung"])
    def test_who_has_cancelled_is_not_rung(self, when: str) -> None:
        house = house_with()
        if when != "it waits":
            house.logs_in("cia")
        booking = asked_for(house)
        if when == "the customer is rung":
            house.phone("cia").answers()
            karin = house.caller_rings(MAIN, KARIN)
            karin.presses("2")
            karin.presses("21")
        else:
            house.asks(CancelCallback(booking.id, BO))
        assert rings_at(house) == [] and not house.outside(KARIN).rings
        house.logs_in("bo")
        house.waits(3600)
        assert rings_at(house) == [] and not house.outside(KARIN).rings
        house.journal_tells_all()

    @pytest.mark.feature("CB-08")
    def test_who_was_moved_to_another_time_is_rung_then(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house)
        house.asks(MoveCallback(booking.id, BO, at(10, 0)))
        assert rings_at(house) == []
        house.waits_until(at(10, 0))
        assert rings_at(house) == ["cia"]

    @pytest.mark.feature("CB-08")
    def test_a_restart_in_between_rings_the_customer_once(self) -> None:
        house = house_with()
        house.logs_in("cia")
        asked_for(house)
        house.takes_snapshot()
        house.application_dies()
        house.application_starts()
        house.dies = Death.BEFORE_ACTING
        house.phone("cia").answers()
        house.application_starts()
        house.waits(125)
        assert house.bookings[0].attempts == 0, "nobody was rung by what was never done"
        house.phone("cia").answers()
        karin = house.outside(KARIN).answers()
        house.application_dies()
        house.application_starts()
        house.waits(30)
        karin.hangs_up()
        assert house.bookings == []
        house.journal_tells_all()

    @pytest.mark.feature("CB-08")
    def test_a_phone_that_is_gone_as_it_answers_is_left_in_peace_and_another_rung(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house)
        house.phone("cia").answers().is_gone_at_once()
        assert rings_at(house) == []
        house.waits(125)
        assert rings_at(house) == ["cia"]
        assert house.booking(booking.id).attempts == 0

    def test_what_cannot_be_called_now_rings_nobody_and_is_tried_again(self) -> None:
        none_out = {"outgoing": {"trunk": None}}
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house, kind=BookingKind.TIMED)
        house.takes_configuration({"queues": {"advice": {"callbacks": AUTOMATIC}}, "organisation": none_out})
        house.waits_until(at(8, 15))
        assert rings_at(house) == []
        assert house.booking(booking.id).due_at == at(8, 15), "the promise is as it was"
        house.takes_configuration({"queues": {"advice": {"callbacks": AUTOMATIC}}})
        house.waits(120)
        assert rings_at(house) == ["cia"]

    def test_where_members_start_them_again_none_rings(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house)
        house.takes_configuration({})
        assert rings_at(house) == []
        assert house.booking(booking.id).status is BookingStatus.DUE
        house.asks(StartCallback(booking.id, CIA))

    @pytest.mark.feature("CB-08")
    def test_a_machine_that_answers_is_no_customer_when_the_member_says_so(self) -> None:
        house = house_with()
        house.logs_in("cia")
        booking = asked_for(house)
        cia = house.phone("cia").answers()
        machine = house.outside(KARIN).answers()
        house.waits(5)
        house.asks(MarkCallback(booking.id, CIA, answered=False))
        assert cia.gone and machine.gone
        tried = house.booking(booking.id)
        assert (tried.status, tried.attempts) == (BookingStatus.BOOKED, 1)

    @pytest.mark.feature("CB-08")
    @given(acts=st.lists(st.sampled_from(ACTS), max_size=14))
    @settings(max_examples=30, deadline=None)
    def test_whatever_happens(self, acts: list[str]) -> None:
        """Never is a customer rung twice at once, nor after cancelling; and who was not reached is not forgotten."""
        house = House({"queues": {"advice": {"distribution": "ring_all", "callbacks": AUTOMATIC}}}, at(8, 1))
        house.logs_in("bo", "cia")
        booking = asked_for(house)
        cancelled = False
        for act in acts:
            cancelled |= _happens(house, booking, act)
            rung = [leg for leg in house.core.state.legs.values() if leg.party == KARIN and not leg.released]
            assert len(rung) <= 1
        house.journal_tells_all()
        live = {each.id for each in house.bookings}
        reached = any(fact.answered or fact.next_at is None for fact in house.facts_of(AttemptMarked))
        assert (booking.id in live) is not (cancelled or reached)


def _happens(house: House, booking: Booking, act: str) -> bool:
    """Whether it has been cancelled by that."""
    who, _, what = act.partition(" ")
    phone = house.outside(KARIN) if who == "customer" else house.phone(who) if who in ("bo", "cia") else None
    if phone and what == "answers" and phone.rings:
        phone.answers()
    elif phone and what == "declines" and phone.rings:
        phone.declines()
    elif what == "hangs up":
        for leg in [leg for leg in house.core.state.legs.values() if leg.party == KARIN and leg.answered_at]:
            house.engine.hang_up(leg.id)
            house.settle()
    elif act == "restart":
        house.application_dies()
        house.application_starts()
    elif act == "wait":
        house.waits(50)
    requests: dict[str, CancelCallback | StartCallback | MarkCallback] = {
        "cancel": CancelCallback(booking.id, CIA),
        "start": StartCallback(booking.id, BO),
        "judge": MarkCallback(booking.id, CIA, answered=False),
    }
    request = requests.get(act)
    try:
        if request:
            house.asks(request)
    except SvarhusError:
        return False
    return act == "cancel"
