"""A callback: the caller is offered a stated time, and rung back then."""

from collections.abc import Iterable

from svarhus.domains.callflows import number_taking
from svarhus.domains.callflows.callback import message, numbers, offering
from svarhus.domains.callflows.callback.settings import MESSAGE, CallbackElementSettings, Ending
from svarhus.domains.callflows.callback.words import ask, at_of, last, spoken
from svarhus.domains.callflows.number_taking import SILENT_REPEATS
from svarhus.domains.callflows.steps import (
    Action,
    After,
    BeQuiet,
    CancelBooking,
    Elapsed,
    ElementType,
    Entered,
    Event,
    Exits,
    Leave,
    MessageTaken,
    NoLonger,
    Pressed,
    Reference,
    SaidAll,
    View,
)
from svarhus.kit.ids import BookingId, QueueKey
from svarhus.ports.speech import TemplatePhrase

_DEAF = ("last", "message", "recording", "thanks")
"""Steps in which keys mean nothing."""


class CallbackElement(ElementType[CallbackElementSettings]):
    """The dialogue: time offered → accepted → number known or keyed in → booked and said again.

    The step that the caller is at is in the memory: `offer` or `soon`, `confirm`, `number`; `already`, `change`,
    `cancel`; `message`, `recording`, `thanks`; `last`. A slot is kept for the caller while it is offered, and sold at
    the end of the dialogue.
    """

    type = "callback"
    title = "Callback"
    description = (
        "Offers the next free time of the queue's schedule, or a call as soon as can be. Who has one is told so, and "
        "may change or cancel it. Exits: `booked` after the confirmation, `declined`, `none` when no time is free, "
        "`no_number` when the caller gives no number, `closed` outside of the hours, `message` after a spoken one. "
        "Whoever left a queue by a key and declines, or finds no time, goes back to the place in the queue that was "
        "left."
    )
    Settings = CallbackElementSettings

    def exits(self, settings: CallbackElementSettings) -> Exits:
        return Exits(frozenset({*Ending, MESSAGE}), back=frozenset({Ending.DECLINED, Ending.NONE}))

    def references(self, settings: CallbackElementSettings) -> tuple[Reference, ...]:
        named = (
            ("queues", settings.queue, "queue"),
            ("hours", settings.hours, "hours"),
            ("messages", settings.information, "information"),
            ("messages", settings.confirmation, "confirmation"),
            ("messages", settings.wrong_number, "wrong_number"),
            ("messages", settings.greeting, "greeting"),
        )
        return tuple(Reference(kind, key, setting) for kind, key, setting in named if key)

    def books_in(self, settings: CallbackElementSettings) -> QueueKey:
        return QueueKey(settings.queue)

    def step(self, settings: CallbackElementSettings, event: Event, view: View) -> Iterable[Action]:
        match event:
            case Entered():
                yield from offering.begin(settings, view)
            case Pressed(digit):
                yield NoLonger("silence")
                yield from self._key(settings, view, digit)
            case SaidAll():
                yield from self._said(settings, view)
            case MessageTaken(seconds):
                yield from message.taken(view, seconds)
            case Elapsed("silence"):
                yield from self._silence(settings, view)

    def _said(self, settings: CallbackElementSettings, view: View) -> Iterable[Action]:
        match view.memory.get("step"):
            case "last":
                yield from message.leave(settings, view, str(view.memory["exit"]))
            case "message":
                yield from message.take(settings, view)
            case "thanks":
                yield Leave(str(view.memory["exit"]))
            case _:
                yield After("silence", settings.wait_seconds)

    # ---- keys

    def _key(self, settings: CallbackElementSettings, view: View, digit: str) -> Iterable[Action]:
        match view.memory.get("step"):
            case "offer" | "soon" | "change":
                yield from self._key_at_offer(settings, view, digit)
            case "confirm" | "number":
                yield from numbers.pressed(settings, view, digit)
            case "already" | "cancel":
                yield from self._key_at_existing(settings, view, digit)
            case step if step not in _DEAF:
                yield from self._repeat(settings, view)

    def _key_at_offer(self, settings: CallbackElementSettings, view: View, digit: str) -> Iterable[Action]:
        at, changes = at_of(view), view.memory["step"] == "change"
        queue, booking = offering.queue_of(settings, view), offering.changed(view.memory)
        match digit:
            case "1":
                yield BeQuiet()
                yield from offering.change(settings, view) if changes else numbers.take(settings, view)
            case "2" if at:
                yield BeQuiet()
                yield from offering.offer_change(view, at) if changes else offering.offer(settings, view, at)
            case "3" if at and (other := offering.another_day(view, queue, at, booking)):
                yield BeQuiet()
                yield from offering.offer_on(settings, view, other)
            case "*":
                yield from _kept(view) if changes else _declined(view)
            case _:
                yield from self._repeat(settings, view)

    def _key_at_existing(self, settings: CallbackElementSettings, view: View, digit: str) -> Iterable[Action]:
        match view.memory["step"], digit:
            case "already", "1" if view.memory.get("changes"):
                yield from offering.offer_change(view, None)
            case "already", "2":
                memory = {**view.memory, "step": "cancel", "repeats": 0}
                yield from ask(memory, spoken(view, "callback.cancel"))
            case "cancel", "1":
                yield CancelBooking(BookingId(str(view.memory["booking"])))
                yield from last(Ending.DECLINED, spoken(view, "callback.cancelled"))
            case "cancel", "*":
                yield from _kept(view)
            case _:
                yield from self._repeat(settings, view)

    # ---- silence and wrong keys

    def _silence(self, settings: CallbackElementSettings, view: View) -> Iterable[Action]:
        if number_taking.goes_on(view):
            yield from numbers.silence(settings, view)
        elif view.memory.get("step") in ("already", "cancel"):
            yield from self._without_answer(view)
        else:
            yield from self._repeat(settings, view)

    def _repeat(self, settings: CallbackElementSettings, view: View) -> Iterable[Action]:
        repeats = int(view.memory.get("repeats", 0)) + 1
        if repeats > SILENT_REPEATS:
            yield from self._without_answer(view)
        else:
            yield from ask({**view.memory, "repeats": repeats}, self._question(settings, view))

    def _without_answer(self, view: View) -> Iterable[Action]:
        """Nobody agrees to anything by saying nothing, and everybody is told what came of it."""
        match view.memory.get("step"):
            case "already" | "cancel" | "change":
                yield from _kept(view)
            case _:
                yield from _declined(view)

    def _question(self, settings: CallbackElementSettings, view: View) -> TemplatePhrase:
        match view.memory.get("step"):
            case "already":
                return offering.existing_question(view, at_of(view), bool(view.memory.get("changes")))
            case "cancel":
                return spoken(view, "callback.cancel")
            case _:
                return offering.question(settings, view)


def _kept(view: View) -> Iterable[Action]:
    yield from last(Ending.BOOKED, spoken(view, "callback.kept"))


def _declined(view: View) -> Iterable[Action]:
    yield from last(Ending.DECLINED, spoken(view, "callback.declined"))
