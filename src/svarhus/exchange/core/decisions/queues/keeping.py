"""Keeping the place: a caller may hang up, and stands in the queue all the same."""

from msgspec.structs import replace

from svarhus.domains.callbacks.state import Booked, BookingCancelled, BookingKind, PlaceTakenBack
from svarhus.domains.callflows.interpreter import waiting_position, waits_at
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.queues.place import LeftPlace
from svarhus.domains.queues.state import QueueLeft
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.decisions.calls.closing import end_call, leave_queue
from svarhus.exchange.core.decisions.promises import promising
from svarhus.exchange.core.decisions.queues import waiting
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import BookingId, CallId, QueueKey


def keep(turn: Turn, call: CallId, queue: QueueKey, number: str, priority: int) -> None:
    """Promise to call the number at the turn of the place that the caller has left; who has none comes last in line."""
    now = turn.state.calls[call]
    if now.left_place is None or now.left_place.queue != queue:
        waiting.come(turn, call, queue, priority)
        turn.record(QueueLeft(call=call, queue=queue, outcome=LeftBy.CHOSE_OTHER))
    promising.cancel_abandoned(turn, number, call)
    now = turn.state.calls[call]
    assert now.left_place is not None, "a caller in a flow has left the place"
    turn.record(
        Booked(
            booking=BookingId(f"{turn.state.organisation}-b{turn.state.stored.bookings_made + 1}"),
            call=call,
            queue=queue,
            schedule="",
            number=number,
            at=turn.now,
            language=now.language,
            kind=BookingKind.KEPT_PLACE,
            category=now.category,
            kept=_where_callers_wait(turn.rules_of(call), now.left_place),
        )
    )


def take_back(turn: Turn, call: CallId, id: BookingId) -> None:
    """The customer has called again and wants to wait on the line instead, at the same place."""
    booking, position = turn.state.bookings[id], turn.state.calls[call].position
    assert booking.kept is not None and position is not None, "no place is kept, or the call is in no flow"
    turn.record(BookingCancelled(booking=id, call=call))
    if booking.attempt_call:
        leave_queue(turn, booking.attempt_call, LeftBy.KEPT_PLACE)
        end_call(turn, booking.attempt_call, EndReason.CANCELLED)
    place = replace(booking.kept, flow=position.flow, element=position.element, offered=True)
    turn.record(PlaceTakenBack(call=call, place=place))


def _where_callers_wait(rules: Rules, left: LeftPlace) -> LeftPlace:
    """Who is asked for the caller is as the flow says where others wait."""
    flow = rules.flows.get(left.flow)
    if flow is None or waits_at(flow, left.element, left.queue):
        return left
    position = waiting_position(flow, left.queue)
    return replace(left, element=position.element) if position else left
