"""Callbacks: promising a time, and keeping the promise."""

from datetime import timedelta

from svarhus.domains.callbacks.errors import (
    AgentBusy,
    BookingNotFound,
    CannotMark,
    CannotStart,
    NoCallbacks,
    NoSlot,
    NotCallable,
    PhoneNotReachable,
)
from svarhus.domains.callbacks.state import (
    AttemptBegan,
    AttemptMarked,
    Booked,
    Booking,
    BookingCancelled,
    BookingDue,
    BookingMoved,
    BookingStatus,
    CustomerDialled,
    KeptSlot,
    SlotKept,
    SlotWithheld,
)
from svarhus.domains.calls.facts import CallBegan, RecordingNoticeOver
from svarhus.domains.calls.model import Call, CallKind, Leg, Outcome
from svarhus.domains.calls.purpose import CalledBack, CallingBack
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.cases.state import CaseTakenBy, Episode
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.numbers.reading import Kind, NotANumber, Number, read_diallable
from svarhus.domains.numbers.refusals import fault_of
from svarhus.domains.presence.state import AfterCallWorkEnded
from svarhus.domains.queues.model import CallbackSettings, Queue
from svarhus.domains.schedules.slots import next_slot, room_at
from svarhus.exchange.core.decisions.calls import legs, noticing
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.calls.dialling import (
    Way,
    person_reachable,
    refusal_to_promise,
    way_to_number,
    way_to_person,
)
from svarhus.exchange.core.decisions.calls.talking import join
from svarhus.exchange.core.decisions.cases import asked
from svarhus.exchange.core.facts import BookingTimer
from svarhus.exchange.core.requests import BookCallback, CancelCallback, MarkCallback, MoveCallback, StartCallback
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant, after, seconds_between
from svarhus.kit.ids import BookingId, CallId, LegId, PersonKey, QueueKey

AGENT_RING_SECONDS = 20
KEPT = timedelta(minutes=2)
"""How long a caller may think about a slot, and key a number, while nobody else is offered it."""
WITHHELD = timedelta(minutes=15)
"""For so long does the next call not tell that nothing was booked in this one."""

# ------------------------------------------------------------------ promising


def free_slot(
    turn: Turn, rules: Rules, queue: QueueKey, later_than: Instant | None, call: CallId | None = None
) -> Instant | None:
    """The next slot of the queue's schedule that can still be sold, to this call."""
    settings = rules.queues[queue].callbacks
    if settings is None:
        return None
    schedule = rules.schedules[settings.schedule]
    not_before = after(later_than, timedelta(seconds=1)) if later_than else None
    taken = turn.state.taken(settings.schedule, turn.now, call)
    return next_slot(schedule, turn.now, rules.zone, taken, not_before, rules.closing(schedule.key))


def is_free(turn: Turn, rules: Rules, queue: QueueKey, at: Instant, call: CallId | None = None) -> bool:
    """Whether this very slot can still be sold, to this call."""
    settings = rules.queues[queue].callbacks
    if settings is None or at < turn.now:
        return False
    room = room_at(rules.schedules[settings.schedule], at, rules.zone, rules.closing(settings.schedule))
    return turn.state.taken(settings.schedule, turn.now, call).get(at, 0) < room


def keep_slot(turn: Turn, rules: Rules, queue: QueueKey, at: Instant, call: CallId) -> None:
    """Offer nobody else the slot while this caller hears of it and answers, within reason."""
    settings = rules.queues[queue].callbacks
    assert settings is not None, "the queue takes no bookings"
    turn.record(SlotKept(call=call, slot=KeptSlot(settings.schedule, at, after(turn.now, KEPT))))


def withhold_slot(turn: Turn, rules: Rules, queue: QueueKey, at: Instant, call: CallId) -> None:
    """Offer nobody the slot for a while, as if this call had booked it."""
    settings = rules.queues[queue].callbacks
    assert settings is not None, "the queue takes no bookings"
    turn.record(SlotWithheld(call=call, slot=KeptSlot(settings.schedule, at, after(turn.now, WITHHELD))))


def live_booking(turn: Turn, rules: Rules, queue: QueueKey, number: str) -> BookingId | None:
    """The promise that keeps the number from another one: of the queue, or of any where a number has one at a time."""
    booking = turn.state.live_bookings.get((queue, number))
    if booking or rules.organisation.several_callbacks:
        return booking
    return min(turn.state.live_bookings_to.get(number, ()), default=None)


