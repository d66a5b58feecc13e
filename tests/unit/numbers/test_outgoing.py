"""Which numbers may be called, and how many at once and a day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svarhus.domains.numbers.model import Outgoing
from svarhus.domains.numbers.outgoing import OutgoingRefusal, may_call

MOBILE = "+46701234567"
OUTGOING = Outgoing(trunk="carrier", countries=("SE", "NO"), simultaneous=2, daily=10)


def test_a_number_of_an_allowed_country_may_be_called() -> None:
    assert may_call(OUTGOING, MOBILE, 1, 9) is None
    assert may_call(OUTGOING, "+4722334455", 0, 0) is None


def test_without_a_trunk_nothing_may_be_called() -> None:
    closed = OUTGOING.model_copy(update={"trunk": None})
    assert may_call(closed, MOBILE, 0, 0) is OutgoingRefusal.NO_TRUNK
    assert may_call(closed, "112", 0, 0) is OutgoingRefusal.NO_TRUNK


@pytest.mark.parametrize("number", ["+4533123456", "+13055551234", "+18765551234", "+881612345678", "+882123456789"])
def test_another_country_satellites_and_international_networks_are_refused(number: str) -> None:
    assert may_call(OUTGOING, number, 0, 0) is OutgoingRefusal.COUNTRY


@pytest.mark.parametrize("number", ["+469001234567", "+46939123456", "+46944123456", "+4782012345"])
def test_premium_rate_numbers_are_refused(number: str) -> None:
    assert may_call(OUTGOING, number, 0, 0) is OutgoingRefusal.PREMIUM_RATE


@pytest.mark.parametrize("number", ["", "1001", "0701234567", "+", "+4", "anonymous", "+46 70 123 45 67;x", "911"])
def test_what_is_no_number_is_refused(number: str) -> None:
    assert may_call(OUTGOING, number, 0, 0) is OutgoingRefusal.NOT_A_NUMBER


def test_the_limits_count_the_calls_before_this_one() -> None:
    assert may_call(OUTGOING, MOBILE, 2, 0) is OutgoingRefusal.SIMULTANEOUS
    assert may_call(OUTGOING, MOBILE, 0, 10) is OutgoingRefusal.DAILY
    assert may_call(OUTGOING.model_copy(update={"daily": 0}), MOBILE, 0, 0) is OutgoingRefusal.DAILY


def test_an_emergency_number_is_never_held_back_by_a_limit() -> None:
    assert may_call(OUTGOING, "112", 99, 9_999) is None


def test_an_emergency_number_of_a_country_that_may_not_be_called_is_no_number_here() -> None:
    assert may_call(OUTGOING, "911", 0, 0) is OutgoingRefusal.NOT_A_NUMBER


@given(number=st.text(max_size=20), running=st.integers(0, 5), today=st.integers(0, 20))
def test_more_than_the_limits_are_never_made(number: str, running: int, today: int) -> None:
    allowed = may_call(OUTGOING, number, running, today) is None
    if allowed and number not in ("112", "113", "110", "90000"):
        assert running < OUTGOING.simultaneous
        assert today < OUTGOING.daily
