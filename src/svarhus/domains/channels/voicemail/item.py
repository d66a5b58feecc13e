"""What the desk shows of a message that nobody has handled."""

from datetime import timedelta

import msgspec

from svarhus.domains.cases.model import Marks
from svarhus.domains.channels.item import desk_item, desk_settings
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Kept
from svarhus.kit.clock import after


def message_item(live: Live, message: Kept, marks: Marks) -> DeskItem:
    allowed = timedelta(minutes=desk_settings(live.queues.get(message.queue)).voicemail_minutes)
    due_at = after(message.came_at, allowed)
    item = desk_item(live, message.ref, marks, message.queue, message.came_at, due_at, allowed)
    return msgspec.structs.replace(item, state="new", number=message.number, seconds=message.seconds)
