"""Which time is offered: the next one, a later one, one of another day; or another one than was booked."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from svarhus.domains.callflows.callback import message
from svarhus.domains.callflows.callback.settings import CallbackElementSettings, Ending
from svarhus.domains.callflows.callback.words import Memory, ask, at_of, last, own, remembered, spoken, timed
from svarhus.domains.callflows.steps import (
    Action,
    Book,
    KeepSlot,
    LetGoOfSlot,
    LiveBooking,
    MoveBooking,
    View,
    WithholdSlot,
)
from svarhus.domains.hours.model import CLOSED
from svarhus.kit.clock import Instant, LocalTime, after, from_local, local_date
from svarhus.kit.ids import BookingId, QueueKey
from svarhus.ports.speech import Phrase, TemplatePhrase

_DAY = timedelta(days=1)


def begin(settings: CallbackElementSettings, view: View) -> Iterable[Action]:
    existing = view.live_booking(QueueKey(settings.queue), view.caller) if view.caller else None
    if existing:
        yield from tell_existing(view, existing)
    elif settings.hours and view.category(settings.hours) == CLOSED:
        yield from _closed(settings, view)
    else:
        yield from offer(settings, view, None, own(view, settings.information))


def _closed(settings: CallbackElementSettings, view: View) -> Iterable[Action]:
    """Where the exit leads somewhere, the flow says what it wants to."""
    if Ending.CLOSED in view.exits:
        yield from message.leave(settings, view, Ending.CLOSED)
    else:
        yield from last(Ending.CLOSED, spoken(view, "callback.closed"))


def offer(
    settings: CallbackElementSettings, view: View, later_than: Instant | None, first: tuple[Phrase, ...] = ()
) -> Iterable[Action]:
    """The first free time that is later; after the last one, again from the first. `first`: what is said before."""
    queue = QueueKey(settings.queue)
    if not settings.stated_time:
        free = view.may_be_called(queue)
        asked: Memory = {"step": "soon", "at": ""}
        yield from ask(asked, *first, spoken(view, "callback.offer_soon")) if free else _none(view, first)
        return
    slot = view.next_slot(queue, later_than) or (view.next_slot(queue, None) if later_than else None)
    if slot is None:
        yield from _none(view, first)
    else:
        yield from _offered(view, queue, {"step": "offer", "at": slot.isoformat()}, first)


def offer_on(settings: CallbackElementSettings, view: View, slot: Instant) -> Iterable[Action]:
    """This time instead of the one that was offered."""
    yield from _offered(view, queue_of(settings, view), {**view.memory, "at": slot.isoformat(), "repeats": 0})


def another_day(view: View, queue: QueueKey, at: Instant, booking: BookingId | None) -> Instant | None:
    """The first free time of a later day; after the last day, that of the first one. `booking`: which is changed."""
    day = local_date(at, view.zone)
    midnight = from_local(LocalTime(datetime.combine(day + _DAY, time.min)), view.zone)
    later = view.next_slot(queue, after(midnight, -timedelta(seconds=1)), booking)
    found = later or view.next_slot(queue, None, booking)
    return found if found and local_date(found, view.zone) != day else None


def _offered(view: View, queue: QueueKey, memory: Memory, first: tuple[Phrase, ...] = ()) -> Iterable[Action]:
    at, booking = datetime.fromisoformat(str(memory["at"])), changed(memory)
    yield KeepSlot(queue, Instant(at), booking)
    yield from ask(memory, *first, _offer_of(view, queue, Instant(at), booking))


def _offer_of(view: View, queue: QueueKey, at: Instant, booking: BookingId | None) -> TemplatePhrase:
    template = "callback.offer_change" if booking else "callback.offer"
    return timed(view, f"{template}_days" if another_day(view, queue, at, booking) else template, at)


def changed(memory: Mapping[str, str | int]) -> BookingId | None:
    """For which another time is sought; None: what is offered is a new one."""
    return BookingId(str(memory["booking"])) if "booking" in memory else None


def question(settings: CallbackElementSettings, view: View) -> TemplatePhrase:
    """The offer, said again."""
    at = at_of(view)
    if at is None:
        return spoken(view, "callback.offer_soon")
    return _offer_of(view, queue_of(settings, view), at, changed(view.memory))


def queue_of(settings: CallbackElementSettings, view: View) -> QueueKey:
    """Whose times are offered: also of what was booked in another queue."""
    return QueueKey(str(view.memory.get("queue", settings.queue)))


def _none(view: View, first: tuple[Phrase, ...]) -> Iterable[Action]:
    """Who goes on from here is not asked to call again."""
    goes_on = Ending.NONE in view.exits or view.goes_back
    yield from last(Ending.NONE, *first, spoken(view, "callback.none" if goes_on else "callback.none_today"))


# ------------------------------------------------------------------ the booking


def book(settings: CallbackElementSettings, view: View, number: str) -> Iterable[Action]:
    """Should another one have got the time after all, the next free one is offered."""
    queue, at = QueueKey(settings.queue), at_of(view)
    existing = view.live_booking(queue, number)
    if existing and number == view.caller:
        yield from tell_existing(view, existing)
    elif at and not view.is_free(queue, at):
        yield from offer(settings, view, None)
    else:
        if not existing:
            yield Book(queue, number, at)
        elif at:
            yield WithholdSlot(queue, at)
        booked = _booked(view, at, own_number=number == view.caller)
        yield from last(Ending.BOOKED, booked, *own(view, settings.confirmation))


def _booked(view: View, at: Instant | None, own_number: bool) -> TemplatePhrase:
    said = "callback.booked" if own_number else "callback.booked_for_number"
    return timed(view, said, at) if at else spoken(view, f"{said}_soon")


# ------------------------------------------------------------------ what is booked already


def tell_existing(view: View, existing: LiveBooking) -> Iterable[Action]:
    yield LetGoOfSlot()
    memory: Memory = {
        "step": "already",
        "booking": existing.booking,
        "queue": existing.queue,
        "at": remembered(existing.at),
        "changes": int(existing.changes),
    }
    yield from ask(memory, existing_question(view, existing.at, existing.changes))


def existing_question(view: View, at: Instant | None, changes: bool) -> TemplatePhrase:
    """The booked time; without one, and of one that has passed, that we call as soon as we can."""
    if at is None or at < view.now:
        return spoken(view, "callback.overdue" if changes else "callback.overdue_cancel")
    return timed(view, "callback.already" if changes else "callback.already_cancel", at)


def offer_change(view: View, later_than: Instant | None) -> Iterable[Action]:
    """Another time than the one that is booked, which stays until the new one is chosen."""
    queue, was = QueueKey(str(view.memory["queue"])), str(view.memory.get("was") or view.memory["at"])
    booking = BookingId(str(view.memory["booking"]))
    slot = view.next_slot(queue, later_than, booking) or view.next_slot(queue, None, booking)
    if slot and slot.isoformat() == was:
        slot = view.next_slot(queue, slot, booking)
    if slot is None:
        yield from last(Ending.BOOKED, spoken(view, "callback.no_other"), spoken(view, "callback.kept"))
    else:
        memory: Memory = {"step": "change", "booking": booking, "queue": queue, "was": was, "at": slot.isoformat()}
        yield from _offered(view, queue, memory)


def change(settings: CallbackElementSettings, view: View) -> Iterable[Action]:
    """Unless somebody of ours has called, moved or taken back what was booked meanwhile, or sold the time."""
    queue, at, booking = queue_of(settings, view), at_of(view), BookingId(str(view.memory["booking"]))
    existing = view.live_booking(QueueKey(settings.queue), view.caller) if view.caller else None
    if existing is None or existing.booking != booking or not existing.changes or at is None:
        yield from begin(settings, view)
    elif not view.is_free(queue, at, booking):
        yield from offer_change(view, None)
    else:
        yield MoveBooking(booking, at)
        yield from last(Ending.BOOKED, timed(view, "callback.booked", at), *own(view, settings.confirmation))
