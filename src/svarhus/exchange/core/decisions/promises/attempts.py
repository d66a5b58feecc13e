"""Carrying a promise out: the agent's phone is rung, then the customer's, and somebody says how it went."""

from datetime import timedelta

from svarhus.domains.callbacks.errors import AgentBusy, CannotMark, CannotStart, NotCallable, PhoneNotReachable
from svarhus.domains.callbacks.state import AttemptBegan, AttemptMarked, Booking, BookingStatus
from svarhus.domains.calls.facts import CallBegan, RecordingNoticeOver
from svarhus.domains.calls.model import Call, CallKind, Leg, Outcome
from svarhus.domains.calls.purpose import CallingBack
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.cases.state import CaseTakenBy
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.exchange.core.decisions.calls import customers, legs, noticing
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.calls.dialling import Way, person_reachable, way_to_person
from svarhus.exchange.core.decisions.calls.talking import join
from svarhus.exchange.core.decisions.cases import asked
from svarhus.exchange.core.decisions.people import after_call
from svarhus.exchange.core.decisions.promises import turns
from svarhus.exchange.core.decisions.promises.finding import live, queue_of, settings_of
from svarhus.exchange.core.decisions.promises.promising import wake
from svarhus.exchange.core.decisions.queues import offering
from svarhus.exchange.core.requests import MarkCallback, StartCallback
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import after
from svarhus.kit.ids import BookingId, LegId, PersonKey

AGENT_RING_SECONDS = 20


def start(turn: Turn, request: StartCallback) -> str:
    """Ring the agent's phone; the customer follows when the agent has answered."""
    rules, booking = turn.rules, live(turn, request.booking)
    queue = queue_of(rules, booking)
    if booking.kept and booking.status is not BookingStatus.IN_ATTEMPT:
        return turns.start(turn, booking, request.person)
    if booking.status in (BookingStatus.IN_ATTEMPT, BookingStatus.TO_MARK):
        raise CannotStart(f"the booking is {booking.status.value.replace('_', ' ')}")
    episode = turn.state.episodes.get(f"callback:{booking.id}")
    if episode:
        asked.require_free(turn, episode, request.person)
    way = _way_to_agent(turn, rules, request.person)
    to_customer = customers.way_to(turn, queue, booking.number)
    if isinstance(to_customer, OutgoingRefusal):
        raise NotCallable(f"the number may not be called: {to_customer.value}")
    call = turn.new_call()
    after_call.over(turn, request.person)
    first = turn.state.stored.legs_begun + 1
    turn.record(
        CallBegan(
            call=call,
            kind=CallKind.CALLBACK,
            revision=rules.revision,
            caller=booking.number,
            dialled=booking.number,
            language=booking.language,
            first_leg=LegId(f"{call}-leg-{first}"),
            booking=booking.id,
        )
    )
    turn.record(AttemptBegan(booking=booking.id, call=call, person=request.person))
    if episode and episode.marks.taken_by is None:
        turn.record(CaseTakenBy(case=episode.case, episode=episode.ref.key, by=request.person))
    legs.dial(
        turn,
        call,
        CallingBack(),
        way.target,
        booking.number,
        queue.name,
        AGENT_RING_SECONDS,
        request.person,
        legs.AUTO_ANSWER,
    )
    return call


def _way_to_agent(turn: Turn, rules: Rules, person: PersonKey) -> Way:
    found = rules.people.get(person)
    if found is None or not person_reachable(turn.state, rules, person):
        raise PhoneNotReachable("your phone is not registered")
    agent = turn.state.agents.get(person)
    if agent and (agent.legs or agent.missed_in):
        raise AgentBusy("you are in a call")
    way = way_to_person(turn, rules, found)
    if isinstance(way, OutgoingRefusal):
        raise NotCallable(f"your number may not be called: {way.value}")
    return way


def mark(turn: Turn, request: MarkCallback) -> str:
    """Close the booking as reached, or plan the next attempt."""
    booking = live(turn, request.booking)
    if booking.status is not BookingStatus.TO_MARK and not _talks_at_turn(turn, booking):
        raise CannotMark("there is no attempt to mark")
    settings = settings_of(turn.rules, booking)
    possible = booking.queue in turn.rules.queues and booking.attempts < settings.attempts
    again = possible and not request.answered
    next_at = after(turn.now, timedelta(minutes=settings.retry_minutes)) if again else None
    turn.record(AttemptMarked(booking=booking.id, answered=request.answered, by=request.person, next_at=next_at))
    if next_at:
        wake(turn, booking.id, next_at)
    return booking.id


def _talks_at_turn(turn: Turn, booking: Booking) -> bool:
    """It counts as reached when the call is over, unless whoever is there says that it is no person."""
    attempt = turn.state.calls.get(booking.attempt_call) if booking.attempt_call else None
    return booking.kept is not None and attempt is not None and attempt.outcome is Outcome.ANSWERED


def agent_answered(turn: Turn, call: Call, leg: Leg) -> None:
    """The agent is on the line: ring the customer."""
    booking = turn.state.bookings[_booking_of(call)]
    way = customers.way_to(turn, queue_of(turn.rules_of(call.id), booking), booking.number)
    if isinstance(way, OutgoingRefusal):
        end_call(turn, call.id, EndReason.refused(way))
    else:
        customers.ring(turn, call, booking, way, leg.id)


def customer_answered(turn: Turn, call: Call, leg: Leg) -> None:
    """Who has to be told that the call may be recorded is, while the agent hears the ringing go on."""
    queue = turn.rules_of(call.id).queues.get(turn.state.bookings[_booking_of(call)].queue)
    if queue and noticing.needed(turn, call.id, queue):
        noticing.tell(turn, call.id, leg.id, queue)
    else:
        _connect(turn, call, leg)


def customer_told(turn: Turn, call: Call, leg: Leg, heard: bool) -> None:
    """Of that; or there was no sound, and then the call is not recorded."""
    turn.record(RecordingNoticeOver(call=call.id, heard=heard))
    _connect(turn, call, leg)


def _connect(turn: Turn, call: Call, leg: Leg) -> None:
    """The customer and whoever is on the line for that."""
    place = turn.state.place_of(call.id)
    if place is None:
        join(turn, call.id, call.first_leg, leg.id, Outcome.ANSWERED)
    else:
        offering.take_call(turn, next(turn.state.offers[offer] for offer in place.offers))


def _booking_of(call: Call) -> BookingId:
    assert call.booking is not None, "not a callback"
    return call.booking
