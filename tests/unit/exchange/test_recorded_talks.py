"""Recording conversations: which, at whose leg, when it pauses, and what is left of it."""

import pytest

from svarhus.domains.calls.errors import NotPossibleNow
from svarhus.domains.calls.facts import (
    RecordingBegan,
    RecordingEnded,
    RecordingNoticeOver,
    RecordingResumed,
    RecordingSilent,
)
from svarhus.domains.calls.recording import RecordingEnd
from svarhus.domains.calls.talk import Destination
from svarhus.domains.queues.recording import RecordingMode, RecordingSettings
from svarhus.exchange.core.requests import (
    BeginConsult,
    BookCallback,
    CompleteConsult,
    DialFor,
    HoldCall,
    PauseRecordingOf,
    RecordCall,
    ResumeCall,
    StartCallback,
    TransferCall,
)
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import BookingId, CallId, PersonKey, QueueKey
from svarhus.ports.telephony import PromptFinished, RecordingFinished
from unit.exchange.house import KARIN, STRAIGHT, House, Party

pytestmark = pytest.mark.feature("DESK-15")

ANNA, BO, CIA = PersonKey("anna"), PersonKey("bo"), PersonKey("cia")


def house(**recording: object) -> House:
    """Whose reception records as it is said; Anna takes its calls."""
    made = House({"queues": {"reception": {"recording": recording}}})
    made.logs_in("anna")
    return made


def in_conversation(made: House) -> Party:
    caller = made.caller_rings(STRAIGHT)
    made.waits(8)
    made.phone("anna").answers()
    return caller


def recorded(made: House, caller: Party) -> bool:
    """What is said and heard at the caller's leg goes to the disk."""
    return made.engine.recorded(caller.leg)


def refused(made: House, request: RecordCall | PauseRecordingOf) -> SvarhusError:
    with pytest.raises(SvarhusError) as found:
        made.asks(request)
    return found.value


class TestWhich:
    def test_all_calls_of_a_queue_from_the_first_word_to_the_last(self) -> None:
        made = house(mode="all", keep_days=30)
        caller = in_conversation(made)
        assert recorded(made, caller)
        began = made.facts_of(RecordingBegan)[0]
        assert (began.leg, began.of_queue, began.keep_days, began.asked_by) == (caller.leg, "reception", 30, None)
        made.waits(60)
        caller.hangs_up()
        ended = made.facts_of(RecordingEnded)[0]
        assert (ended.seconds, ended.why) == (60.0, RecordingEnd.OVER)
        made.everything_is_over()
        made.journal_tells_all()

    @pytest.mark.parametrize("mode", ["never", "on_demand"])
    def test_none_that_nobody_wants(self, mode: str) -> None:
        made = house(mode=mode)
        assert not recorded(made, in_conversation(made))

    def test_a_share_is_what_it_says_and_always_the_same_calls(self) -> None:
        settings = RecordingSettings(mode=RecordingMode.SHARE, share=25)
        calls = [CallId(f"care-{number}") for number in range(1, 4001)]
        chosen = [call for call in calls if settings.records(call)]
        assert 900 < len(chosen) < 1100
        assert chosen == [call for call in calls if settings.records(call)]

    def test_a_member_begins_and_ends_it_where_the_queue_leaves_it_to_them(self) -> None:
        made = house(mode="on_demand")
        caller = in_conversation(made)
        made.asks(RecordCall(caller.call.id, ANNA, on=True, by_right=False))
        assert recorded(made, caller)
        assert made.facts_of(RecordingBegan)[0].asked_by == ANNA
        made.waits(10)
        made.asks(RecordCall(caller.call.id, ANNA, on=False, by_right=False))
        assert not recorded(made, caller)
        assert [(each.seconds, each.why) for each in made.facts_of(RecordingEnded)] == [(10.0, RecordingEnd.ASKED)]
        made.asks(RecordCall(caller.call.id, ANNA, on=True, by_right=False))
        assert recorded(made, caller), "and once more: a second piece"
        made.waits(5)
        caller.hangs_up()
        assert [each.seconds for each in made.facts_of(RecordingEnded)] == [10.0, 5.0]
        made.everything_is_over()
        made.journal_tells_all()

    @pytest.mark.parametrize("mode", ["never", "all"])
    def test_a_member_decides_nothing_where_the_queue_does(self, mode: str) -> None:
        made = house(mode=mode)
        caller = in_conversation(made)
        for on in (True, False):
            assert isinstance(refused(made, RecordCall(caller.call.id, ANNA, on, by_right=True)), NotPossibleNow)
        assert recorded(made, caller) is (mode == "all")

    def test_a_call_of_no_queue_by_right_only(self) -> None:
        made = house(mode="all")
        made.asks(DialFor(ANNA, Destination(number="+46701234567")))
        made.phone("anna").answers()
        other = made.outside("+46701234567").answers()
        call = made.calls[0].id
        assert isinstance(refused(made, RecordCall(call, ANNA, on=True, by_right=False)), NotPossibleNow)
        made.asks(RecordCall(call, ANNA, on=True, by_right=True))
        began = made.facts_of(RecordingBegan)[0]
        assert made.engine.recorded(began.leg)
        assert (began.party, began.of_queue, began.keep_days) == ("+46701234567", None, 90)
        other.hangs_up()
        made.everything_is_over()


