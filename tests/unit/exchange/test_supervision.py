"""Those who lead: they listen, whisper, join and take over, and nothing of it outlives the call."""

import pytest

from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.domains.callbacks.errors import AgentBusy, PhoneNotReachable
from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.domains.calls.facts import Supervised
from svarhus.domains.calls.supervision import Supervision
from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.requests import (
    BeginConsult,
    CompleteConsult,
    DialFor,
    HangUpOwn,
    HoldCall,
    ResumeCall,
    Supervise,
    TransferCall,
)
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import LiveCall
from svarhus.kit.ids import CallId, PersonKey, QueueKey
from unit.exchange.house import STRAIGHT, Changes, House, Party

ANNA, BO, EVA = PersonKey("anna"), PersonKey("bo"), PersonKey("eva")
LISTENS, WHISPERS, JOINS, TAKES_OVER = Supervision

pytestmark = pytest.mark.feature("Q-20")


def talking(house: House) -> tuple[Party, Party, CallId]:
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    anna = house.phone("anna").answers()
    house.waits(10)
    return caller, anna, caller.call.id


def led(how: Supervision = LISTENS, changes: Changes | None = None) -> tuple[House, Party, Party, Party, CallId]:
    """A caller and Anna in conversation, with whom Eva is in this way."""
    house = House(changes)
    caller, anna, call = talking(house)
    house.asks(Supervise(call, EVA, how))
    eva = house.phone("eva").answers()
    return house, caller, anna, eva, call


def hears(house: House, listener: Party, talker: Party) -> bool:
    return house.engine.can_hear(listener.leg, talker.leg)


def hear_each_other(house: House, *parties: Party) -> bool:
    return house.engine.talking(*(party.leg for party in parties))


def shown(house: House, call: CallId) -> LiveCall:
    return next(one for one in live.calls(house.core) if one.id == call)


def goes_home(house: House) -> None:
    house.logs_out("anna", "bo", "cia")
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


def test_who_listens_hears_both_and_is_unheard() -> None:
    house, caller, anna, eva, call = led()
    assert hears(house, eva, caller) and hears(house, eva, anna)
    assert not hears(house, caller, eva) and not hears(house, anna, eva)
    assert hear_each_other(house, caller, anna)
    house.waits(5)
    caller.hangs_up()
    assert anna.gone and eva.gone
    assert house.records[call].person == "anna"
    goes_home(house)


def test_who_whispers_is_heard_by_the_member_alone() -> None:
    house, caller, anna, eva, _ = led(WHISPERS)
    assert hears(house, anna, eva) and not hears(house, caller, eva)
    anna.hangs_up()
    assert caller.gone and eva.gone
    goes_home(house)


def test_who_joins_talks_with_both_and_whoever_leaves_the_others_talk_on() -> None:
    house, caller, anna, eva, _ = led(JOINS)
    assert hear_each_other(house, caller, anna, eva)
    eva.hangs_up()
    assert hear_each_other(house, caller, anna)


def test_who_takes_over_has_the_caller_and_the_member_is_let_go() -> None:
    house, caller, anna, eva, call = led(TAKES_OVER, {"queues": {"reception": {"after_call_work": {"answered": 20}}}})
    assert anna.gone and hear_each_other(house, caller, eva)
    assert house.core.state.agents[ANNA].after_call_until
    house.asks(HoldCall(call, EVA))
    assert caller.hears(Heard.MUSIC)
    house.asks(ResumeCall(call, EVA))
    eva.hangs_up()
    assert caller.gone
    record = house.records[call]
    assert record.person == "eva" and [step.key for step in record.path[-2:]] == ["anna", "eva"]
    goes_home(house)


def test_one_goes_over_from_each_way_to_each_other() -> None:
    house, caller, anna, eva, call = led()
    for how in (WHISPERS, JOINS, WHISPERS, LISTENS, JOINS, LISTENS, LISTENS):
        house.asks(Supervise(call, EVA, how))
        assert hears(house, anna, eva) == (how in (WHISPERS, JOINS))
        assert hears(house, caller, eva) == (how is JOINS)
        assert hears(house, eva, caller) and hears(house, caller, anna)
    house.asks(Supervise(call, EVA, JOINS))
    house.asks(Supervise(call, EVA, TAKES_OVER))
    assert anna.gone and hear_each_other(house, caller, eva)
    assert [fact.how for fact in house.facts_of(Supervised)][-2:] == [JOINS, TAKES_OVER]
    assert {fact.person for fact in house.facts_of(Supervised)} == {EVA}


