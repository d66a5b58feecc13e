"""The turn of a kept place: a member is rung as for any caller, and the customer when that member is on the line."""

from svarhus.domains.callbacks.errors import CannotStart, NotCallable
from svarhus.domains.callbacks.state import AttemptBegan, Booking
from svarhus.domains.calls.model import Call
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.queues.offer import Offer, OfferOutcome
from svarhus.domains.queues.state import OfferTaken
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.decisions.calls import customers
from svarhus.exchange.core.decisions.calls.closing import end_call, leave_queue, withdraw_offer
from svarhus.exchange.core.decisions.calls.dialling import idle_way
from svarhus.exchange.core.decisions.promises import standing
from svarhus.exchange.core.decisions.promises.finding import queue_of, settings_of
from svarhus.exchange.core.decisions.queues import offering, picking
from svarhus.exchange.core.requests import PickCall
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey
from svarhus.ports.telephony import EndCause


def member_took(turn: Turn, offer: Offer) -> None:
    """The first of those who were asked is on the line: nobody else is rung but the customer."""
    assert offer.leg is not None
    place = turn.state.places[offer.place]
    assert place.kept_for is not None
    booking = turn.state.bookings[place.kept_for]
    way = customers.way_to(turn, queue_of(turn.rules_of(place.call), booking), booking.number)
    if isinstance(way, OutgoingRefusal):
        _refused(turn, place.call, booking, way)
        return
    for other in place.offers:
        if other != offer.id:
            withdraw_offer(turn, turn.state.offers[other], OfferOutcome.ANSWERED_ELSEWHERE)
    turn.clear_timer(f"call-out:{place.call}")
    turn.record(OfferTaken(call=place.call, leg=offer.leg))
    turn.record(AttemptBegan(booking=booking.id, call=place.call, person=offer.person))
    customers.ring(turn, turn.state.calls[place.call], booking, way, offer.leg)


def _refused(turn: Turn, call: CallId, booking: Booking, why: OutgoingRefusal) -> None:
    """The member is let go. What may be allowed in a moment is tried again then, at the same rank."""
    if why.passes:
        leave_queue(turn, call, LeftBy.KEPT_PLACE)
        standing.postpone(turn, booking.id)
    end_call(turn, call, EndReason.refused(why))


def customer_gone(turn: Turn, call: Call, cause: EndCause) -> None:
    """Before the two were joined: the member is let go, and others are served until it is tried again."""
    _over(turn, call.id, EndReason.UNANSWERED, cause)


def member_gone(turn: Turn, offer: Offer, cause: EndCause) -> None:
    """The member's phone went while the customer was being called: nobody is to pick up to silence."""
    call = turn.state.call_of(offer)
    offering.offer_failed(turn, offer, cause)
    _over(turn, call, EndReason.LEFT, EndCause.WE_HUNG_UP)


def _over(turn: Turn, call_id: CallId, reason: EndReason, cause: EndCause) -> None:
    call = turn.state.calls[call_id]
    assert call.booking is not None
    booking = turn.state.bookings[call.booking]
    last = reason is EndReason.UNANSWERED and booking.attempts >= settings_of(turn.rules, booking).attempts
    leave_queue(turn, call_id, LeftBy.NOT_REACHED if last else LeftBy.KEPT_PLACE)
    end_call(turn, call_id, reason, cause)


def start(turn: Turn, booking: Booking, person: PersonKey) -> str:
    """A person calls the customer now, whoever's turn it is. CannotStart, NotCallable; see also `picking.pick`."""
    own = turn.state.calls.get(booking.call) if booking.call else None
    if own is not None and own.keeps == booking.id:
        raise CannotStart("the customer is on the line still")
    way = customers.way_to(turn, queue_of(turn.rules, booking), booking.number)
    if isinstance(way, OutgoingRefusal):
        raise NotCallable(f"the number may not be called: {way.value}")
    if booking.attempt_call is None:
        idle_way(turn, person)
        standing.stand(turn, booking.id)
    call = turn.state.bookings[booking.id].attempt_call
    assert call is not None
    return picking.pick(turn, PickCall(call, person, leads=True))
