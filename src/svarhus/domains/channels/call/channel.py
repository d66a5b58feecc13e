"""Calls: callers who wait in a queue or are spoken with. They are over by themselves."""

from collections.abc import Iterable

from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.acts import call_acts
from svarhus.domains.channels.call import item, storage
from svarhus.domains.channels.channel import Channel, Rows
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Happened, Subject
from svarhus.domains.channels.names import CALL
from svarhus.domains.people.rights import Right
from svarhus.kit.clock import Instant
from svarhus.kit.database import Session
from svarhus.kit.ids import CallId, OrganisationId, PersonKey


class CallChannel(Channel):
    name = CALL
    right = Right.SEE_LIVE
    follows = "calls"
    by_ringing = True
    ends_by_itself = ("A call is over when it ends.", "Nothing needs to be done.")
    is_done = False

    def open(self, live: Live) -> Iterable[str]:
        return live.calls

    def item(self, live: Live, id: str) -> DeskItem | None:
        call = live.calls.get(CallId(id))
        return item.call_item(live, call, self.ref(id)) if call else None

    def position(self, live: Live, id: str) -> int | None:
        place = live.place_of(CallId(id))
        return live.position(place) if place else None

    def in_progress(self, live: Live, id: str) -> Subject | None:
        call = live.calls.get(CallId(id))
        return item.subject_of(live, call, self.ref(id)) if call else None

    async def subject(self, session: Session, organisation: OrganisationId, id: str) -> Subject | None:
        return await storage.find_subject(session, organisation, self.ref(id))

    async def history(self, session: Session, organisation: OrganisationId, subject: Subject) -> Happened:
        return Happened(await call_acts(session, organisation, subject.ref.id))

    def earlier(self, organisation: OrganisationId, number: str) -> Rows:
        return storage.earlier(organisation, number)

    async def last_of(
        self, session: Session, organisation: OrganisationId, person: PersonKey, since: Instant
    ) -> tuple[Instant, CaseRef] | None:
        found = await storage.last_of(session, organisation, person, since)
        return (found[0], self.ref(found[1])) if found else None
