"""The desk: all that waits for somebody, in one list, whatever the channel."""

from collections.abc import Collection, Iterator

import msgspec

from svarhus.domains.cases.model import CaseRef, case_ref
from svarhus.domains.cases.priority import priority_at
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Subject
from svarhus.domains.channels.registry import CHANNELS, Channels
from svarhus.exchange.core.core import Core
from svarhus.kit.clock import Instant


class LiveDesk:
    """What is open in one organisation, as its live state has it."""

    def __init__(self, channels: Channels = CHANNELS) -> None:
        self.channels = channels

    def items(self, core: Core) -> tuple[DeskItem, ...]:
        """All that is open, what is due first at the front."""
        live = _live(core)
        found = [channel.item(live, id) for channel in self.channels for id in channel.open(live)]
        return tuple(sorted((item for item in found if item), key=lambda item: (item.due_at, item.came_at, item.key)))

    def cases_in(self, core: Core, queues: Collection[str]) -> Iterator[str]:
        """Keys of what is open in one of these queues."""
        return (item.key for item in self.items(core) if item.queue in queues)

    def item(self, core: Core, key: str) -> DeskItem | None:
        """A case as it stands now; None when it does not wait for anybody any more."""
        case = case_ref(key)
        return self.channels.of(case.kind).item(_live(core), case.id)

    def as_of(self, core: Core, item: DeskItem, now: Instant) -> DeskItem:
        """The item with what changes although nothing happens to it: its priority, and its place in the queue."""
        return msgspec.structs.replace(
            item,
            priority=priority_at(item.priority, item.rises, now),
            position=self.channels.of(item.kind).position(_live(core), item.id),
        )

    def in_progress(self, core: Core, case: CaseRef) -> Subject | None:
        """A case that goes on, also when it is not on the desk."""
        return self.channels.of(case.kind).in_progress(_live(core), case.id)


def _live(core: Core) -> Live:
    state = core.state
    return Live(
        calls=state.calls,
        legs=state.legs,
        place_of=state.place_of,
        offers=state.offers,
        bookings=state.bookings,
        episodes=state.episodes,
        queues=core.rules.queues,
        categories=core.rules.categories,
        position=state.matching.position,
    )


class Desk(msgspec.Struct, frozen=True):
    """Some of what waits, what is due first at the front."""

    items: tuple[DeskItem, ...]
    next: str | None
    """Cursor of the next page; null at the end."""
    hidden: int
    """How many more there are that the one who asks has hidden."""
