"""A callback: the caller is offered a stated time, and rung back then."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import Field

from svarhus.domains.callflows import number_taking
from svarhus.domains.callflows.number_taking import SILENT_REPEATS, NotTaken, Taking
from svarhus.domains.callflows.steps import (
    Action,
    After,
    BeQuiet,
    Book,
    CancelBooking,
    Elapsed,
    ElementType,
    Entered,
    Event,
    Exits,
    KeepSlot,
    Leave,
    LetGoOfSlot,
    LiveBooking,
    NoLonger,
    Pressed,
    Reference,
    Remember,
    SaidAll,
    Say,
    View,
    WithholdSlot,
)
from svarhus.kit.clock import Instant, instant, to_local
from svarhus.kit.document import DocumentPart, Key
from svarhus.kit.ids import BookingId, QueueKey
from svarhus.ports.speech import Phrase, RelativeDay, SpokenValue, TemplatePhrase, WallTime

Memory = dict[str, str | int]


class CallbackElementSettings(DocumentPart):
    queue: Key = Field(description="The queue whose members call back; it needs callback settings.")
    confirm_number: bool = Field(
        default=False, description="Read the caller's number back and let another one be keyed in."
    )
    wait_seconds: int = Field(default=6, ge=2, le=60, description="Silence to wait for a key.")


class CallbackElement(ElementType[CallbackElementSettings]):
    """The dialogue: time offered → accepted → number known or keyed in → booked and said again.

    The step that the caller is at is in the memory: `offer`, `confirm`, `number`, `already`, `cancel`, `last`.
    A slot is kept for the caller while it is offered, and sold at the end of the dialogue; should another one have
    got it after all, the next free one is offered.

    A number that is keyed proves nothing of who keys it: whether a callback is booked for it is heard and changed by
    those alone who call from it. What others hear is the same either way, now and when they call again.
    """

    type = "callback"
    title = "Callback"
    description = (
        "Offers the next free time of the queue's schedule. Exits: `booked` after the confirmation, `declined`, "
        "`none` when no time is free, `no_number` when the caller gives no number. Whoever left a queue by a key and "
        "declines, or finds no time, goes back to the place in the queue that was left."
    )
    Settings = CallbackElementSettings

    def exits(self, settings: CallbackElementSettings) -> Exits:
        return Exits(frozenset({"booked", "declined", "none", "no_number"}), back=frozenset({"declined", "none"}))

    def references(self, settings: CallbackElementSettings) -> tuple[Reference, ...]:
        return (Reference("queues", settings.queue, "queue"),)

    def books_in(self, settings: CallbackElementSettings) -> QueueKey:
        return QueueKey(settings.queue)

    def step(self, settings: CallbackElementSettings, event: Event, view: View) -> Iterable[Action]:
        match event:
            case Entered():
                yield from self._begin(settings, view)
            case Pressed(digit):
                yield NoLonger("silence")
                yield from self._key(settings, view, digit)
            case SaidAll() if view.memory.get("step") == "last":
                yield Leave(str(view.memory["exit"]))
            case SaidAll():
                yield After("silence", settings.wait_seconds)
            case Elapsed("silence"):
                yield from self._silence(settings, view)

    # ---- the steps

    def _begin(self, settings: CallbackElementSettings, view: View) -> Iterable[Action]:
        existing = view.live_booking(QueueKey(settings.queue), view.caller) if view.caller else None
        if existing:
            yield from self._tell_existing(view, existing)
        else:
            yield from self._offer(settings, view, later_than=None)

    def _tell_existing(self, view: View, existing: LiveBooking) -> Iterable[Action]:
        yield LetGoOfSlot()
        memory: Memory = {"step": "already", "booking": existing.booking, "at": existing.at.isoformat()}
        yield from _ask(view, memory, _existing(view, existing.at))

    def _ask_before_cancelling(self, view: View) -> Iterable[Action]:
        yield from _ask(view, {**view.memory, "step": "cancel", "repeats": 0}, _spoken(view, "callback.cancel"))

    def _offer(self, settings: CallbackElementSettings, view: View, later_than: Instant | None) -> Iterable[Action]:
        slot = view.next_slot(QueueKey(settings.queue), later_than)
        if slot is None and later_than is None:
            yield from _last(view, "none", _spoken(view, "callback.none"))
        elif slot is None:
            yield from self._offer_first_again(settings, view)
        else:
            yield from _offered(settings, view, slot)

    def _offer_first_again(self, settings: CallbackElementSettings, view: View) -> Iterable[Action]:
        """The caller asked for later than the last slot: begin again from the first."""
        slot = view.next_slot(QueueKey(settings.queue), None)
        if slot is None:
            yield from _last(view, "none", _spoken(view, "callback.none"))
        else:
            yield from _offered(settings, view, slot)

    def _key(self, settings: CallbackElementSettings, view: View, digit: str) -> Iterable[Action]:
        match view.memory.get("step"), digit:
            case "offer", "1":
                yield BeQuiet()
                yield from self._accepted(settings, view)
            case "offer", "2":
                yield BeQuiet()
                yield from self._offer(settings, view, later_than=_at(view))
            case "offer", "*":
                yield from _last(view, "declined", _spoken(view, "callback.declined"))
            case "confirm" | "number", _:
                yield from self._when_taken(settings, view, number_taking.pressed(view, digit))
            case "already", "2":
                yield from self._ask_before_cancelling(view)
            case "cancel", "1":
                yield CancelBooking(BookingId(str(view.memory["booking"])))
                yield from _last(view, "declined", _spoken(view, "callback.cancelled"))
            case "cancel", "*":
                yield from _last(view, "booked", _spoken(view, "callback.kept"))
            case "last", _:
                pass
            case _:
                yield from self._repeat(settings, view)

    def _accepted(self, settings: CallbackElementSettings, view: View) -> Iterable[Action]:
        taking = number_taking.begin(view, {"at": str(view.memory["at"])}, confirm=settings.confirm_number)
        yield from self._when_taken(settings, view, taking)

    def _when_taken(self, settings: CallbackElementSettings, view: View, taking: Taking) -> Iterable[Action]:
        """Nobody agrees to anything by saying nothing, and everybody is told what came of it."""
        number = yield from taking
        match number:
            case None:
                pass
            case NotTaken.NO_NUMBER:
                yield BeQuiet()
                yield Leave("no_number")
            case NotTaken.NOT_CONFIRMED:
                yield from _last(view, "declined", _spoken(view, "callback.declined"))
            case _:
                yield from self._book(settings, view, number)

    def _book(self, settings: CallbackElementSettings, view: View, number: str) -> Iterable[Action]:
        queue, at = QueueKey(settings.queue), _at(view)
        existing = view.live_booking(queue, number)
        if existing and number == view.caller:
            yield from self._tell_existing(view, existing)
        elif not view.is_free(queue, at):
            yield from self._offer(settings, view, later_than=None)
        else:
            yield WithholdSlot(queue, at) if existing else Book(queue, number, at)
            said = "callback.booked" if number == view.caller else "callback.booked_for_number"
            yield from _last(view, "booked", _spoken(view, said, _when(view, at)))

    # ---- silence and wrong keys

    def _silence(self, settings: CallbackElementSettings, view: View) -> Iterable[Action]:
        if number_taking.goes_on(view):
            yield from self._when_taken(settings, view, number_taking.silence(view))
        elif view.memory.get("step") in ("already", "cancel"):
            yield from self._without_answer(view)
        else:
            yield from self._repeat(settings, view)

    def _repeat(self, settings: CallbackElementSettings, view: View) -> Iterable[Action]:
        repeats = int(view.memory.get("repeats", 0)) + 1
        if repeats > SILENT_REPEATS:
            yield from self._without_answer(view)
            return
        memory = {**view.memory, "repeats": repeats}
        yield from _ask(view, memory, *self._question(view))

    def _without_answer(self, view: View) -> Iterable[Action]:
        """Nobody agrees to anything by saying nothing, and everybody is told what came of it."""
        match view.memory.get("step"):
            case "already" | "cancel":
                yield from _last(view, "booked", _spoken(view, "callback.kept"))
            case _:
                yield from _last(view, "declined", _spoken(view, "callback.declined"))

    def _question(self, view: View) -> tuple[Phrase, ...]:
        match view.memory.get("step"):
            case "already":
                return (_existing(view, _at(view)),)
            case "cancel":
                return (_spoken(view, "callback.cancel"),)
            case _:
                return (_spoken(view, "callback.offer", _when(view, _at(view))),)


def _offered(settings: CallbackElementSettings, view: View, slot: Instant) -> Iterable[Action]:
    yield KeepSlot(QueueKey(settings.queue), slot)
    memory: Memory = {"step": "offer", "at": slot.isoformat()}
    yield from _ask(view, memory, _spoken(view, "callback.offer", _when(view, slot)))


def _ask(view: View, memory: Memory, *phrases: Phrase) -> Iterable[Action]:
    yield Remember(memory)
    yield Say(phrases)


def _last(view: View, exit: str, *phrases: Phrase) -> Iterable[Action]:
    """Say this and then leave, whatever is pressed."""
    yield Remember({"step": "last", "exit": exit})
    yield Say(phrases)


def _at(view: View) -> Instant:
    return instant(datetime.fromisoformat(str(view.memory["at"])))


def _spoken(view: View, template: str, values: dict[str, SpokenValue] | None = None) -> TemplatePhrase:
    return TemplatePhrase(template, view.language, values or {})


def _existing(view: View, at: Instant) -> TemplatePhrase:
    """The booked time; of one that has passed, that we call as soon as we can."""
    if at < view.now:
        return _spoken(view, "callback.overdue")
    return _spoken(view, "callback.already", _when(view, at))


def _when(view: View, at: Instant) -> dict[str, SpokenValue]:
    wall, today = to_local(at, view.zone), to_local(view.now, view.zone).date()
    return {"day": RelativeDay(wall.date(), today), "time": WallTime(wall.time())}
