"""Why a leg ended, from what Asterisk tells."""

from svarhus.adapters.asterisk.legs import Leg, end_cause
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.ports.telephony import EndCause


def leg(answered: bool) -> Leg:
    return Leg(LegId("one"), OrganisationId("care"), offered=None, answered=answered)


def test_a_party_that_does_not_answer_whether_it_lives_is_lost_and_has_not_hung_up() -> None:
    assert end_cause(leg(answered=True), 102, 408, soft=False) == (EndCause.MEDIA_LOST, "SIP 408")


def test_a_phone_that_does_not_answer_the_call_is_not_there() -> None:
    assert end_cause(leg(answered=False), 102, 408, soft=False) == (EndCause.UNREACHABLE, "SIP 408")
