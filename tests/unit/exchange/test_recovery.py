"""The application, the engine or the connection between them dies: nothing is lost, nothing done twice."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.callbacks.state import BookingStatus
from svarhus.domains.calls.facts import Joined, LegBegan
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.state import OfferEnded
from svarhus.exchange.core.requests import StartCallback, TransferCall
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, MAIN, MONA, STRAIGHT, Death, House, Party
from unit.exchange.test_callbacks import due

pytestmark = pytest.mark.feature("Q-22")


def straight(house: House, caller: str = KARIN) -> Party:
    return house.caller_rings(STRAIGHT, caller)


class TestTheApplicationDies:
    @pytest.mark.parametrize("snapshot", [False, True])
    def test_talking_pairs_talk_on_and_the_waiting_keep_order_and_waiting_time(self, snapshot: bool) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 30}}}})
        house.logs_in("anna", "bo")
        karin, lars = straight(house, KARIN), straight(house, LARS)
        anna, bo = house.phone("anna").answers(), house.phone("bo").answers()
        if snapshot:
            house.takes_snapshot()
        first, second = straight(house, "+46702000001"), straight(house, "+46702000002")
        urgent = house.caller_rings(MAIN, MONA)
        urgent.presses("8")
        house.waits(100)
        house.application_dies()
        house.waits(20)
        assert anna.hears_voice_of(karin)
        house.application_starts()
        assert anna.hears_voice_of(karin) and bo.hears_voice_of(lars)
        assert house.waiting_in("reception") == [urgent.leg, first.leg, second.leg]
        assert all(caller.hears(Heard.PROMPT) or caller.hears(Heard.MUSIC) for caller in (first, second, urgent))
        karin.hangs_up()
        house.waits(30)
        assert house.phone("anna").answers().hears_voice_of(urgent)
        assert karin.record.talk == pytest.approx(120, abs=0.5)
        assert urgent.call.parts[-1].wait == pytest.approx(150, abs=0.5)

    def test_who_hung_up_meanwhile_is_closed(self) -> None:
        house = House()
        house.logs_in("anna")
        karin, lars = straight(house, KARIN), straight(house, LARS)
        anna = house.phone("anna").answers()
        house.application_dies()
        karin.hangs_up()
        lars.hangs_up()
        house.waits(5)
        house.application_starts()
        assert anna.gone
        assert karin.record.outcome is Outcome.ANSWERED
        assert lars.record.outcome is Outcome.ABANDONED
        house.everything_is_over()

    def test_who_came_meanwhile_is_taken_up(self) -> None:
        house = House()
        house.application_dies()
        karin = straight(house)
        house.waits(3)
        house.application_starts()
        assert house.waiting_in("reception") == [karin.leg]

    def test_a_phone_picked_up_meanwhile_has_the_caller(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        house.application_dies()
        anna = house.phone("anna").answers()
        assert anna.hears(Heard.SILENCE)
        house.application_starts()
        assert anna.hears_voice_of(karin)

    def test_a_phone_that_rang_out_meanwhile_costs_its_owner_nothing(self) -> None:
        house = House()
        house.logs_in("anna")
        straight(house)
        house.application_dies()
        house.waits(21)
        house.application_starts()
        assert [ended.outcome for ended in house.facts_of(OfferEnded)] == [OfferOutcome.WITHDRAWN]
        assert house.phone("anna").rings

    def test_a_prompt_that_ended_meanwhile_is_said_again(self) -> None:
        house = House()
        karin = house.caller_rings()
        house.waits(2.5)
        house.application_dies()
        house.waits(10)
        house.application_starts()
        assert karin.hears(Heard.PROMPT)
        house.waits(2)
        karin.presses("3")
        assert karin.told[-1] == "greeting"

    def test_timers_go_on_and_what_was_due_is_done(self) -> None:
        house = House()
        house.logs_in("anna")
        house.phone("anna").goes_off()
        karin = house.caller_rings()
        karin.presses("1")
        house.waits(500)
        house.application_dies()
        house.waits(101)
        house.application_starts()
        assert karin.told[-1] == "callback.offer"

    @pytest.mark.feature("VM-01")
    @pytest.mark.parametrize("hangs_up", [False, True])
    def test_a_message_that_was_left_meanwhile_is_kept(self, hangs_up: bool) -> None:
        house = House()
        karin = house.caller_rings()
        karin.presses("3")
        house.waits(2)
        house.application_dies()
        house.waits(4)
        karin.hangs_up() if hangs_up else karin.presses_at_once("#")
        house.application_starts()
        assert [message.seconds for message in house.voicemails] == [4]
        assert karin.gone is hangs_up

    def test_a_callback_in_progress_goes_on(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, PersonKey("cia")))
        cia = house.phone("cia").answers()
        house.application_dies()
        karin = house.outside(KARIN).answers()
        house.application_starts()
        assert karin.hears_voice_of(cia)
        karin.hangs_up()
        assert house.booking(booking.id).status is BookingStatus.TO_MARK

    def test_a_promise_that_fell_due_meanwhile_is_due(self) -> None:
        house = House()
        booking = due(house)
        house.takes_snapshot()
        house.application_dies()
        house.application_starts()
        assert house.booking(booking.id).status is BookingStatus.DUE
        assert house.core.state.live_bookings == {(QueueKey("advice"), KARIN): booking.id}


class TestBetweenCommitAndAction:
    """What was decided and never done is done at recovery; what was never committed never happened."""

    def test_a_join_is_made(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        house.dies = Death.BEFORE_ACTING
        anna = house.phone("anna").answers()
        assert anna.hears(Heard.SILENCE)
        house.application_starts()
        assert anna.hears_voice_of(karin)
        assert len(house.facts_of(Joined)) == 1

    def test_a_join_that_was_not_committed_is_decided_anew(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        house.dies = Death.BEFORE_COMMIT
        anna = house.phone("anna").answers()
        house.application_starts()
        assert anna.hears_voice_of(karin)
        assert len(house.facts_of(Joined)) == 1

    @pytest.mark.parametrize("death", Death)
    def test_a_new_call_is_taken_up_once(self, death: Death) -> None:
        house = House()
        house.logs_in("anna")
        house.dies = death
        karin = straight(house)
        house.application_starts()
        assert house.waiting_in("reception") == [karin.leg]
        assert house.phone("anna").answers().hears_voice_of(karin)
        assert len([leg for leg in house.facts_of(LegBegan) if leg.leg == karin.leg]) == 1

    def test_a_phone_that_should_have_stopped_ringing_stops(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = house.caller_rings()
        karin.presses("1")
        house.dies = Death.BEFORE_ACTING
        karin.presses("2")
        assert house.phone("anna").rings
        house.application_starts()
        assert not house.phone("anna").rings
        assert karin.hears(Heard.PROMPT)
        house.waits(2)
        assert karin.hears(Heard.SILENCE), "the music of the queue"

    def test_an_unconfirmed_member_is_let_go(self) -> None:
        house = House()
        house.logs_in("dan")
        karin = straight(house)
        voicemail = house.phone("dan").answers()
        house.waits(14)
        house.dies = Death.BEFORE_ACTING
        house.waits(1)
        assert not voicemail.gone
        house.application_starts()
        assert voicemail.gone
        assert house.waiting_in("reception") == [karin.leg]

    def test_who_was_handed_a_call_and_pressed_no_key_is_let_go(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        house.phone("anna").answers()
        house.waits(1)
        house.asks(TransferCall(karin.call.id, PersonKey("anna"), Destination(person=PersonKey("dan")), 20))
        voicemail = house.phone("dan").answers()
        house.waits(14)
        house.dies = Death.BEFORE_ACTING
        house.waits(1)
        assert not voicemail.gone
        house.application_starts()
        assert voicemail.gone and house.phone("anna").rings

    def test_a_recording_begins(self) -> None:
        house = House()
        karin = house.caller_rings()
        karin.presses("3")
        house.dies = Death.BEFORE_ACTING
        house.waits(2)
        house.application_starts()
        house.waits(4)
        karin.presses_at_once("#")
        assert [message.seconds for message in house.voicemails] == [4]

    def test_a_caller_whose_colleague_was_never_rung_does_not_wait_for_ever(self) -> None:
        house = House()
        house.dies = Death.BEFORE_ACTING
        eva = house.phone("eva").dials("1001")
        house.application_starts()
        assert eva.gone
        house.everything_is_over()

    def test_ringing_is_heard_again(self) -> None:
        house = House()
        eva = house.phone("eva").dials("1001")
        house.engine.world.legs[eva.leg].ringing = False
        house.application_dies()
        house.application_starts()
        assert eva.hears(Heard.RINGING)


class TestTheEngineDies:
    def test_every_call_is_closed_with_its_cause_and_new_calls_work(self) -> None:
        house = House()
        house.logs_in("anna")
        karin, lars = straight(house, KARIN), straight(house, LARS)
        house.phone("anna").answers()
        house.waits(30)
        house.engine_dies_and_comes_back()
        house.everything_is_over()
        assert {leg.cause for party in (karin, lars) for leg in party.record.legs} == {"engine_failed"}
        assert karin.record.talk == 30
        mona = straight(house, MONA)
        assert house.phone("anna").answers().hears_voice_of(mona)

    def test_an_attempt_that_died_is_not_forgotten(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, PersonKey("cia")))
        house.engine_dies_and_comes_back()
        assert house.booking(booking.id).status is BookingStatus.DUE
        house.asks(StartCallback(booking.id, PersonKey("cia")))
        house.phone("cia").answers()
        house.engine_dies_and_comes_back()
        assert house.booking(booking.id).status is BookingStatus.TO_MARK

    def test_what_happens_while_the_connection_is_gone_is_seen_afterwards(self) -> None:
        house = House()
        house.logs_in("anna", "bo")
        karin, lars = straight(house, KARIN), straight(house, LARS)
        house.phone("bo").answers()
        house.engine.lose()
        lars.hangs_up()
        anna = house.phone("anna").answers()
        mona = straight(house, MONA)
        house.phone("cia").goes_off()
        house.engine.connect()
        house.settle()
        assert anna.hears_voice_of(karin)
        assert lars.record.outcome is Outcome.ANSWERED
        assert house.waiting_in("reception") == [mona.leg] and house.phone("bo").rings
        assert house.core.state.stored.reachable == {"1001", "1002", "1005"}
