"""A line of the desk, as far as it is the same whatever the channel."""

from datetime import timedelta

from svarhus.domains.cases.model import CaseRef
from svarhus.domains.cases.priority import Priority, rises
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem
from svarhus.domains.queues.model import DeskSettings, Queue
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CategoryKey, QueueKey


def desk_settings(queue: Queue | None) -> DeskSettings:
    return queue.desk if queue else DeskSettings()


def desk_item(
    live: Live,
    case: CaseRef,
    queue_key: QueueKey,
    came_at: Instant,
    due_at: Instant,
    allowed: timedelta,
    category: CategoryKey | None = None,
) -> DeskItem:
    """What all channels have alike. `allowed`: how late it may be before it rises once more."""
    queue = live.queues.get(queue_key)
    marks = live.marks_of(case)
    about = live.categories.get(category) if category else None
    begins_as = marks.priority or Priority(about.priority if about else desk_settings(queue).priority)
    return DeskItem(
        key=case.key,
        kind=case.kind,
        id=case.id,
        state="",
        queue=queue_key,
        unit=queue.unit if queue else None,
        number=None,
        name="",
        came_at=came_at,
        due_at=due_at,
        priority=begins_as,
        rises=rises(begins_as, due_at, allowed),
        given_priority=marks.priority,
        taken_by=marks.taken_by,
        taken_at=marks.taken_at,
        person=None,
        position=None,
        seconds=None,
        attempts=0,
        most_attempts=None,
        call=None,
        notes=marks.notes,
        tags=marks.tags,
        language="",
        revision=marks.revision,
        category=category,
    )
