"""People book and cancel callbacks for customers."""

from svarhus.domains.callbacks.errors import CannotStart, NoCallbacks, NoCategory, NoSlot, NotCallable
from svarhus.domains.callbacks.state import Booking, BookingKind, BookingStatus
from svarhus.domains.numbers.reading import Kind, NotANumber, Number, read_diallable
from svarhus.domains.numbers.refusals import fault_of
from svarhus.domains.queues.model import Queue
from svarhus.domains.schedules.reserving import Asked
from svarhus.exchange.core.decisions.calls.dialling import refusal_to_promise
from svarhus.exchange.core.decisions.cases import asked
from svarhus.exchange.core.decisions.promises.finding import live
from svarhus.exchange.core.decisions.promises.promising import book, cancel, free_slot, is_free, live_booking, soonest
from svarhus.exchange.core.requests import BookCallback, CancelCallback
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CategoryKey


def book_for(turn: Turn, request: BookCallback) -> str:
    """An agent books for a customer."""
    rules = turn.rules
    queue = rules.queues.get(request.queue)
    if queue is None or queue.callbacks is None:
        raise NoCallbacks(f"the queue {request.queue} takes no callbacks")
    number = _number_of(request.number, rules)
    may_be_promised(rules, number)
    existing = live_booking(turn, rules, request.queue, number)
    if existing:
        raise NoSlot(f"the number has a live booking already: {existing}")
    language = _spoken_with(turn, number) or rules.organisation.language
    category = _category_wanted(rules, request, queue)
    at = _time_for(turn, rules, request, Asked(category, language))
    of = asked.worth_keeping(turn, request.known) if request.known else None
    by, kind, email = request.person, request.kind, request.email
    return book(
        turn, rules, request.queue, number, at, language, by=by, of=of, kind=kind, email=email, category=category
    )


def _category_wanted(rules: Rules, request: BookCallback, queue: Queue) -> CategoryKey | None:
    """As it was asked for, else that of the case, else the queue's. NoCategory."""
    if request.category is not None and request.category not in rules.categories:
        raise NoCategory(f"there is no category {request.category}")
    about = request.known.episode.category if request.known else None
    return request.category or about or (CategoryKey(queue.category) if queue.category else None)


def _time_for(turn: Turn, rules: Rules, request: BookCallback, asked: Asked) -> Instant:
    """When the customer is called. NoSlot."""
    if request.kind is not BookingKind.TIMED:
        at = soonest(turn, rules, request.queue)
        if at is None:
            raise NoSlot("the work schedule has no period in which the customer could be called")
        return at
    at = request.at or free_slot(turn, rules, request.queue, None, asked=asked)
    if at is None or not is_free(turn, rules, request.queue, at, asked=asked):
        raise NoSlot("no place is free at that time")
    return at


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


def may_be_promised(rules: Rules, number: str) -> None:
    """NotCallable when the promise could not be kept."""
    refusal = refusal_to_promise(rules, number)
    if refusal is not None:
        raise NotCallable(f"the number may not be called: {refusal.value}")


def require_no_attempt(booking: Booking) -> None:
    if booking.status is BookingStatus.IN_ATTEMPT:
        raise CannotStart("the customer is being called just now")


def cancel_for(turn: Turn, request: CancelCallback) -> str:
    booking = live(turn, request.booking)
    require_no_attempt(booking)
    cancel(turn, booking.id, by=request.person)
    return booking.id
