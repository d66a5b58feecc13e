"""Reasons are closed types: whatever the engine tells, or whyever a number may not be called, has its word."""

import pytest

from svarhus.domains.calls.reasons import CallRefusal, EndReason, LegCause
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.exchange.core.facts import decode, encode
from svarhus.ports.telephony import EndCause


@pytest.mark.parametrize("cause", EndCause)
def test_what_the_engine_tells_is_in_the_log_as_told(cause: EndCause) -> None:
    assert LegCause.told(cause).value == cause.value


@pytest.mark.parametrize("why", OutgoingRefusal)
def test_whyever_a_number_may_not_be_called_the_end_and_the_refusal_say_it(why: OutgoingRefusal) -> None:
    assert why.value in EndReason.refused(why).value
    assert why.value in CallRefusal.outgoing(why).value


@pytest.mark.parametrize("reason", EndReason)
def test_the_words_of_journals_are_those_of_before(reason: EndReason) -> None:
    fact = decode(f'{{"type": "call_ending", "call": "house-1", "reason": "{reason.value}"}}')
    assert decode(encode(fact)) == fact
