"""Members: who is rung, what happens after, and how they log in and out."""

from datetime import timedelta

import pytest

from svarhus.adapters.simulated.time import START
from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.domains.calls.model import Outcome
from svarhus.domains.presence.errors import NotAMember, PersonNotFound
from svarhus.domains.queues.distribution import longest_idle
from svarhus.domains.queues.distribution.strategy import Candidate, Question
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.place import OnTheLine, Place
from svarhus.domains.queues.state import OfferEnded, OfferMade
from svarhus.exchange.core.requests import EndAfterCallWork
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, PersonKey, PlaceId, QueueKey
from svarhus.ports.telephony import EndCause
from unit.exchange.house import KARIN, LARS, MAIN, MONA, STRAIGHT, Changes, House, Party


def straight(house: House, caller: str | None = KARIN) -> Party:
    return house.caller_rings(STRAIGHT, caller)


def reception(changes: Changes) -> House:
    return House({"queues": {"reception": changes}})


def state_of(house: House, person: str) -> AgentState:
    return next(view.state for view in live.agents(house.core) if view.key == person)


def offers(house: House) -> list[tuple[str, OfferOutcome]]:
    return [(ended.person, ended.outcome) for ended in house.facts_of(OfferEnded)]


class TestLongestIdle:
    def test_of_the_free_the_one_who_has_been_free_the_longest_is_chosen(self) -> None:
        def free(person: str, minutes: int | None, priority: int = 1) -> Candidate:
            since = None if minutes is None else Instant(START - timedelta(minutes=minutes))
            return Candidate(PersonKey(person), priority, since)

        def chosen(*candidates: Candidate) -> list[str]:
            subject = OnTheLine(CallId("call-1"))
            place = Place(id=PlaceId(1), queue=QueueKey("care"), entered_at=START, priority=0, subject=subject)
            return [each.person for each in longest_idle.choose(Question(place, candidates)).members]

        assert chosen(free("anna", 5), free("bo", 9), free("cia", 1)) == ["bo"]
        assert chosen(free("anna", 5), free("bo", None)) == ["bo"]
        assert chosen(free("bo", 5), free("anna", 5)) == ["anna"]
        assert chosen(free("anna", 1, priority=1), free("bo", 9, priority=2)) == ["anna"]

    def test_members_take_turns(self) -> None:
        house = House()
        house.logs_in("bo")
        house.waits(60)
        house.logs_in("anna")
        for person in ("bo", "anna", "bo", "anna"):
            straight(house)
            house.waits(1)
            house.phone(person).answers().hangs_up()
            house.waits(1)

    def test_members_of_a_lower_priority_are_rung_when_no_other_is_free(self) -> None:
        house = reception({"members": [{"person": "anna", "priority": 2}, {"person": "bo"}]})
        house.logs_in("anna")
        house.waits(60)
        house.logs_in("bo")
        straight(house)
        house.waits(1)
        bo = house.phone("bo").answers()
        straight(house)
        house.waits(1)
        anna = house.phone("anna").answers()
        for party in (bo, anna):
            party.hangs_up()

    def test_a_phone_that_rang_for_a_caller_who_left_keeps_its_turn(self) -> None:
        house = House()
        house.logs_in("bo")
        house.waits(60)
        house.logs_in("anna")
        straight(house).hangs_up()
        house.waits(1)
        straight(house)
        assert house.phone("bo").rings

    def test_one_who_cannot_be_reached_is_passed_over(self) -> None:
        house = House()
        house.logs_in("bo")
        house.waits(60)
        house.logs_in("anna")
        house.phone("bo").goes_off()
        straight(house)
        assert house.phone("anna").rings
        assert state_of(house, "bo") is AgentState.UNREACHABLE

    def test_a_phone_that_comes_back_is_rung_at_once(self) -> None:
        house = House()
        house.logs_in("anna")
        house.phone("anna").goes_off()
        straight(house)
        house.phone("anna").comes_on()
        assert house.phone("anna").rings


