"""An inventory is as old as its answer; what was told since then is not undone by it."""

from svarhus.exchange.running.meanwhile import Meanwhile
from svarhus.kit.ids import LegId
from svarhus.ports.telephony import EndCause, EndpointChanged, Inventory, LegEnded, LiveLeg

STAYS, LEAVES = LegId("stays"), LegId("leaves")


def _leg(leg: LegId) -> LiveLeg:
    return LiveLeg(leg, answered=True, join=None, offered=None)


def test_a_leg_that_has_ended_since_is_not_alive() -> None:
    meanwhile = Meanwhile()
    meanwhile.hear(LegEnded(LEAVES, EndCause.HUNG_UP))
    assert meanwhile.applied(Inventory((_leg(STAYS), _leg(LEAVES)))).legs == (_leg(STAYS),)


def test_a_phone_is_as_it_was_told_last() -> None:
    meanwhile = Meanwhile()
    for event in (
        EndpointChanged("came", reachable=True),
        EndpointChanged("left", reachable=False),
        EndpointChanged("came-and-left", reachable=True),
        EndpointChanged("came-and-left", reachable=False),
    ):
        meanwhile.hear(event)
    before = Inventory((), frozenset({"left", "stayed"}))
    assert meanwhile.applied(before).reachable == {"came", "stayed"}
