"""Callbacks that are carried out by themselves: one that is due stands in its queue beside those who wait, the next
free member is rung for it, and then the customer."""

from svarhus.domains.callbacks.errors import CannotStart
from svarhus.domains.callbacks.state import (
    AttemptBegan,
    AttemptEnded,
    Booking,
    BookingKind,
    BookingPostponed,
    BookingStatus,
    CallbackStood,
)
from svarhus.domains.calls.facts import CallBegan, CategoryGiven
from svarhus.domains.calls.model import Call, CallKind, Leg
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.presence.state import After
from svarhus.domains.queues.offer import How, OfferOutcome
from svarhus.domains.queues.state import OfferEnded
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.core.decisions.calls import customers, legs
from svarhus.exchange.core.decisions.calls.closing import end_call, leave_queue
from svarhus.exchange.core.decisions.calls.dialling import Way
from svarhus.exchange.core.decisions.people import after_call
from svarhus.exchange.core.decisions.promises import attempts
from svarhus.exchange.core.decisions.promises.finding import callbacks_of
from svarhus.exchange.core.decisions.promises.promising import wake
from svarhus.exchange.core.decisions.promises.standing import POSTPONED
from svarhus.exchange.core.decisions.queues import offering
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import after
from svarhus.kit.ids import CallId, LegId, OfferId, PersonKey, QueueKey

PROMISED = 40
"""The priority of a time that was promised: before all who just wait, behind those whom somebody has put first."""


def follow(turn: Turn) -> None:
    """Mark what has been tried, and let stand what is due."""
    for _, fact in tuple(turn.facts):
        if isinstance(fact, AttemptEnded):
            _mark(turn, fact)
    if turn.state.due_bookings and turn.state.stored.revision:
        _stand_what_is_due(turn)


def follow_configuration(turn: Turn) -> None:
    """Where members start callbacks themselves from now on, none stands any more."""
    for booking in tuple(turn.state.bookings.values()):
        if booking.standing and booking.queue not in turn.rules.calls_back_itself:
            end_call(turn, booking.standing, EndReason.CANCELLED)


# ------------------------------------------------------------------ standing in the queue


def _stand_what_is_due(turn: Turn) -> None:
    next_due = turn.state.next_due()
    if next_due is not None and next_due <= turn.now:
        return  # Others are due at the same moment, perhaps one that came before.
    due = turn.state.due_bookings
    waiting = [turn.state.bookings[id] for queue in due.keys() & turn.rules.calls_back_itself for id in due[queue]]
    for booking in sorted(waiting, key=lambda each: (each.due_at, each.booked_at, len(each.id), each.id)):
        if not _is_somebodys(turn, booking):
            _stand(turn, booking)


def _is_somebodys(turn: Turn, booking: Booking) -> bool:
    """Somebody has taken it in hand."""
    episode = turn.state.episodes.get(f"callback:{booking.id}")
    return episode is not None and episode.marks.taken_by is not None


def _stand(turn: Turn, booking: Booking) -> None:
    queue = turn.rules.queues[booking.queue]
    if isinstance(customers.way_to(turn, queue, booking.number), OutgoingRefusal):
        _postpone(turn, booking)
        return
    call = turn.new_call()
    begin_call(turn, booking, call, LegId(f"{call}-leg-0"))
    promised = booking.kind is BookingKind.TIMED and not booking.attempts
    priority = PROMISED if promised else 0
    turn.record(CallbackStood(booking=booking.id, call=call, queue=booking.queue, priority=priority))


def begin_call(turn: Turn, booking: Booking, call: CallId, first_leg: LegId) -> None:
    """In which the customer is to be called, about what was said at the booking."""
    turn.record(
        CallBegan(
            call=call,
            kind=CallKind.CALLBACK,
            revision=turn.rules.revision,
            caller=booking.number,
            dialled=booking.number,
            language=booking.language,
            first_leg=first_leg,
            booking=booking.id,
        )
    )
    if booking.category:
        turn.record(CategoryGiven(call=call, category=booking.category))


def _postpone(turn: Turn, booking: Booking) -> None:
    """For a little while; what was tried before its time waits for that."""
    at = max(booking.due_at, after(turn.now, POSTPONED))
    turn.record(BookingPostponed(booking=booking.id, at=at))
    wake(turn, booking.id, at)


# ------------------------------------------------------------------ the attempt


def require_not_rung(turn: Turn, standing: CallId) -> None:
    """CannotStart, when members are rung for it just now."""
    place = turn.state.place_of(standing)
    if place and place.offers:
        rung = turn.state.offers[place.offers[0]].person
        raise CannotStart(f"it rings at {turn.rules.told_name(rung)} just now")


def pick(turn: Turn, booking: Booking, standing: CallId, person: PersonKey, way: Way) -> CallId:
    """A member takes one that stands, whoever's turn it is."""
    place, queue = turn.state.place_of(standing), turn.rules.queues[booking.queue]
    assert place is not None
    offering.offer(turn, place, queue, person, way, How.PICKED, headers=legs.AUTO_ANSWER)
    return standing


def taken(turn: Turn, call: Call, leg: Leg) -> None:
    """The member has answered: now the customer is rung."""
    offer = turn.state.offers[OfferId(leg.id)]
    assert call.booking is not None
    turn.record(OfferEnded(call=call.id, leg=leg.id, person=offer.person, outcome=OfferOutcome.ANSWERED))
    leave_queue(turn, call.id, LeftBy.ANSWERED, offer.person)
    turn.record(AttemptBegan(booking=call.booking, call=call.id, person=offer.person, leg=leg.id))
    attempts.agent_answered(turn, turn.state.calls[call.id], turn.state.legs[leg.id])


def _mark(turn: Turn, fact: AttemptEnded) -> None:
    """Nobody needs to say how it went; what was no attempt is made again a little later, or at its time."""
    booking = turn.state.bookings.get(fact.booking)
    if booking is None or booking.kept or fact.put_off:
        return
    if booking.queue not in turn.rules.calls_back_itself:
        if booking.status is BookingStatus.DUE and booking.due_at > turn.now:
            _postpone(turn, booking)
    elif booking.status is BookingStatus.DUE:
        _rest(turn, booking, fact.call, declined=True)
        _postpone(turn, booking)
    elif booking.status is BookingStatus.TO_MARK:
        answered = fact.connected if booking.judged is None else booking.judged
        if not fact.connected:
            _rest(turn, booking, fact.call, declined=False)
        attempts.conclude(turn, booking, answered, by=None)


def _rest(turn: Turn, booking: Booking, call: CallId, declined: bool) -> None:
    """After-call work of the member who tried; of one whose phone was gone, so that it is not tried without end."""
    queue = turn.rules.queues[booking.queue]
    if declined:
        seconds, why = max(1, queue.after_call_work.declined), After.DECLINED
    else:
        seconds, why = callbacks_of(turn.rules, booking).after_unanswered, After.TALK
    if booking.person and not _goes_on(turn, booking.person):
        after_call.begin(turn, booking.person, seconds, call, QueueKey(queue.key), why)


def _goes_on(turn: Turn, person: PersonKey) -> bool:
    """The member has other calls, or after-call work already."""
    agent = turn.state.agents.get(person)
    return agent is not None and (bool(agent.legs) or agent.after_call_until is not None)
