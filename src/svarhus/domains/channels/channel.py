"""What a channel is: all that the desk, cases and lists ask of it.

A new one is a folder beside this file with a subclass of `Channel`, and a line in `registry.py`; what it does not
have it need not say.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable

from sqlalchemy import Select

from svarhus.domains.cases.model import CaseRef, ChannelName
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Happened, Subject
from svarhus.domains.people.rights import Right
from svarhus.kit.clock import Instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey

Rows = Select[*tuple[object, ...]]
"""A query that is put together with those of other channels: its columns have the names that are asked for."""


class Channel(ABC):
    """One way by which work comes in."""

    name: ChannelName
    right: Right
    """Who has it may take care of what comes in so, and sees it."""
    follows: str | None = None
    """The kind of change of the live state that may change a line of the desk beside changes of cases, see
    `exchange.core.state.Topic`."""
    told_as: str | None = None
    """The live topic that tells only that one of them has changed, where there is one."""
    by_ringing: bool = False
    """It is taken by having one's own phone rung for it."""
    ends_by_itself: tuple[str, str] | None = None
    """Why nobody marks it as handled, and what to do instead. None: somebody does."""
    is_done: bool = True
    """At its end it stands in the list of what was done."""

    def ref(self, id: str) -> CaseRef:
        return CaseRef(self.name, id)

    # ---- on the desk

    @abstractmethod
    def open(self, live: Live) -> Iterable[str]:
        """The ids of all that may wait for somebody."""

    @abstractmethod
    def item(self, live: Live, id: str) -> DeskItem | None:
        """As it stands now; None when it does not wait for anybody (any more)."""

    def position(self, live: Live, id: str) -> int | None:
        """The place in a queue, from 1, of what stands in one."""
        return None

    def in_progress(self, live: Live, id: str) -> Subject | None:
        """What goes on just now and is in no table yet, also when it is not on the desk."""
        return None

    # ---- in the tables

    @abstractmethod
    async def subject(self, session: Session, organisation: OrganisationId, id: str) -> Subject | None:
        """What it is about; None when there is none with this id."""

    @abstractmethod
    async def history(self, session: Session, organisation: OrganisationId, subject: Subject) -> Happened:
        """What happened to it, beside what people have added."""

    @abstractmethod
    def earlier(self, organisation: OrganisationId, number: str) -> Rows:
        """What the number (E.164) had to do with us: organisation_id, kind, id, at, queue, person, outcome, seconds,
        outgoing."""

    def done(self, organisation: OrganisationId, since: Instant) -> Rows | None:
        """What was done since then: organisation_id, kind, id, done_at, who, outcome, came_at, queue, number, seconds,
        by_customer. None where nothing is ever done so."""
        return None

    async def last_of(
        self, session: Session, organisation: OrganisationId, person: PersonKey, since: Instant
    ) -> tuple[Instant, CaseRef] | None:
        """What the person had to do with last by this channel, and until when."""
        return None