def test_it_is_ended_by_hanging_up() -> None:
    house, caller, anna, eva, call = led(WHISPERS)
    house.asks(HangUpOwn(call, EVA))
    assert eva.gone and hear_each_other(house, caller, anna)
    house.asks(Supervise(call, EVA, LISTENS))
    again = house.phone("eva").answers()
    assert hears(house, again, caller)


class TestRefused:
    def test_where_nobody_talks(self) -> None:
        house = House()
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        with pytest.raises(NotPossibleNow):
            house.asks(Supervise(caller.call.id, EVA, LISTENS))
        with pytest.raises(CallNotFound):
            house.asks(Supervise(CallId("house-99"), EVA, LISTENS))

    def test_calls_that_are_for_no_queue(self) -> None:
        house = House()
        house.phone("cia").dials("1002")
        bo = house.phone("bo").answers()
        with pytest.raises(NotPossibleNow):
            house.asks(Supervise(bo.call.id, EVA, LISTENS))

    def test_who_has_a_part_in_it(self) -> None:
        house, _, _, _, call = led()
        with pytest.raises(NotPossibleNow):
            house.asks(Supervise(call, ANNA, LISTENS))

    def test_who_is_busy_or_has_no_phone(self) -> None:
        house = House()
        _, _, call = talking(house)
        house.phone("eva").goes_off()
        with pytest.raises(PhoneNotReachable):
            house.asks(Supervise(call, EVA, LISTENS))
        house.phone("eva").comes_on()
        house.asks(DialFor(EVA, Destination(number="1003")))
        with pytest.raises(AgentBusy):
            house.asks(Supervise(call, EVA, LISTENS))

    def test_to_join_while_the_caller_is_on_hold_but_not_to_listen(self) -> None:
        house, caller, anna, eva, call = led()
        house.asks(HoldCall(call, ANNA))
        with pytest.raises(NotPossibleNow):
            house.asks(Supervise(call, EVA, JOINS))
        assert hears(house, eva, anna) and caller.hears(Heard.MUSIC)
        house.asks(Supervise(call, EVA, TAKES_OVER))
        assert anna.gone and hear_each_other(house, caller, eva)


