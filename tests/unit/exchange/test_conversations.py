"""Conversations know no number: what holds for two holds for three."""

import pytest

from svarhus.adapters.simulated.time import START
from svarhus.domains.calls.facts import CallBegan, Joined, LegBegan, LegGone, LegPutOnHold, LegReleased, Parted
from svarhus.domains.calls.model import CallKind, LegRole
from svarhus.domains.calls.purpose import Calling, Target
from svarhus.exchange.core.conversations import company_of, conversation_of, is_held, join_of, joined_in
from svarhus.exchange.core.decisions.calls import talking
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, JoinId, LegId, OrganisationId
from svarhus.ports.telephony import EndCause, Join

KARIN, ANNA, BO = LegId("karin"), LegId("anna"), LegId("bo")
CALL = CallId("house-1")


@pytest.fixture
def turn() -> Turn:
    """A call with three parties who hear each other."""
    turn = Turn(State(OrganisationId("house")), {}, START)
    turn.record(
        CallBegan(
            call=CALL, kind=CallKind.INCOMING, revision=1, caller=None, dialled="1", language="sv", first_leg=KARIN
        )
    )
    turn.record(LegBegan(call=CALL, leg=KARIN, role=LegRole.CALLER, purpose=Calling(), party=""))
    for leg in (ANNA, BO):
        turn.record(LegBegan(call=CALL, leg=leg, role=LegRole.TARGET, purpose=Target(), party=""))
    talking.bring_together(turn, KARIN, ANNA, BO)
    return turn


def company(turn: Turn, leg: LegId) -> set[LegId]:
    return {each.id for each in company_of(turn.state, leg)}


def test_all_of_them_are_in_one_conversation(turn: Turn) -> None:
    ordered = [one.command for one in turn.commands if isinstance(one.command, Join)]
    assert [join.legs for join in ordered] == [(KARIN, ANNA, BO)]
    assert len(turn.state.conversations) == 1
    assert company(turn, ANNA) == {KARIN, BO}


def test_one_of_them_is_on_hold_and_the_others_hear_each_other(turn: Turn) -> None:
    turn.record(LegPutOnHold(call=CALL, leg=KARIN, held=True))
    conversation = conversation_of(turn.state, KARIN)
    assert conversation and joined_in(turn.state, conversation) == (ANNA, BO)
    assert is_held(turn.state, KARIN) and join_of(turn.state, KARIN) is None
    assert join_of(turn.state, ANNA) == join_of(turn.state, BO) == conversation.join
    assert turn.state.calls[CALL].hold_since


def test_one_of_them_goes_and_the_others_go_on(turn: Turn) -> None:
    turn.record(LegReleased(call=CALL, leg=BO))
    turn.record(LegGone(call=CALL, leg=BO, cause=EndCause.WE_HUNG_UP))
    assert company(turn, ANNA) == {KARIN}
    assert join_of(turn.state, ANNA) == join_of(turn.state, KARIN)


def test_the_last_but_one_goes_and_nobody_is_in_conversation(turn: Turn) -> None:
    for leg in (BO, ANNA):
        turn.record(LegReleased(call=CALL, leg=leg))
    assert conversation_of(turn.state, KARIN) is None
    assert not turn.state.conversations


def test_who_turns_to_another_keeps_the_place_and_may_come_back(turn: Turn) -> None:
    turn.record(LegReleased(call=CALL, leg=BO))
    first = conversation_of(turn.state, KARIN)
    eva = LegId("eva")
    turn.record(LegBegan(call=CALL, leg=eva, role=LegRole.TARGET, purpose=Target(), party=""))
    assert first and first.join
    turn.record(Parted(call=CALL, join=first.join))
    talking.bring_together(turn, ANNA, eva)
    assert company(turn, ANNA) == {eva} and company(turn, KARIN) == set()
    assert not is_held(turn.state, ANNA), "it talks, if to somebody else"
    talking.bring_together(turn, ANNA, KARIN)
    again = conversation_of(turn.state, KARIN)
    assert again and again.id == first.id
    assert company(turn, ANNA) == {KARIN} and company(turn, eva) == set()


def test_a_fact_that_names_no_conversation_means_the_one_they_share() -> None:
    turn = Turn(State(OrganisationId("house")), {}, START)
    turn.record(
        CallBegan(
            call=CALL, kind=CallKind.INCOMING, revision=1, caller=None, dialled="1", language="sv", first_leg=KARIN
        )
    )
    for leg in (KARIN, ANNA):
        turn.record(LegBegan(call=CALL, leg=leg, role=LegRole.TARGET, party=""))
    for join in ("one", "two"):
        turn.record(Joined(call=CALL, join=JoinId(join), legs=(KARIN, ANNA)))
    assert list(turn.state.conversations) == ["one"]
    assert join_of(turn.state, ANNA) == "two"
