"""What facts say of a leg's purpose that were recorded before legs had one of their own."""

from svarhus.domains.calls.facts import LegBegan
from svarhus.domains.calls.model import Call, LegRole
from svarhus.domains.calls.purpose import CalledBack, Calling, CallingBack, Offered, Placing, Purpose, Rejoining, Target


def purpose_of(call: Call, fact: LegBegan) -> Purpose:
    """What the leg begins as. Who is asked, or handed a call, is told by the facts that follow."""
    if fact.purpose is not None:
        return fact.purpose
    if fact.replaces:
        return Rejoining(fact.replaces)
    match fact.role:
        case LegRole.CALLER:
            return Placing() if call.wanted else Calling()
        case LegRole.MEMBER:
            return CallingBack() if call.first_leg == fact.leg else Offered()
        case LegRole.CUSTOMER:
            return CalledBack()
        case LegRole.TARGET | LegRole.SUPERVISOR:
            return Target()
