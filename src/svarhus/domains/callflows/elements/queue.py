"""A queue: the caller waits until a member answers."""

from collections.abc import Iterable

from pydantic import Field

from svarhus.domains.callflows import keeping, way_on
from svarhus.domains.callflows.steps import (
    Action,
    After,
    Elapsed,
    ElementType,
    Entered,
    Event,
    Exits,
    Leave,
    LeaveQueue,
    NobodyLeft,
    NoLonger,
    NotLetIn,
    Pressed,
    Reference,
    Remember,
    RoundOver,
    SaidAll,
    Say,
    View,
    WaitInQueue,
)
from svarhus.domains.queues.announcements import Announcements
from svarhus.domains.queues.closing import Closing
from svarhus.domains.queues.entry import NotLetInBy, limit_reached
from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.needs import Needs
from svarhus.domains.queues.precedence import Precedence
from svarhus.domains.queues.shown import MemberDisplay, MemberSees
from svarhus.domains.queues.waiting_sound import ALWAYS_THERE, WaitingSound
from svarhus.domains.queues.ways import LeftBy
from svarhus.kit.document import E164, DocumentPart, Key
from svarhus.kit.ids import QueueKey
from svarhus.ports.speech import MessagePhrase


class QueueSettings(DocumentPart):
    """What is left out is as the queue says."""

    queue: Key
    priority: int = Field(default=0, ge=0, le=9, description="Higher goes before lower, whenever it came.")
    precedence: Precedence | None = Field(
        default=None,
        description="Of these calls before those of other queues with the same members. Inside the queue `priority` "
        "counts.",
    )
    most_waiting: int | None = Field(default=None, ge=0, description="With so many waiting already: exit `full`.")
    longest_estimate: int | None = Field(
        default=None, ge=1, le=240, description="Minutes: who would wait longer by the estimate leaves by `full`."
    )
    no_waiting: bool | None = Field(
        default=None, description="Who cannot be offered to a free member at once leaves by `full`."
    )
    longest_wait: int | None = Field(
        default=None, ge=5, le=4 * 3600, description="Seconds of waiting, then exit `timed_out`."
    )
    most_rounds: int | None = Field(
        default=None,
        ge=1,
        le=100,
        description="So often is everybody who is free asked in vain, then exit `timed_out`.",
    )
    waiting_sound: WaitingSound | None = Field(default=None, description="What callers hear while they wait here.")
    music: Key | None = Field(default=None, description="The playlist.")
    announcements: Announcements | None = Field(default=None, description="What callers are told here.")
    needs: Needs | None = Field(default=None, description="What callers need here.")
    ring_time: int | None = Field(default=None, ge=5, le=120, description="Seconds that a member's phone rings.")
    presented: E164 | None = Field(default=None, description="Number that members see, where the queue's is shown.")
    member_sees: MemberSees | None = Field(default=None, description="Which number a member's phone shows.")
    member_display: MemberDisplay | None = Field(default=None, description="How the phone tells these calls apart.")
    wait_for_nobody: bool = Field(
        default=False,
        description="Wait although no member is logged in. Otherwise exit `nobody`, also when the last one logs out.",
    )


_OF_THE_QUEUE = (
    "waiting_sound",
    "music",
    "announcements",
    "needs",
    "precedence",
    "ring_time",
    "presented",
    "member_sees",
    "member_display",
)
"""Settings of the queue that may be others at each place."""