class TestMeanwhile:
    def test_the_phone_that_rings_is_let_go_with_the_call(self) -> None:
        house = House()
        caller, _, call = talking(house)
        house.asks(Supervise(call, EVA, LISTENS))
        caller.hangs_up()
        assert not house.phone("eva").rings
        goes_home(house)

    def test_a_phone_that_does_not_answer_changes_nothing(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.phone("eva").always(Reaction.DECLINE)
        house.asks(Supervise(call, EVA, JOINS))
        assert hear_each_other(house, caller, anna) and not shown(house, call).supervised

    def test_a_mobile_shows_by_a_key_to_be_no_machine(self) -> None:
        house = House()
        caller, anna, call = talking(house)
        house.asks(Supervise(call, PersonKey("dan"), LISTENS))
        dan = house.phone("dan").answers()
        assert not hears(house, dan, caller)
        dan.presses("1")
        assert hears(house, dan, caller) and hears(house, dan, anna)

    def test_the_call_is_handed_over_and_goes_on_being_heard(self) -> None:
        house, caller, anna, eva, call = led(WHISPERS)
        house.asks(TransferCall(call, ANNA, Destination(person=BO), 20))
        assert anna.gone and hears(house, eva, caller) and not hears(house, caller, eva)
        bo = house.phone("bo").answers()
        assert hears(house, eva, bo) and hears(house, eva, caller)
        assert not hears(house, bo, eva), "who whispered to Anna does not whisper to Bo unasked"
        house.asks(Supervise(call, EVA, WHISPERS))
        assert hears(house, bo, eva) and not hears(house, caller, eva)
        bo.hangs_up()
        assert eva.gone
        goes_home(house)

    def test_a_colleague_is_asked_and_has_the_call_then(self) -> None:
        house, caller, anna, eva, call = led()
        house.asks(BeginConsult(call, ANNA, Destination(person=BO)))
        bo = house.phone("bo").answers()
        assert hears(house, eva, bo) and hears(house, eva, anna)
        for how in (JOINS, TAKES_OVER):
            with pytest.raises(NotPossibleNow):
                house.asks(Supervise(call, EVA, how))
        house.asks(CompleteConsult(call, ANNA))
        assert hears(house, eva, bo) and hears(house, eva, caller)

    def test_it_ends_where_the_call_goes_to_another_queue(self) -> None:
        house, caller, _, eva, call = led()
        house.logs_in("cia")
        house.asks(TransferCall(call, ANNA, Destination(queue=QueueKey("advice")), 20))
        assert eva.gone
        cia = house.phone("cia").answers()
        assert hear_each_other(house, caller, cia)

    def test_the_members_page_is_reloaded(self) -> None:
        house = House()
        page = house.opens_browser("anna")
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        anna, call = page.answers(), caller.call.id
        house.waits(5)
        house.asks(Supervise(call, EVA, WHISPERS))
        eva = house.phone("eva").answers()
        anna.loses_sound()
        assert not hears(house, caller, eva)
        again = page.answers()
        assert hears(house, eva, again) and hears(house, eva, caller) and not hears(house, caller, eva)

    @pytest.mark.parametrize("how", [LISTENS, WHISPERS, JOINS])
    def test_the_leaders_page_is_opened_anew_and_goes_on(self, how: Supervision) -> None:
        house = House()
        caller, anna, call = talking(house)
        page = house.opens_browser("eva")
        house.asks(Supervise(call, EVA, how))
        page.answers()
        house.opens_browser("eva", "page-2")
        again = page.answers()
        assert hears(house, again, caller) and hears(house, again, anna)
        assert hears(house, caller, again) == (how is JOINS)

    @pytest.mark.parametrize("how", Supervision)
    def test_the_application_dies_and_it_goes_on(self, how: Supervision) -> None:
        house, caller, _, eva, call = led(how)
        house.application_dies()
        house.application_starts()
        assert hears(house, eva, caller)
        assert hears(house, caller, eva) == (how in (JOINS, TAKES_OVER))
        house.application_dies()
        house.engine.hang_up(caller.leg)
        house.application_starts()
        assert call not in house.core.state.calls or how is JOINS
        goes_home_with(house)

    def test_two_who_lead_listen_each_by_themselves(self) -> None:
        house, caller, anna, eva, call = led(WHISPERS)
        house.asks(Supervise(call, PersonKey("cia"), LISTENS))
        cia = house.phone("cia").answers()
        assert hears(house, cia, caller) and hears(house, cia, anna)
        assert hears(house, anna, eva) and not hears(house, anna, cia)


def goes_home_with(house: House) -> None:
    while house.engine.world.legs:
        house.engine.hang_up(next(iter(house.engine.world.legs)))
        house.settle()
    goes_home(house)


class TestTold:
    def test_the_member_sees_it_by_a_setting_of_the_queue(self) -> None:
        house, _, _, _, call = led()
        (seen,) = shown(house, call).supervised
        assert (seen.person, seen.how, seen.member, seen.state, seen.told) == (EVA, LISTENS, ANNA, "up", True)
        assert shown(house, call).without_supervision().supervised == (seen,)

    def test_or_not(self) -> None:
        changes: Changes = {"queues": {"reception": {"supervision": {"tells_members": False}}}}
        house, _, _, _, call = led(LISTENS, changes)
        assert len(shown(house, call).supervised) == 1
        seen = shown(house, call).without_supervision()
        assert not seen.supervised and {leg.person for leg in seen.legs} == {None, "anna"}
        agent = live.agent(house.core, EVA)
        assert agent and agent.calls == ()
        house.asks(Supervise(call, EVA, JOINS))
        assert shown(house, call).without_supervision().supervised

    def test_a_caller_of_the_number_does_not_have_the_leader_for_a_member(self) -> None:
        house, caller, anna, eva, call = led()
        house.waits(3)
        eva.hangs_up()
        anna.hangs_up()
        assert caller.gone and house.records[call].person == "anna"
