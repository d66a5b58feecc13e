"""Callbacks: promises to ring back. How each attempt went is marked; they are not handled otherwise."""

from collections.abc import Iterable

from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.callback import history, storage
from svarhus.domains.channels.callback.item import booking_item
from svarhus.domains.channels.channel import Channel, Rows
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Happened, Subject
from svarhus.domains.channels.names import CALLBACK
from svarhus.domains.people.rights import Right
from svarhus.kit.clock import Instant
from svarhus.kit.database import Session
from svarhus.kit.ids import BookingId, OrganisationId, PersonKey


class CallbackChannel(Channel):
    name = CALLBACK
    right = Right.HANDLE_CALLBACKS
    follows = "bookings"
    ends_by_itself = ("A callback is not handled by itself.", "Mark it as answered or unanswered, or cancel it.")

    def open(self, live: Live) -> Iterable[str]:
        return live.bookings

    def item(self, live: Live, id: str) -> DeskItem | None:
        booking = live.bookings.get(BookingId(id))
        return booking_item(live, booking, self.ref(id)) if booking else None

    def position(self, live: Live, id: str) -> int | None:
        booking = live.bookings.get(BookingId(id))
        place = live.place_of(booking.attempt_call) if booking and booking.attempt_call else None
        return live.position(place) if place and place.kept_for == id else None

    async def subject(self, session: Session, organisation: OrganisationId, id: str) -> Subject | None:
        return await storage.find_subject(session, organisation, self.ref(id))

    async def history(self, session: Session, organisation: OrganisationId, subject: Subject) -> Happened:
        return history.happened(await history.booking_facts(session, organisation, subject.ref.id))

    def earlier(self, organisation: OrganisationId, number: str) -> Rows:
        return storage.earlier(organisation, number)

    def done(self, organisation: OrganisationId, since: Instant) -> Rows:
        return storage.done(organisation, since)

    async def last_of(
        self, session: Session, organisation: OrganisationId, person: PersonKey, since: Instant
    ) -> tuple[Instant, CaseRef] | None:
        found = await storage.last_of(session, organisation, person, since)
        return (found[0], self.ref(found[1])) if found else None
