"""The list of callbacks. What changes them is asked of the running organisation."""

import msgspec

from svarhus.domains.audit.looks import NUMBER_SEARCHED, Looks
from svarhus.domains.callbacks import repository
from svarhus.domains.callbacks.errors import BookingNotFound
from svarhus.domains.callbacks.repository import BookingFilter, KeptBooking
from svarhus.domains.numbers.parse import to_e164
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.kit.database import Database, Page
from svarhus.kit.ids import BookingId


class Callbacks:
    """Promises to ring back: those to be kept, and those that were."""

    def __init__(self, database: Database, organisations: OrganisationRepository, looks: Looks) -> None:
        self._database = database
        self._organisations = organisations
        self._looks = looks

    async def callbacks(self, actor: Actor, wanted: BookingFilter, cursor: str | None, limit: int) -> Page[KeptBooking]:
        """By the time at which they are due. A number may be typed in any form.

        Who looks is noted in the audit log.
        """
        require(actor, Right.HANDLE_CALLBACKS)
        if wanted.number is not None:
            _, configuration = await self._organisations.load(actor.organisation)
            number = to_e164(wanted.number, configuration.organisation.country) or wanted.number
            wanted = msgspec.structs.replace(wanted, number=number)
        async with self._database.begin() as session:
            found = await repository.find_bookings(session, actor.organisation, wanted, cursor, limit)
        if found.items and wanted.number is not None:
            await self._looks.note(actor, NUMBER_SEARCHED, wanted.number)
        elif found.items:
            await self._looks.note(actor, "callbacks-opened")
        return found

    async def callback(self, actor: Actor, booking: BookingId) -> KeptBooking:
        """One of them, live or over. BookingNotFound."""
        require(actor, Right.HANDLE_CALLBACKS)
        async with self._database.read() as session:
            found = await repository.find_booking(session, actor.organisation, booking)
        if found is None:
            raise BookingNotFound(f"There is no booking `{booking}`.")
        return found
