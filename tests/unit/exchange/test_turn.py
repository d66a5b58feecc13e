"""One decision in the making: in which line its commands stand, and what its ids and timers hold on to."""

import pytest

from svarhus.adapters.simulated.time import START
from svarhus.domains.calls.facts import CallBegan, ElementEntered, LegBegan, RecordingBegan
from svarhus.domains.calls.model import CallKind, LegRole
from svarhus.domains.calls.recording import OfQueue
from svarhus.exchange.core.facts import ConfirmTimer, FlowTimer
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, LegId, OrganisationId, QueueKey
from svarhus.ports.telephony import Answer, Join, PauseRecording, Record, Separate, StopRecording

CALLER = LegId("in-1")


@pytest.fixture
def turn() -> Turn:
    return Turn(State(OrganisationId("a-join-b-recording-c")), {}, START)


@pytest.fixture
def call(turn: Turn) -> CallId:
    """A call with its first leg."""
    call = turn.new_call()
    turn.record(
        CallBegan(
            call=call,
            kind=CallKind.INCOMING,
            revision=1,
            caller=None,
            dialled="+46101234567",
            language="sv",
            first_leg=CALLER,
        )
    )
    turn.record(LegBegan(call=call, leg=CALLER, role=LegRole.CALLER, party="+46701234567"))
    return call


def test_all_commands_of_a_call_stand_in_its_line(turn: Turn, call: CallId) -> None:
    join, recording = turn.new_join(call), turn.new_recording(call)
    for command in (
        Answer(CALLER),
        Join(join, (CALLER,)),
        Separate(join),
        Record(CALLER, recording),
        PauseRecording(recording),
        StopRecording(recording),
    ):
        turn.order(command)
    assert {one.line for one in turn.commands} == {call}


def test_two_recordings_of_a_call_are_told_apart(turn: Turn, call: CallId) -> None:
    first = turn.new_recording(call)
    turn.record(RecordingBegan(call=call, leg=CALLER, recording=first, owner=OfQueue(QueueKey("advice"))))
    assert turn.new_recording(call) != first


def test_only_what_an_element_waits_for_ends_with_it(turn: Turn, call: CallId) -> None:
    turn.set_timer("flow:silence", 5, FlowTimer(call, "silence"), call)
    turn.set_timer("confirm:mobile", 15, ConfirmTimer(LegId("mobile")), call)
    turn.record(ElementEntered(call=call, flow="main", element="menu"))
    assert list(turn.state.timers) == ["confirm:mobile"] and turn.state.calls[call].timers == {"confirm:mobile"}
