"""A queue: the caller waits until a member answers."""

from collections.abc import Iterable

from pydantic import Field

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
    Pressed,
    Reference,
    View,
    WaitInQueue,
)
from svarhus.domains.queues.ways import LeftBy
from svarhus.kit.document import DocumentPart, Key
from svarhus.kit.ids import QueueKey


class QueueSettings(DocumentPart):
    queue: Key
    priority: int = Field(default=0, ge=0, le=9, description="Higher goes before lower, whenever it came.")
    most_waiting: int | None = Field(default=None, ge=0, description="With so many waiting already: exit `full`.")
    longest_wait: int | None = Field(
        default=None, ge=5, le=4 * 3600, description="Seconds of waiting, then exit `timed_out`."
    )
    wait_for_nobody: bool = Field(
        default=False,
        description="Wait although no member is logged in. Otherwise exit `nobody`, also when the last one logs out.",
    )


class QueueElement(ElementType[QueueSettings]):
    """A key with an exit leaves the queue by it, for example to a callback."""

    type = "queue"
    title = "Queue"
    description = (
        "The caller waits with music and is told the place. Exits: `full`, `nobody` (logged in), `timed_out`, "
        "and any key by which a waiting caller may leave."
    )
    Settings = QueueSettings

    def exits(self, settings: QueueSettings) -> Exits:
        return Exits(frozenset({"full", "nobody", "timed_out"}), keys=True, at_once=frozenset({"full", "nobody"}))

    def references(self, settings: QueueSettings) -> tuple[Reference, ...]:
        return (Reference("queues", settings.queue, "queue"),)

    def waits_in(self, settings: QueueSettings) -> QueueKey:
        return QueueKey(settings.queue)

    def step(self, settings: QueueSettings, event: Event, view: View) -> Iterable[Action]:
        match event:
            case Entered():
                yield from self._enter(settings, view, event)
            case Elapsed("longest_wait"):
                yield LeaveQueue(LeftBy.TIMED_OUT)
                yield Leave("timed_out")
            case NobodyLeft() if not settings.wait_for_nobody and "nobody" in view.exits:
                yield LeaveQueue(LeftBy.NO_MEMBERS)
                yield Leave("nobody")
            case Pressed(digit) if digit in view.exits:
                yield LeaveQueue(LeftBy.CHOSE_OTHER)
                yield Leave(digit)

    def _enter(self, settings: QueueSettings, view: View, entered: Entered) -> Iterable[Action]:
        queue = QueueKey(settings.queue)
        full = settings.most_waiting is not None and view.waiting(queue) >= settings.most_waiting
        waited = view.waited(queue)
        if not settings.wait_for_nobody and view.logged_in(queue) == 0:
            yield Leave("nobody")
        elif full and waited is None and not entered.priority and not (entered.led and "full" not in view.exits):
            yield Leave("full")
        else:
            if settings.longest_wait is not None:
                yield After("longest_wait", max(0.0, settings.longest_wait - (waited or 0.0)))
            yield WaitInQueue(queue, max(settings.priority, entered.priority))
