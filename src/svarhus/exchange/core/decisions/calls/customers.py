"""The phone of a customer who is called back."""

from svarhus.domains.callbacks.state import Booking, CustomerDialled
from svarhus.domains.calls.model import Call
from svarhus.domains.calls.purpose import CalledBack
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.queues.model import Queue
from svarhus.exchange.core.decisions.calls import legs
from svarhus.exchange.core.decisions.calls.dialling import Way, way_to_number
from svarhus.exchange.core.decisions.promises.finding import queue_of, settings_of
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import LegId


def way_to(turn: Turn, queue: Queue, number: str) -> Way | OutgoingRefusal:
    """On behalf of whom the queue belongs to."""
    return way_to_number(turn, turn.rules, number, (queue.unit,) if queue.unit else ())


def ring(turn: Turn, call: Call, booking: Booking, way: Way, member: LegId) -> None:
    """One of ours is on the line and hears music meanwhile. From here it counts as an attempt."""
    rules = turn.rules_of(call.id)
    queue = queue_of(rules, booking)
    presented = queue.presented or rules.organisation.outgoing.presented
    seconds = settings_of(rules, booking).ring_seconds
    first = call.first_leg if call.first_leg != member else None
    turn.record(CustomerDialled(booking=booking.id, call=call.id))
    legs.dial(turn, call.id, CalledBack(), way.target, presented, rules.organisation.name, seconds, leg=first)
    legs.music(turn, member, queue.music)
