"""Which SIP of a browser belongs to a conversation: all that is passed on when its person is signed out."""

import pytest

from svarhus.adapters.asterisk.browser_calls import MOST, CallsOnLine


def request(method: str, call: str = "one") -> str:
    return f"{method} sip:x@svarhus SIP/2.0\r\nCall-ID: {call}\r\nCSeq: 1 {method}\r\n\r\n"


def response(status: int, method: str = "INVITE", call: str = "one") -> str:
    return f"SIP/2.0 {status} Words\r\ni: {call}\r\nCSeq: 1 {method}\r\n\r\n"


@pytest.fixture
def talking() -> CallsOnLine:
    calls = CallsOnLine()
    for message in (request("REGISTER", "r"), response(200, "REGISTER", "r"), request("INVITE")):
        assert calls.passes(message)
    assert calls.over, "it only rings"
    assert calls.passes(response(180)) and calls.passes(response(200)) and calls.passes(request("ACK"))
    assert not calls.over
    return calls


def test_a_call_ends_in_peace_and_nothing_else_is_passed_on(talking: CallsOnLine) -> None:
    talking.let_end()
    for passed in (request("INFO"), request("INVITE"), response(200), response(491), request("UPDATE")):
        assert talking.passes(passed)
    for stopped in (
        request("REGISTER", "r"),
        request("INVITE", "two"),
        response(200, call="two"),
        request("OPTIONS", "three"),
        "INVITE sip:x@svarhus SIP/2.0\r\n\r\n",
    ):
        assert not talking.passes(stopped)
    assert not talking.over
    assert talking.passes(request("BYE"))
    assert talking.over


def test_what_only_rings_is_not_answered_any_more() -> None:
    calls = CallsOnLine()
    calls.passes(request("INVITE"))
    calls.let_end()
    assert calls.over and not calls.passes(response(200))


@pytest.mark.parametrize("status", [407, 486, 603])
def test_a_call_that_was_refused_is_none(status: int) -> None:
    calls = CallsOnLine()
    calls.passes(request("INVITE"))
    calls.passes(response(status))
    calls.passes(response(200))
    assert calls.over


def test_a_proof_is_asked_for_first() -> None:
    calls = CallsOnLine()
    for message in (request("INVITE"), response(401), request("INVITE"), response(200)):
        assert calls.passes(message)
    assert not calls.over


def test_who_only_begins_calls_is_not_remembered_for_ever() -> None:
    calls = CallsOnLine()
    for index in range(2 * MOST):
        calls.passes(request("INVITE", f"call-{index}"))
    assert len(calls._talking) == MOST
