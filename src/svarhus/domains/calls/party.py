"""Who somebody in a call is: in a call that one of us has made, the customer is not the caller."""

from svarhus.domains.calls.model import Call, Leg, LegRecord, LegRole


def number_of(call: Call, leg: Leg | LegRecord) -> str | None:
    """The number at which the party can be rung back; None for colleagues, and when it is withheld."""
    if leg.role is LegRole.CALLER:
        return call.caller
    return None if leg.person else leg.party or None


def name_of(call: Call, leg: Leg | LegRecord) -> str:
    """The name with which the caller came; empty for everybody else."""
    return call.caller_name if leg.role is LegRole.CALLER else ""