class TestRinging:
    @pytest.mark.feature("Q-07")
    def test_a_phone_rings_for_the_ring_time_and_then_the_next(self) -> None:
        house = reception({"ring_time": 12})
        house.logs_in("anna")
        house.waits(1)
        house.logs_in("bo")
        straight(house)
        assert house.phone("anna").rings and not house.phone("bo").rings
        house.waits(11.9)
        assert house.phone("anna").rings
        house.waits(0.1)
        assert not house.phone("anna").rings
        assert house.phone("bo").rings

    def test_the_members_phone_shows_the_caller(self) -> None:
        house = House()
        house.logs_in("anna")
        straight(house)
        assert house.phone("anna").answers().shown == KARIN

    def test_the_members_phone_may_show_the_queue(self) -> None:
        house = reception({"member_sees": "queue", "presented": "+46846500409"})
        house.logs_in("anna")
        straight(house)
        assert house.phone("anna").answers().shown == "+46846500409"

    @pytest.mark.feature("NUM-10")
    def test_a_withheld_number_stays_withheld(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house, "anonymous")
        anna = house.phone("anna").answers()
        assert anna.shown is None
        anna.hangs_up()
        assert karin.record.caller is None

    def test_two_phones_never_ring_for_one_caller(self) -> None:
        house = House()
        house.logs_in("anna", "bo")
        straight(house)
        assert [house.phone("anna").rings, house.phone("bo").rings].count(True) == 1

    def test_an_answer_that_crosses_the_callers_hang_up_leaves_nobody_alone(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        house.busy = True
        karin.hangs_up()
        anna = house.phone("anna").answers()
        house.catches_up()
        assert anna.gone
        house.everything_is_over()
        assert karin.record.outcome is Outcome.ABANDONED

    def test_an_answer_that_crosses_the_callers_key_keeps_the_caller(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = house.caller_rings()
        karin.presses("1")
        house.busy = True
        karin.presses("2")
        anna = house.phone("anna").answers()
        house.catches_up()
        assert anna.gone
        assert karin.told[-1] == "callback.offer"

    def test_a_declining_phone_is_not_rung_again_and_again(self) -> None:
        house = House()
        house.logs_in("anna")
        house.phone("anna").always(Reaction.DECLINE)
        karin = straight(house)
        house.waits(60)
        assert len(house.facts_of(OfferMade)) == 1 + 60 // 15
        assert house.waiting_in("reception") == [karin.leg]

    def test_a_phone_that_fails_at_once_is_not_rung_without_end(self) -> None:
        house = reception({"after_call_work": {"missed": 0, "declined": 0}})
        house.logs_in("anna")
        house.engine.when_called("1001", Reaction.UNREACHABLE)
        straight(house)
        house.waits(10)
        assert len(house.facts_of(OfferMade)) == 11


class TestAfterCallWork:
    @pytest.mark.feature("Q-08")
    def test_none_after_a_conversation_unless_it_is_set(self) -> None:
        house = House()
        house.logs_in("anna")
        straight(house)
        house.phone("anna").answers().hangs_up()
        assert state_of(house, "anna") is AgentState.AVAILABLE

    @pytest.mark.feature("Q-08")
    @pytest.mark.parametrize("caller_hangs_up_first", [True, False])
    def test_after_a_conversation_nothing_is_offered_for_so_long(self, caller_hangs_up_first: bool) -> None:
        house = reception({"after_call_work": {"answered": 30}})
        house.logs_in("anna")
        karin = straight(house)
        anna = house.phone("anna").answers()
        (karin if caller_hangs_up_first else anna).hangs_up()
        straight(house, LARS)
        assert state_of(house, "anna") is AgentState.AFTER_CALL_WORK
        house.waits(29.9)
        assert not house.phone("anna").rings
        house.waits(0.1)
        assert house.phone("anna").rings

    @pytest.mark.feature("Q-08")
    def test_after_a_missed_call(self) -> None:
        house = House()
        house.logs_in("anna")
        straight(house)
        house.waits(20)
        assert offers(house) == [("anna", OfferOutcome.MISSED)]
        house.waits(14.9)
        assert not house.phone("anna").rings
        house.waits(0.1)
        assert house.phone("anna").rings

    @pytest.mark.feature("Q-08")
    def test_after_a_declined_call(self) -> None:
        house = reception({"after_call_work": {"declined": 40}})
        house.logs_in("anna")
        straight(house)
        house.phone("anna").declines()
        assert offers(house) == [("anna", OfferOutcome.DECLINED)]
        house.waits(39.9)
        assert not house.phone("anna").rings
        house.waits(0.1)
        assert house.phone("anna").rings

    @pytest.mark.feature("Q-08")
    def test_it_may_be_ended_early(self) -> None:
        house = reception({"after_call_work": {"answered": 600}})
        house.logs_in("anna")
        straight(house)
        house.phone("anna").answers().hangs_up()
        straight(house, LARS)
        house.asks(EndAfterCallWork(PersonKey("anna")))
        assert house.phone("anna").rings
        house.waits(700)

    @pytest.mark.feature("Q-08")
    def test_it_is_that_of_the_queue_that_the_call_came_from(self) -> None:
        house = House()
        house.logs_in("bo")
        house.caller_rings().presses("7")
        house.phone("bo").answers().hangs_up()
        assert state_of(house, "bo") is AgentState.AFTER_CALL_WORK
        house.waits(10)
        assert state_of(house, "bo") is AgentState.AVAILABLE


class TestLoggingInAndOut:
    @pytest.mark.feature("Q-12")
    def test_a_member_is_rung_only_when_logged_in(self) -> None:
        house = House()
        straight(house)
        assert not house.phone("anna").rings
        house.logs_in("anna")
        assert house.phone("anna").rings

    @pytest.mark.feature("Q-12")
    def test_by_a_code_from_the_phone_and_what_was_done_is_said(self) -> None:
        house = House()
        bo = house.phone("bo").dials("*61")
        assert bo.told == ["agent.logged_in"]
        house.waits(2)
        assert bo.gone
        assert bo.record.outcome is Outcome.COMPLETED
        straight(house)
        house.phone("bo").answers().hangs_up()
        assert house.phone("bo").dials("*60").told == ["agent.logged_out", "agent.last_out"]
        house.waits(2)
        straight(house)
        assert not house.phone("bo").rings

    @pytest.mark.feature("Q-12")
    def test_of_one_queue_and_not_of_another(self) -> None:
        house = House()
        house.logs_in("bo", queue="advice")
        straight(house)
        assert not house.phone("bo").rings
        house.logs_in("bo", queue="reception")
        assert house.phone("bo").rings

    @pytest.mark.feature("Q-12")
    def test_who_logs_out_in_a_conversation_goes_on_talking(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        anna = house.phone("anna").answers()
        house.logs_out("anna")
        assert anna.hears_voice_of(karin)
        anna.hangs_up()
        straight(house)
        assert not house.phone("anna").rings

    @pytest.mark.feature("Q-12")
    def test_one_who_is_no_member_is_refused(self) -> None:
        house = House()
        with pytest.raises(NotAMember):
            house.logs_in("eva")
        with pytest.raises(NotAMember):
            house.logs_in("anna", queue="advice")
        with pytest.raises(PersonNotFound):
            house.logs_in("nobody")
        assert house.phone("eva").dials("*61").refused_with is EndCause.REFUSED

    @pytest.mark.feature("Q-12")
    def test_who_is_taken_off_the_queue_is_logged_out_and_goes_on_talking(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        anna = house.phone("anna").answers()
        house.takes_configuration({"people": {"anna": None}, "queues": {"reception": {"members": [{"person": "bo"}]}}})
        assert anna.hears_voice_of(karin)
        anna.hangs_up()
        house.everything_is_over()

    def test_who_begins_logged_in_is_so_from_the_start_but_not_again_after_logging_out(self) -> None:
        members = [{"person": "anna", "starts_logged_in": True}]
        house = reception({"members": members})
        assert state_of(house, "anna") is AgentState.AVAILABLE
        house.logs_out("anna")
        house.takes_configuration({"queues": {"reception": {"members": members, "ring_time": 9}}})
        assert state_of(house, "anna") is AgentState.LOGGED_OUT


class TestOutsideMembers:
    @pytest.mark.feature("Q-13")
    def test_a_member_at_a_mobile_confirms_by_a_key(self) -> None:
        house = House()
        house.logs_in("dan")
        karin = straight(house)
        dan = house.phone("dan").answers()
        assert dan.told == ["agent.confirm"]
        assert karin.hears(Heard.MUSIC)
        dan.presses("1")
        assert dan.hears_voice_of(karin)

    @pytest.mark.feature("Q-13")
    def test_a_mobiles_voicemail_never_counts_as_an_answer(self) -> None:
        house = House()
        house.logs_in("dan")
        karin = straight(house)
        house.waits(7)
        voicemail = house.phone("dan").answers()
        house.waits(14.9)
        assert not voicemail.gone
        house.waits(0.1)
        assert voicemail.gone
        assert offers(house) == [("dan", OfferOutcome.MISSED)]
        assert house.waiting_in("reception") == [karin.leg]
        house.logs_in("anna")
        assert house.phone("anna").answers().hears_voice_of(karin)

    @pytest.mark.feature("Q-13")
    def test_another_key_is_no_answer(self) -> None:
        house = House()
        house.logs_in("dan")
        straight(house)
        dan = house.phone("dan").answers()
        dan.presses("2")
        house.waits(15)
        assert dan.gone

    @pytest.mark.feature("Q-13")
    def test_a_caller_who_leaves_while_the_member_confirms_lets_the_member_go(self) -> None:
        house = House()
        house.logs_in("dan")
        karin = straight(house)
        dan = house.phone("dan").answers()
        karin.hangs_up()
        assert dan.gone
        house.everything_is_over()

    @pytest.mark.feature("Q-13")
    def test_no_more_lines_are_used_than_are_allowed(self) -> None:
        house = House({"organisation": {"outgoing": {"simultaneous": 0}}})
        house.logs_in("dan")
        karin = straight(house)
        assert not house.phone("dan").rings
        assert house.waiting_in("reception") == [karin.leg]


class TestByExtension:
    def test_a_colleague_may_call_a_queue(self) -> None:
        house = House()
        house.logs_in("anna")
        eva = house.phone("eva").dials("2001")
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(eva)
        anna.hangs_up()
        assert eva.record.person == "anna"

    def test_the_only_member_who_calls_the_queue_is_not_rung(self) -> None:
        house = House()
        house.logs_in("anna")
        house.phone("anna").dials("2001")
        assert not house.phone("anna").rings

    def test_a_colleague_who_calls_a_queue_without_members_hears_the_busy_tone(self) -> None:
        house = House()
        eva = house.phone("eva").dials("2001")
        assert eva.gone
        assert eva.record.outcome == "unanswered"

    def test_colleagues_call_each_other(self) -> None:
        house = House()
        eva = house.phone("eva").dials("1001")
        assert eva.hears(Heard.RINGING)
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(eva)
        assert anna.shown == "1005"
        house.waits(9)
        eva.hangs_up()
        assert (eva.record.outcome, eva.record.talk) == (Outcome.ANSWERED, 9)

    def test_one_who_is_in_a_call_is_busy_for_colleagues_and_not_rung_for_the_queue(self) -> None:
        house = House()
        house.logs_in("anna")
        house.phone("anna").dials("1005")
        assert house.phone("bo").dials("1001").refused_with is EndCause.BUSY
        straight(house, MONA)
        assert not house.phone("anna").rings

    def test_a_house_number_dialled_from_a_phone_leads_into_its_flow(self) -> None:
        house = House()
        assert house.phone("eva").dials(MAIN).told == ["welcome"]
