"""The desk: all that waits for somebody, in one list, whatever the channel. What goes on is in the live state; what
waits and does nothing by itself, and what people have added, are in tables, and what of it is open is remembered here,
so that a change is told at once."""

from collections.abc import Collection, Iterator, Sequence

import msgspec

from svarhus.domains.cases.model import NO_MARKS, CaseRef, Marks, case_ref
from svarhus.domains.cases.priority import priority_at
from svarhus.domains.cases.repository import open_marks
from svarhus.domains.cases.tables import cases
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Kept, Subject
from svarhus.domains.channels.registry import CHANNELS, Channels
from svarhus.exchange.core.core import Core, Numbered
from svarhus.kit.clock import Instant
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId


class LiveDesk:
    """What is open in one organisation."""

    def __init__(self, channels: Channels = CHANNELS) -> None:
        self.channels = channels
        self._marks: dict[str, Marks] = {}
        self._kept: dict[str, Kept] = {}

    async def load(self, database: Database, organisation: OrganisationId) -> None:
        """Read what is open."""
        async with database.begin() as session:
            for channel in self.channels:
                waits = channel.still_open(organisation, cases.c.case_id)
                self._marks |= await open_marks(session, organisation, channel.name, waits)
                self._kept |= {kept.ref.key: kept for kept in await channel.kept(session, organisation)}

    def learn(self, facts: Sequence[Numbered]) -> None:
        """What has been committed: what has come in, such as messages that callers have left."""
        for numbered in facts:
            for channel in self.channels:
                if kept := channel.came(numbered.fact, numbered.at):
                    self._kept[kept.ref.key] = kept

    def marked(self, case: CaseRef, marks: Marks) -> None:
        self._marks[case.key] = marks

    def keep(self, case: CaseRef, kept: Kept | None) -> None:
        """It waits, or (None) does not any more."""
        if kept is None:
            self._kept.pop(case.key, None)
        else:
            self._kept[case.key] = kept

    def items(self, core: Core) -> tuple[DeskItem, ...]:
        """All that is open, what is due first at the front."""
        live = self._live(core)
        keys = [channel.ref(id).key for channel in self.channels for id in channel.open(live)]
        found = (self.item(core, key) for key in keys)
        return tuple(sorted((item for item in found if item), key=lambda item: (item.due_at, item.key)))

    def cases_in(self, core: Core, queues: Collection[str]) -> Iterator[str]:
        """Keys of what is open in one of these queues."""
        return (item.key for item in self.items(core) if item.queue in queues)

    def item(self, core: Core, key: str) -> DeskItem | None:
        """A case as it stands now; None when it does not wait for anybody any more."""
        case, live = case_ref(key), self._live(core)
        channel = self.channels.of(case.kind)
        item = channel.item(live, case.id, self._marks.get(key, NO_MARKS))
        if item is None and channel.in_progress(live, case.id) is None:
            self._marks.pop(key, None)
        return item

    def as_of(self, core: Core, item: DeskItem, now: Instant) -> DeskItem:
        """The item with what changes although nothing happens to it: its priority, and its place in the queue."""
        return msgspec.structs.replace(
            item,
            priority=priority_at(item.priority, item.rises, now),
            position=self.channels.of(item.kind).position(self._live(core), item.id),
        )

    def in_progress(self, core: Core, case: CaseRef) -> Subject | None:
        """A case that goes on, also when it is not on the desk."""
        return self.channels.of(case.kind).in_progress(self._live(core), case.id)

    def _live(self, core: Core) -> Live:
        state = core.state
        return Live(
            calls=state.calls,
            legs=state.legs,
            place_of=state.place_of,
            offers=state.offers,
            bookings=state.bookings,
            kept=self._kept,
            queues=core.rules.queues,
            position=state.matching.position,
        )


class Desk(msgspec.Struct, frozen=True):
    """Some of what waits, what is due first at the front."""

    items: tuple[DeskItem, ...]
    next: str | None
    """Cursor of the next page; null at the end."""
    hidden: int
    """How many more there are that the one who asks has hidden."""