def book(
    turn: Turn,
    rules: Rules,
    queue: QueueKey,
    number: str,
    at: Instant,
    language: str,
    call: CallId | None = None,
    by: PersonKey | None = None,
    of: Episode | None = None,
) -> BookingId:
    """Make the promise. The slot must be free. `of`: the case that goes on with it."""
    settings = rules.queues[queue].callbacks
    assert settings is not None, "the queue takes no bookings"
    booking = BookingId(f"{turn.state.organisation}-b{turn.state.stored.bookings_made + 1}")
    turn.record(
        Booked(
            booking=booking,
            call=call,
            queue=queue,
            schedule=settings.schedule,
            number=number,
            at=at,
            language=language,
            by=by,
            case=of.case if of else None,
            notes=of.marks.notes if of else 0,
        )
    )
    _wake(turn, booking, at)
    return booking


def cancel(turn: Turn, booking: BookingId, call: CallId | None = None, by: PersonKey | None = None) -> None:
    """Take the promise back, at the customer's wish. An attempt that has not reached anybody is given up."""
    attempt = turn.state.bookings[booking].attempt_call
    turn.record(BookingCancelled(booking=booking, call=call, by=by))
    if attempt and turn.state.calls[attempt].outcome is not Outcome.ANSWERED:
        end_call(turn, attempt, EndReason.CANCELLED)


def _wake(turn: Turn, booking: BookingId, at: Instant) -> None:
    turn.set_timer(f"booking:{booking}", max(0.0, seconds_between(turn.now, at)), BookingTimer(booking))


def booking_due(turn: Turn, booking: BookingId) -> None:
    """The promised time has come."""
    found = turn.state.bookings.get(booking)
    if found and found.status is BookingStatus.BOOKED:
        turn.record(BookingDue(booking=booking))


# ------------------------------------------------------------------ requests


def book_for(turn: Turn, request: BookCallback) -> str:
    """An agent books for a customer."""
    rules = turn.rules
    queue = rules.queues.get(request.queue)
    if queue is None or queue.callbacks is None:
        raise NoCallbacks(f"the queue {request.queue} takes no callbacks")
    number = _number_of(request.number, rules)
    _may_be_promised(rules, number)
    existing = live_booking(turn, rules, request.queue, number)
    if existing:
        raise NoSlot(f"the number has a live booking already: {existing}")
    at = request.at or free_slot(turn, rules, request.queue, None)
    if at is None or not is_free(turn, rules, request.queue, at):
        raise NoSlot("no place is free at that time")
    language = _spoken_with(turn, number) or rules.organisation.language
    of = asked.worth_keeping(turn, request.known) if request.known else None
    return book(turn, rules, request.queue, number, at, language, by=request.person, of=of)


def _spoken_with(turn: Turn, number: str) -> str | None:
    """The language of whoever is on the line from that number."""
    calls = (call for call in turn.state.calls.values() if call.caller == number and not call.ending)
    return next((call.language for call in calls), None)


def _number_of(typed: str, rules: Rules) -> str:
    """The public number that an agent has typed. NotCallable."""
    found = read_diallable(typed, rules.organisation.country)
    if isinstance(found, Number) and found.kind is Kind.PUBLIC:
        return found.number
    why = NotANumber.NO_AREA_CODE if isinstance(found, Number) else found
    raise NotCallable(f"{typed} is not a number that can be called", [fault_of("number", typed, why)])


def _may_be_promised(rules: Rules, number: str) -> None:
    """NotCallable when the promise could not be kept."""
    refusal = refusal_to_promise(rules, number)
    if refusal is not None:
        raise NotCallable(f"the number may not be called: {refusal.value}")


def move_for(turn: Turn, request: MoveCallback) -> str:
    """Promise another time, at the customer's wish. To the time that it has, it need not be moved."""
    rules, booking = turn.rules, _live(turn, request.booking)
    _not_in_attempt(booking)
    if booking.status is BookingStatus.TO_MARK:
        raise CannotStart("the customer has been called, and nobody has said how it went")
    _may_be_promised(rules, booking.number)
    settings = _queue_of(rules, booking).callbacks
    if settings is None:
        raise NoCallbacks(f"the queue {booking.queue} takes no callbacks any more")
    at = request.at or _next_other_slot(turn, rules, booking)
    if at == booking.due_at:
        return booking.id
    if at is None or not (_its_own(turn, booking, settings, at) or is_free(turn, rules, booking.queue, at)):
        raise NoSlot("no place is free at that time")
    turn.record(
        BookingMoved(booking=booking.id, schedule=settings.schedule, at=at, was=booking.due_at, by=request.person)
    )
    _wake(turn, booking.id, at)
    return booking.id


def _its_own(turn: Turn, booking: Booking, settings: CallbackSettings, at: Instant) -> bool:
    """The slot that was promised: it still counts as taken, by this booking."""
    return at == booking.promised_at and booking.schedule == settings.schedule and at >= turn.now


def _next_other_slot(turn: Turn, rules: Rules, booking: Booking) -> Instant | None:
    found = free_slot(turn, rules, booking.queue, None)
    return free_slot(turn, rules, booking.queue, found) if found == booking.due_at else found


