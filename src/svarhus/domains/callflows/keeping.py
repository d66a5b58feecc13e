"""The dialogue by which a caller keeps the place in a queue and hangs up, and what who calls again hears of it.

Part of an element's dialogue. It is left by `kept` when the caller is called at the turn, or has given the place up,
and by `wait` when the caller waits on the line.
"""

from collections.abc import Iterable

from svarhus.domains.callflows import number_taking
from svarhus.domains.callflows.number_taking import SILENT_REPEATS, NotTaken, Taking
from svarhus.domains.callflows.steps import (
    Action,
    After,
    BeQuiet,
    CancelBooking,
    Elapsed,
    Event,
    HeldPlace,
    KeepPlace,
    Leave,
    LiveBooking,
    NoLonger,
    Pressed,
    Remember,
    SaidAll,
    Say,
    TakePlaceBack,
    View,
)
from svarhus.domains.queues.model import Queue
from svarhus.kit.clock import to_local
from svarhus.kit.ids import BookingId, QueueKey
from svarhus.ports.speech import Count, Phrase, RelativeDay, SpokenValue, TemplatePhrase, WallTime

KEPT, WAIT = "kept", "wait"
"""How the dialogue is left."""

_MARK = "keeping"
"""In the memory of the element: the caller is in this dialogue. With it stands the priority of who has no place yet."""
_SILENCE_SECONDS = 6


def goes_on(view: View) -> bool:
    """What happens is for `step`."""
    return _MARK in view.memory


def begin(queue: Queue, view: View, priority: int = 0) -> Iterable[Action]:
    """The caller wants to keep the place; `priority`: of who has none yet."""
    settings = queue.keeps_places
    booked = view.live_booking(QueueKey(queue.key), view.caller) if view.caller else None
    if settings is None or not view.may_keep_place(QueueKey(queue.key)):
        yield from _last(view, WAIT, _spoken(view, "keep.no_more"))
    elif booked:
        yield from _has_time(view, booked)
    else:
        taking = number_taking.begin(view, {_MARK: priority}, confirm=settings.confirm_number)
        yield from _when_taken(queue, view, priority, taking)


def tell(view: View, held: HeldPlace) -> Iterable[Action]:
    """The caller has kept a place before, and hears of it."""
    memory: number_taking.Memory = {_MARK: 0, "step": "already", "booking": held.booking}
    yield from _ask(memory, _already(view, held))


def step(queue: Queue, event: Event, view: View) -> Iterable[Action]:
    """The actions for an event in the dialogue."""
    match event:
        case Pressed(digit):
            yield NoLonger("silence")
            yield from _key(queue, view, digit)
        case SaidAll() if view.memory.get("step") == "last":
            yield Leave(str(view.memory["exit"]))
        case SaidAll():
            yield After("silence", _SILENCE_SECONDS)
        case Elapsed("silence") if number_taking.goes_on(view):
            yield from _when_taken(queue, view, int(view.memory[_MARK]), number_taking.silence(view))
        case Elapsed("silence"):
            yield from _stands(view)


def _key(queue: Queue, view: View, digit: str) -> Iterable[Action]:
    booking = BookingId(str(view.memory.get("booking", "")))
    match view.memory.get("step"), digit:
        case "confirm" | "number", _:
            yield from _when_taken(queue, view, int(view.memory[_MARK]), number_taking.pressed(view, digit))
        case "already", "1":
            yield BeQuiet()
            yield TakePlaceBack(booking)
            yield Leave(WAIT)
        case "already", "2":
            yield from _ask({**view.memory, "step": "cancel"}, _spoken(view, "keep.cancel"))
        case "cancel", "1":
            yield CancelBooking(booking)
            yield from _last(view, KEPT, _spoken(view, "keep.given_up"))
        case "cancel", "*":
            yield from _stands(view)
        case "last", _:
            pass
        case _:
            yield from _repeat(queue, view)


def _when_taken(queue: Queue, view: View, priority: int, taking: Taking) -> Iterable[Action]:
    number = yield from taking
    match number:
        case None:
            pass
        case NotTaken():
            yield BeQuiet()
            yield Leave(WAIT)
        case _:
            yield from _keep(queue, view, number, priority)


def _keep(queue: Queue, view: View, number: str, priority: int) -> Iterable[Action]:
    """A number that is keyed proves nothing of who keys it: whether it has been promised a call already is heard by
    those alone who call from it."""
    key, own = QueueKey(queue.key), number == view.caller
    booked = view.live_booking(key, number)
    if booked and own:
        yield from _has_time(view, booked)
    elif not view.may_keep_place(key):
        yield from _last(view, WAIT, _spoken(view, "keep.no_more"))
    else:
        if not booked:
            yield KeepPlace(key, number, priority)
        yield from _last(view, KEPT, _spoken(view, "keep.kept" if own else "keep.kept_for_number"))


def _stands(view: View) -> Iterable[Action]:
    yield from _last(view, KEPT, _spoken(view, "keep.stands"))


def _has_time(view: View, booked: LiveBooking) -> Iterable[Action]:
    if booked.at is None or booked.at <= view.now:
        yield from _last(view, WAIT, _spoken(view, "keep.is_called"))
        return
    wall, today = to_local(booked.at, view.zone), to_local(view.now, view.zone).date()
    when: dict[str, SpokenValue] = {"day": RelativeDay(wall.date(), today), "time": WallTime(wall.time())}
    yield from _last(view, WAIT, _spoken(view, "keep.has_time", when))


def _repeat(queue: Queue, view: View) -> Iterable[Action]:
    """A key that means nothing here."""
    repeats = int(view.memory.get("repeats", 0)) + 1
    held = view.held_place(QueueKey(queue.key), view.caller) if view.caller else None
    if repeats > SILENT_REPEATS or held is None:
        yield from _stands(view)
    else:
        asks = view.memory.get("step") == "cancel"
        phrase = _spoken(view, "keep.cancel") if asks else _already(view, held)
        yield from _ask({**view.memory, "repeats": repeats}, phrase)


def _already(view: View, held: HeldPlace) -> Phrase:
    if held.position is None:
        return _spoken(view, "keep.soon")
    return _spoken(view, "keep.already", {"position": Count(held.position)})


def _ask(memory: number_taking.Memory, phrase: Phrase) -> Iterable[Action]:
    yield Remember(memory)
    yield Say((phrase,))


def _last(view: View, exit: str, phrase: Phrase) -> Iterable[Action]:
    """Say this and then leave, whatever is pressed."""
    yield Remember({_MARK: 0, "step": "last", "exit": exit})
    yield Say((phrase,))


def _spoken(view: View, template: str, values: dict[str, SpokenValue] | None = None) -> TemplatePhrase:
    return TemplatePhrase(template, view.language, values or {})
