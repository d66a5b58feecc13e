"""Members start callbacks themselves, and say how it went."""

from svarhus.domains.callbacks.errors import AgentBusy, CannotMark, CannotStart, NotCallable, PhoneNotReachable
from svarhus.domains.callbacks.state import AttemptBegan, AttemptJudged, Booking, BookingStatus
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.purpose import CallingBack
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.cases.state import CaseTakenBy
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.exchange.core.decisions.calls import customers, legs
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.calls.dialling import Way, person_reachable, way_to_person
from svarhus.exchange.core.decisions.cases import asked
from svarhus.exchange.core.decisions.people import after_call
from svarhus.exchange.core.decisions.promises import carrying, turns
from svarhus.exchange.core.decisions.promises.attempts import conclude
from svarhus.exchange.core.decisions.promises.finding import live, queue_of
from svarhus.exchange.core.requests import MarkCallback, StartCallback
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import LegId, PersonKey

AGENT_RING_SECONDS = 20


def start(turn: Turn, request: StartCallback) -> str:
    """Ring the agent's phone; the customer follows when the agent has answered."""
    rules, booking = turn.rules, live(turn, request.booking)
    queue = queue_of(rules, booking)
    _require_marked(turn, request.person)
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
    if booking.standing:
        carrying.require_not_rung(turn, booking.standing)
    after_call.over(turn, request.person)
    if booking.standing:
        return carrying.pick(turn, booking, booking.standing, request.person, way)
    call = turn.new_call()
    carrying.begin_call(turn, booking, call, LegId(f"{call}-leg-{turn.state.stored.legs_begun + 1}"))
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


def _require_marked(turn: Turn, person: PersonKey) -> None:
    """One thing after the other: how the last attempt went is said first. CannotStart."""
    unmarked = (each for each in turn.state.bookings.values() if each.status is BookingStatus.TO_MARK)
    if any(each.person == person for each in unmarked):
        raise CannotStart("you have not said yet how your last attempt went")


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
    """Close the booking as reached, or plan the next attempt. While a call goes on that is marked by itself, what it
    is marked as; who says that nobody is there hangs up."""
    booking = live(turn, request.booking)
    call = turn.state.calls.get(booking.attempt_call) if booking.attempt_call else None
    if call and not booking.kept and call.outcome is Outcome.ANSWERED and booking.queue in turn.rules.calls_back_itself:
        turn.record(AttemptJudged(booking=booking.id, answered=request.answered, by=request.person))
        if not request.answered:
            end_call(turn, call.id, EndReason.LEFT)
        return booking.id
    if booking.status is not BookingStatus.TO_MARK and not _talks_at_turn(turn, booking):
        raise CannotMark("there is no attempt to mark")
    conclude(turn, booking, request.answered, request.person)
    return booking.id


def _talks_at_turn(turn: Turn, booking: Booking) -> bool:
    """It counts as reached when the call is over, unless whoever is there says that it is no person."""
    attempt = turn.state.calls.get(booking.attempt_call) if booking.attempt_call else None
    return booking.kept is not None and attempt is not None and attempt.outcome is Outcome.ANSWERED