def _not_in_attempt(booking: Booking) -> None:
    if booking.status is BookingStatus.IN_ATTEMPT:
        raise CannotStart("the customer is being called just now")


def cancel_for(turn: Turn, request: CancelCallback) -> str:
    booking = _live(turn, request.booking)
    _not_in_attempt(booking)
    cancel(turn, booking.id, by=request.person)
    return booking.id


def start(turn: Turn, request: StartCallback) -> str:
    """Ring the agent's phone; the customer follows when the agent has answered."""
    rules, booking = turn.rules, _live(turn, request.booking)
    queue = _queue_of(rules, booking)
    if booking.status in (BookingStatus.IN_ATTEMPT, BookingStatus.TO_MARK):
        raise CannotStart(f"the booking is {booking.status.value.replace('_', ' ')}")
    episode = turn.state.episodes.get(f"callback:{booking.id}")
    if episode:
        asked.require_free(turn, episode, request.person)
    way = _way_to_agent(turn, rules, request.person)
    to_customer = way_to_number(turn, rules, booking.number, _units(queue))
    if isinstance(to_customer, OutgoingRefusal):
        raise NotCallable(f"the number may not be called: {to_customer.value}")
    call = turn.new_call()
    _release(turn, request.person)
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


def _release(turn: Turn, person: PersonKey) -> None:
    """Starting a callback ends after-call work."""
    agent = turn.state.agents.get(person)
    if agent and agent.after_call_until:
        turn.clear_timer(f"after-call:{person}")
        turn.record(AfterCallWorkEnded(person=person))


def mark(turn: Turn, request: MarkCallback) -> str:
    """Close the booking as reached, or plan the next attempt."""
    booking = _live(turn, request.booking)
    if booking.status is not BookingStatus.TO_MARK:
        raise CannotMark("there is no attempt to mark")
    settings = _settings_of(turn.rules, booking)
    possible = booking.queue in turn.rules.queues and booking.attempts < settings.attempts
    again = possible and not request.answered
    next_at = after(turn.now, timedelta(minutes=settings.retry_minutes)) if again else None
    turn.record(AttemptMarked(booking=booking.id, answered=request.answered, by=request.person, next_at=next_at))
    if next_at:
        _wake(turn, booking.id, next_at)
    return booking.id


# ------------------------------------------------------------------ the attempt


def agent_answered(turn: Turn, call: Call, leg: Leg) -> None:
    """The agent is on the line: ring the customer."""
    rules = turn.rules_of(call.id)
    booking = turn.state.bookings[_booking_of(call)]
    way = way_to_number(turn, turn.rules, booking.number, _units(_queue_of(rules, booking)))
    if isinstance(way, OutgoingRefusal):
        end_call(turn, call.id, EndReason.refused(way))
        return
    queue = _queue_of(rules, booking)
    presented = queue.presented or rules.organisation.outgoing.presented
    ring = _settings_of(rules, booking).ring_seconds
    turn.record(CustomerDialled(booking=booking.id, call=call.id))
    legs.dial(turn, call.id, CalledBack(), way.target, presented, rules.organisation.name, ring)
    legs.music(turn, leg.id, queue.music)


def customer_answered(turn: Turn, call: Call, leg: Leg) -> None:
    """Who has to be told that the call may be recorded is, while the agent hears the ringing go on."""
    queue = turn.rules_of(call.id).queues.get(turn.state.bookings[_booking_of(call)].queue)
    if queue and noticing.needed(turn, call.id, queue):
        noticing.tell(turn, call.id, leg.id, queue)
    else:
        join(turn, call.id, call.first_leg, leg.id, Outcome.ANSWERED)


def customer_told(turn: Turn, call: Call, leg: Leg, heard: bool) -> None:
    """Of that; or there was no sound, and then the call is not recorded."""
    turn.record(RecordingNoticeOver(call=call.id, heard=heard))
    join(turn, call.id, call.first_leg, leg.id, Outcome.ANSWERED)


def _booking_of(call: Call) -> BookingId:
    assert call.booking is not None, "not a callback"
    return call.booking


def _live(turn: Turn, booking: BookingId) -> Booking:
    found = turn.state.bookings.get(booking)
    if found is None:
        raise BookingNotFound(f"there is no live booking {booking}")
    return found


def _units(queue: Queue) -> tuple[str, ...]:
    """On whose behalf the customer is called."""
    return (queue.unit,) if queue.unit else ()


def _queue_of(rules: Rules, booking: Booking) -> Queue:
    queue = rules.queues.get(booking.queue)
    if queue is None:
        raise NoCallbacks(f"the queue {booking.queue} is no longer there")
    return queue


def _settings_of(rules: Rules, booking: Booking) -> CallbackSettings:
    queue = rules.queues.get(booking.queue)
    return (queue.callbacks if queue else None) or CallbackSettings(schedule=booking.schedule)