class TestNotice:
    def test_it_is_heard_to_its_end_before_anybody_is_rung(self) -> None:
        made = house(mode="all", notice=True)
        caller = made.caller_rings(STRAIGHT)
        assert "recording.notice" in caller.told
        assert not made.waiting_in("reception")
        made.waits(2)
        assert made.waiting_in("reception") == [caller.leg]
        made.phone("anna").answers()
        assert recorded(made, caller)

    def test_the_queue_has_words_of_its_own(self) -> None:
        made = house(mode="all", notice=True, message="patience")
        caller = made.caller_rings(STRAIGHT)
        assert "patience" in caller.told

    def test_who_could_not_be_told_is_not_recorded(self) -> None:
        made = house(mode="all", notice=True)
        caller = made.caller_rings(STRAIGHT)
        prompt = made.core.state.legs[caller.leg].prompt
        assert prompt
        made.engine.world.legs[caller.leg].prompt = None
        made.decide([PromptFinished(caller.leg, prompt, failed=True)])
        made.settle()
        made.phone("anna").answers()
        assert not recorded(made, caller)
        assert [each.heard for each in made.facts_of(RecordingNoticeOver)] == [False]

    def test_it_is_not_said_where_nothing_is_recorded(self) -> None:
        made = house(mode="never", notice=True)
        assert "recording.notice" not in made.caller_rings(STRAIGHT).told

    def test_who_hangs_up_meanwhile_has_not_stood_in_the_queue(self) -> None:
        made = house(mode="all", notice=True)
        caller = made.caller_rings(STRAIGHT)
        caller.hangs_up()
        assert caller.record.parts == ()
        made.everything_is_over()
        made.journal_tells_all()

    def test_a_customer_who_is_called_back_is_told_before_the_two_have_each_other(self) -> None:
        made = House({"queues": {"advice": {"recording": {"mode": "all", "notice": True}}}})
        made.logs_in("cia")
        booking = BookingId(made.asks(BookCallback(QueueKey("advice"), "0701234567", CIA)))
        made.waits_until(made.booking(booking).due_at)
        made.asks(StartCallback(booking, CIA))
        cia = made.phone("cia").answers()
        customer = made.outside(KARIN).answers()
        assert "recording.notice" in customer.told
        assert not cia.hears_voice_of(customer)
        made.waits(2)
        assert cia.hears_voice_of(customer)
        assert recorded(made, customer)
        customer.hangs_up()
        made.waits(11)
        made.everything_is_over()
        made.journal_tells_all()

    def test_a_customer_who_hangs_up_on_hearing_it_was_not_reached(self) -> None:
        made = House({"queues": {"advice": {"recording": {"mode": "all", "notice": True}}}})
        made.logs_in("cia")
        booking = BookingId(made.asks(BookCallback(QueueKey("advice"), "0701234567", CIA)))
        made.waits_until(made.booking(booking).due_at)
        made.asks(StartCallback(booking, CIA))
        cia = made.phone("cia").answers()
        made.outside(KARIN).answers().hangs_up()
        assert cia.gone
        assert not made.facts_of(RecordingBegan)
        made.everything_is_over()


