"""Queue or callback: the caller chooses between waiting on the line, keeping the place, and a time."""

from collections.abc import Iterable
from math import ceil

from pydantic import Field

from svarhus.domains.callflows import keeping
from svarhus.domains.callflows.steps import (
    Action,
    After,
    Elapsed,
    ElementType,
    Entered,
    Event,
    Exits,
    Leave,
    NoLonger,
    NotLetIn,
    Pressed,
    Reference,
    Remember,
    SaidAll,
    Say,
    View,
)
from svarhus.domains.queues.entry import NotLetInBy, limit_reached
from svarhus.kit.document import DocumentPart, Key
from svarhus.kit.ids import QueueKey
from svarhus.ports.speech import Count, Minutes, Phrase, TemplatePhrase

_REPEATS = 2


class DuoSettings(DocumentPart):
    queue: Key = Field(description="The queue in which the caller waits, or keeps a place.")
    priority: int = Field(default=0, ge=0, le=9, description="Of a place that is kept here.")
    wait_seconds: int = Field(default=6, ge=2, le=60, description="Silence to wait for a key.")


class DuoElement(ElementType[DuoSettings]):
    """Nobody is asked who can be offered to a free member at once, or whom the queue turns away for another reason than
    its length. Who says nothing waits on the line."""

    type = "duo"
    title = "Queue or callback"
    description = (
        "The caller chooses: wait on the line (exit `wait`), keep the place in the queue, hang up and be called at the "
        "turn (`kept`), or be called at a time from the schedule (`time`). Past the queue's limits a time is offered "
        "alone. Who has kept a place hears of it, and may give it up or go back to wait on the line at that place."
    )
    Settings = DuoSettings

    def exits(self, settings: DuoSettings) -> Exits:
        return Exits(frozenset({"wait", "kept", "time"}), required=frozenset({"wait"}), back=frozenset({"wait"}))

    def references(self, settings: DuoSettings) -> tuple[Reference, ...]:
        return (Reference("queues", settings.queue, "queue"),)

    def books_in(self, settings: DuoSettings) -> QueueKey:
        return QueueKey(settings.queue)

    def step(self, settings: DuoSettings, event: Event, view: View) -> Iterable[Action]:
        if keeping.goes_on(view):
            yield from keeping.step(view.queue(QueueKey(settings.queue)), event, view)
            return
        match event:
            case Entered():
                yield from self._enter(settings, view)
            case Pressed(digit):
                yield NoLonger("silence")
                yield from self._key(settings, view, digit)
            case SaidAll():
                yield After("silence", settings.wait_seconds)
            case Elapsed("silence"):
                yield from self._ask_again(settings, view)

    def _enter(self, settings: DuoSettings, view: View) -> Iterable[Action]:
        queue = QueueKey(settings.queue)
        held = view.held_place(queue, view.caller) if view.caller else None
        if held:
            yield from keeping.tell(view, held)
        elif view.closing(queue) or not view.logged_in(queue) or view.is_offered_at_once(queue):
            yield Leave("wait")
        elif reason := self._past_limits(settings, view):
            if self._has_time(settings, view):
                yield NotLetIn(queue, reason, settings.priority)
            yield Leave("time" if self._has_time(settings, view) else "wait")
        elif not view.may_keep_place(queue) and not self._has_time(settings, view):
            yield Leave("wait")
        else:
            yield from self._ask(settings, view, repeats=0)

    def _past_limits(self, settings: DuoSettings, view: View) -> NotLetInBy | None:
        """Nobody who has stood in the queue is turned away from it."""
        queue = QueueKey(settings.queue)
        if view.waited(queue) is not None:
            return None
        return limit_reached(
            view.queue(queue).entry, view.waiting(queue), lambda: view.estimated(queue, settings.priority)
        )

    def _has_time(self, settings: DuoSettings, view: View) -> bool:
        return "time" in view.exits and view.next_slot(QueueKey(settings.queue), None) is not None

    def _ask(self, settings: DuoSettings, view: View, repeats: int) -> Iterable[Action]:
        yield Remember({"repeats": repeats})
        yield Say(tuple(self._question(settings, view)))

    def _question(self, settings: DuoSettings, view: View) -> Iterable[Phrase]:
        queue, language = QueueKey(settings.queue), view.language
        position = Count(view.position(queue, settings.priority))
        yield TemplatePhrase("queue.position", language, {"position": position})
        wait = view.estimated(queue, settings.priority)
        if wait is not None:
            yield TemplatePhrase("queue.wait", language, {"wait": Minutes(ceil(wait / 60))})
        yield TemplatePhrase("keep.choose_wait", language)
        if view.may_keep_place(queue):
            yield TemplatePhrase("keep.choose_place", language)
        if self._has_time(settings, view):
            yield TemplatePhrase("keep.choose_time", language)

    def _ask_again(self, settings: DuoSettings, view: View) -> Iterable[Action]:
        repeats = int(view.memory.get("repeats", 0)) + 1
        if repeats > _REPEATS:
            yield Leave("wait")
        else:
            yield from self._ask(settings, view, repeats)

    def _key(self, settings: DuoSettings, view: View, digit: str) -> Iterable[Action]:
        queue = QueueKey(settings.queue)
        match digit:
            case "1":
                yield Leave("wait")
            case "2" if view.may_keep_place(queue):
                yield from keeping.begin(view.queue(queue), view, settings.priority)
            case "3" if self._has_time(settings, view):
                yield Leave("time")
            case _:
                yield from self._ask_again(settings, view)