class QueueElement(ElementType[QueueSettings]):
    """A key with an exit leaves the queue by it, for example to a callback."""

    type = "queue"
    title = "Queue"
    description = (
        "The caller waits with music and is told the place. Exits: `full`, `closed` (for now), `nobody` (logged in), "
        "`timed_out`, and any key by which a waiting caller may leave. Without `full` or `closed` the queue's own way "
        "on is taken. `kept`: who has kept the place, or has given up a kept one, by a queue that keeps places."
    )
    Settings = QueueSettings

    def exits(self, settings: QueueSettings) -> Exits:
        at_once = frozenset({"closed", "full", "nobody"})
        return Exits(at_once | {"timed_out", "kept"}, keys=True, at_once=at_once)

    def references(self, settings: QueueSettings) -> tuple[Reference, ...]:
        own = settings.announcements.messages if settings.announcements else ()
        messages = (
            Reference("messages", each.message, f"announcements.messages[{i}].message") for i, each in enumerate(own)
        )
        named = settings.music is not None and settings.music != ALWAYS_THERE
        music = (Reference("playlists", settings.music, "music"),) if settings.music and named else ()
        return (Reference("queues", settings.queue, "queue"), *music, *messages)

    def waits_in(self, settings: QueueSettings) -> QueueKey:
        return QueueKey(settings.queue)

    def queue_here(self, settings: QueueSettings, queue: Queue) -> Queue:
        said = {name: getattr(settings, name) for name in _OF_THE_QUEUE}
        here = {name: value for name, value in said.items() if value is not None}
        return queue.model_copy(update=here) if here else queue

    def step(self, settings: QueueSettings, event: Event, view: View) -> Iterable[Action]:
        queue = view.queue(QueueKey(settings.queue))
        if isinstance(event, Entered):
            yield from self._come(settings, view, event)
        elif way_on.is_taken(view):
            yield from way_on.step(queue, event, view)
        elif keeping.goes_on(view):
            yield from self._keeping(settings, view, keeping.step(queue, event, view))
        else:
            yield from self._waits(settings, event, view)

    def _waits(self, settings: QueueSettings, event: Event, view: View) -> Iterable[Action]:
        match event:
            case SaidAll() if "closed" in view.memory:
                yield from self._turn_away(settings, view, "closed")
            case Elapsed("longest_wait"):
                yield LeaveQueue(LeftBy.TIMED_OUT)
                yield Leave("timed_out")
            case RoundOver(rounds) if self._were_all(settings, rounds, view):
                yield LeaveQueue(LeftBy.TIMED_OUT)
                yield Leave("timed_out")
            case NobodyLeft() if not settings.wait_for_nobody and "nobody" in view.exits:
                yield LeaveQueue(LeftBy.NO_MEMBERS)
                yield Leave("nobody")
            case Pressed(digit) if digit in view.exits:
                yield LeaveQueue(LeftBy.CHOSE_OTHER)
                yield Leave(digit)
            case Pressed(digit) if view.may_keep_by_key(QueueKey(settings.queue), digit):
                yield LeaveQueue(LeftBy.CHOSE_OTHER)
                yield NoLonger("longest_wait")
                queue = view.queue(QueueKey(settings.queue))
                yield from self._keeping(settings, view, keeping.begin(queue, view))

    def _keeping(self, settings: QueueSettings, view: View, actions: Iterable[Action]) -> Iterable[Action]:
        """Who keeps no place goes on waiting at the one that was left."""
        for action in actions:
            if action == Leave(keeping.WAIT):
                yield Remember({})
                yield from self._wait(settings, view)
            else:
                yield action

    def _come(self, settings: QueueSettings, view: View, entered: Entered) -> Iterable[Action]:
        """Who has kept a place here hears of it first."""
        queue = QueueKey(settings.queue)
        comes_anew = view.waited(queue) is None and not entered.priority and not entered.led
        held = view.held_place(queue, view.caller) if comes_anew and view.caller else None
        yield from keeping.tell(view, held) if held else self._enter(settings, view, entered)

    def _were_all(self, settings: QueueSettings, rounds: int, view: View) -> bool:
        most = settings.most_rounds or view.queue(QueueKey(settings.queue)).entry.most_rounds
        return most is not None and rounds >= most

    def _enter(self, settings: QueueSettings, view: View, entered: Entered) -> Iterable[Action]:
        queue, priority = QueueKey(settings.queue), max(settings.priority, entered.priority)
        closing = view.closing(queue)
        if closing is not None and view.waited(queue) is None and not entered.priority:
            yield NotLetIn(queue, NotLetInBy.CLOSED, priority)
            yield from self._closed(settings, view, closing)
        elif not settings.wait_for_nobody and view.logged_in(queue) == 0:
            yield NotLetIn(queue, NotLetInBy.NOBODY, priority)
            yield Leave("nobody")
        elif (reason := self._full(settings, view, entered)) is not None:
            yield NotLetIn(queue, reason, priority)
            yield from self._turn_away(settings, view, "full")
        else:
            yield from self._wait(settings, view, priority)

    def _wait(self, settings: QueueSettings, view: View, priority: int | None = None) -> Iterable[Action]:
        queue = QueueKey(settings.queue)
        longest = settings.longest_wait or view.queue(queue).entry.longest_wait
        if longest is not None:
            yield After("longest_wait", max(0.0, longest - (view.waited(queue) or 0.0)))
        yield WaitInQueue(queue, settings.priority if priority is None else priority)

    def _closed(self, settings: QueueSettings, view: View, closing: Closing) -> Iterable[Action]:
        """The caller hears why, when something was said of it, and goes on."""
        if closing.message is None:
            yield from self._turn_away(settings, view, "closed")
        else:
            yield Remember({"closed": 1})
            yield Say((MessagePhrase(closing.message, view.language),))

    def _turn_away(self, settings: QueueSettings, view: View, exit: str) -> Iterable[Action]:
        if exit in view.exits:
            yield Leave(exit)
        else:
            yield from way_on.begin(view.queue(QueueKey(settings.queue)), view)

    def _full(self, settings: QueueSettings, view: View, entered: Entered) -> NotLetInBy | None:
        """Why the queue is full for this caller. It is so for nobody who has stood in it, is led to it while the flow
        says nothing of that, or can be offered to a free member at once."""
        queue = QueueKey(settings.queue)
        has_a_right = view.waited(queue) is not None or entered.priority
        if has_a_right or (entered.led and "full" not in view.exits):
            return None
        reason = self._limit_reached(settings, view)
        return reason if reason and not view.is_offered_at_once(queue) else None

    def _limit_reached(self, settings: QueueSettings, view: View) -> NotLetInBy | None:
        queue = QueueKey(settings.queue)
        said = {name: getattr(settings, name) for name in ("no_waiting", "most_waiting", "longest_estimate")}
        here = {name: value for name, value in said.items() if value is not None}
        limits = view.queue(queue).entry.model_copy(update=here)
        return limit_reached(limits, view.waiting(queue), lambda: view.estimated(queue, settings.priority))