class TestPause:
    def test_what_is_said_meanwhile_is_left_out_and_the_engine_says_so(self) -> None:
        made = house(mode="all")
        caller = in_conversation(made)
        made.asks(PauseRecordingOf(caller.call.id, ANNA, on=True))
        assert not recorded(made, caller)
        assert [each.on for each in made.facts_of(RecordingSilent)] == [True]
        made.waits(20)
        made.asks(PauseRecordingOf(caller.call.id, ANNA, on=False))
        assert recorded(made, caller)
        made.waits(10)
        caller.hangs_up()
        assert made.facts_of(RecordingEnded)[0].seconds == 30.0, "time stays right"
        made.everything_is_over()
        made.journal_tells_all()

    def test_it_ends_when_who_has_paused_it_leaves_the_call(self) -> None:
        made = house(mode="all")
        made.logs_in("bo")
        caller = in_conversation(made)
        made.asks(PauseRecordingOf(caller.call.id, ANNA, on=True))
        made.asks(BeginConsult(caller.call.id, ANNA, Destination(person=BO)))
        made.phone("bo").answers()
        made.asks(CompleteConsult(caller.call.id, ANNA))
        assert recorded(made, caller)
        assert [each.by for each in made.facts_of(RecordingResumed)] == [None]

    def test_nothing_can_be_paused_that_is_not_recorded(self) -> None:
        made = house(mode="never")
        caller = in_conversation(made)
        assert isinstance(refused(made, PauseRecordingOf(caller.call.id, ANNA, on=True)), NotPossibleNow)


class TestOnTheWay:
    def test_who_is_on_hold_is_not_recorded_and_a_pause_outlasts_the_hold(self) -> None:
        made = house(mode="all")
        caller = in_conversation(made)
        made.asks(HoldCall(caller.call.id, ANNA))
        assert not recorded(made, caller)
        made.asks(PauseRecordingOf(caller.call.id, ANNA, on=True))
        made.asks(ResumeCall(caller.call.id, ANNA))
        assert not recorded(made, caller)
        made.asks(PauseRecordingOf(caller.call.id, ANNA, on=False))
        assert recorded(made, caller)
        assert len(made.facts_of(RecordingBegan)) == 1

    def test_each_conversation_of_a_call_that_is_handed_over_is_a_piece_in_order(self) -> None:
        made = house(mode="all")
        caller = in_conversation(made)
        made.waits(10)
        made.asks(TransferCall(caller.call.id, ANNA, Destination(person=BO), None))
        assert not recorded(made, caller)
        made.waits(3)
        made.phone("bo").answers()
        assert recorded(made, caller)
        made.waits(20)
        caller.hangs_up()
        assert [each.seconds for each in made.facts_of(RecordingEnded)] == [10.0, 20.0]
        made.everything_is_over()

    def test_where_it_is_handed_to_a_queue_that_records_nothing_it_ends(self) -> None:
        made = house(mode="all")
        made.logs_in("cia")
        caller = in_conversation(made)
        made.asks(TransferCall(caller.call.id, ANNA, Destination(queue=QueueKey("advice")), None))
        assert caller.hears_voice_of(made.phone("cia").answers())
        assert not recorded(made, caller)

    def test_what_fails_is_tried_again_but_not_for_ever(self) -> None:
        made = house(mode="all")
        caller = in_conversation(made)
        for _ in range(5):
            running = made.engine.world.legs[caller.leg].talk
            if running:
                made.engine.world.legs[caller.leg].talk = None
                made.decide([RecordingFinished(caller.leg, running, 0.0, None)])
        assert len(made.facts_of(RecordingBegan)) == 3
        caller.hangs_up()
        made.everything_is_over()


class TestRestarts:
    def test_the_application_dies_and_it_goes_on_as_it_was(self) -> None:
        made = house(mode="all")
        caller = in_conversation(made)
        made.asks(PauseRecordingOf(caller.call.id, ANNA, on=True))
        made.application_dies()
        made.waits(5)
        made.application_starts()
        assert not recorded(made, caller)
        made.asks(PauseRecordingOf(caller.call.id, ANNA, on=False))
        assert recorded(made, caller)
        assert len(made.facts_of(RecordingBegan)) == 1
        caller.hangs_up()
        made.everything_is_over()

    def test_what_the_engine_has_kept_when_it_dies_is_kept(self) -> None:
        made = house(mode="all")
        caller = in_conversation(made)
        made.waits(60)
        made.is_left_on_the_disk(caller.call.id, 40.0)
        made.engine_dies_and_comes_back()
        assert [(each.seconds, each.why) for each in made.facts_of(RecordingEnded)] == [(40.0, RecordingEnd.FAILED)]
        made.everything_is_over()
        made.journal_tells_all()
