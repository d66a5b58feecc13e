"""What people do with what customers are told: looking at the words, reading what went to and fro, sending by hand."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.callbacks.repository import BookingFilter, KeptBooking, find_bookings
from svarhus.domains.callbacks.state import BookingStatus
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.cases.state import Episode
from svarhus.domains.desk.service import Cases
from svarhus.domains.numbers.parse import takes_texts
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.outbox import repository as outbox
from svarhus.domains.outbox.model import Channel, Message, NewMessage, Purpose
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.queues.telling import filled
from svarhus.domains.telling import received
from svarhus.domains.telling.errors import NoTexts, NothingToTell
from svarhus.domains.telling.received import Received
from svarhus.domains.telling.words import About, Template, fillings, words
from svarhus.kit.clock import Clock, LocalTime, from_local, local_date
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import QueueKey
from svarhus.kit.short_messages import Length, length

_EXAMPLE = time(10, 15)

MOST_SHOWN = 100
"""Messages each way that stand on a case, the newest."""

_MOST_BOOKINGS = 50
_LIVE = tuple(status for status in BookingStatus if status.live)


class Previewed(msgspec.Struct, frozen=True):
    """A text as the customer gets it."""

    text: str
    length: Length


class Correspondence(msgspec.Struct, frozen=True):
    """What the number of a case was sent, and has sent."""

    takes_texts: bool
    templates: tuple[Template, ...]
    """By which something can be sent now; none where no SMS arrives."""
    sent: tuple[Message, ...]
    """The newest first, and so the others."""
    received: tuple[Received, ...]


class _Known(msgspec.Struct, frozen=True):
    """What is known of a case when somebody writes."""

    configuration: Configuration
    episode: Episode
    booking: KeptBooking | None
    """That of the case, or the live one of the number."""

    @property
    def templates(self) -> tuple[Template, ...]:
        if self.booking is None or not self.booking.status.live:
            return (Template.RECEIPT,)
        if self.booking.promised_at is None:
            return (Template.UNTIMED, Template.RECEIPT)
        return (Template.CONFIRMATION, Template.REMINDER, Template.RECEIPT)

    @property
    def language(self) -> str:
        found = self.booking.language if self.booking else self.episode.language
        return found or self.configuration.organisation.language


class CustomerMessages:
    """All raise Refused without the right; of a case also CaseNotFound."""

    def __init__(
        self, database: Database, clock: Clock, organisations: OrganisationRepository, cases: Cases, box: Outbox
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._cases = cases
        self._box = box

    async def example(self, actor: Actor, template: Template, language: str, own: str | None) -> Previewed:
        """A text of tomorrow at a quarter past ten, of the first queue that calls back. `own`: words that are not kept
        yet; None: as they are kept, or shipped."""
        require(actor, Right.SEE_CONFIGURATION, Right.CHANGE_CONFIGURATION)
        async with self._database.read() as session:
            _, configuration = await self._organisations.current(session, actor.organisation)
        zone = ZoneInfo(configuration.organisation.timezone)
        tomorrow = local_date(self._clock.now(), zone) + timedelta(days=1)
        at = from_local(LocalTime(datetime.combine(tomorrow, _EXAMPLE)), zone)
        queue = next((queue.key for queue in configuration.queues if queue.callbacks), None)
        about = About(QueueKey(queue) if queue else None, at)
        if own is None:
            _, text = words(configuration, template, language, about)
        else:
            text = filled(own, fillings(configuration, language, about))
        return Previewed(text, length(text))

    # ---- of a case

    async def of_case(self, actor: Actor, case: CaseRef) -> Correspondence:
        """What went to and fro with its number in the last 90 days, and what can be sent."""
        episode = (await self._cases.known(actor, case)).episode
        number = episode.number or ""
        if not number.startswith("+"):
            return Correspondence(False, (), (), ())
        async with self._database.read() as session:
            known = await self._known(session, actor, episode)
            bookings = await find_bookings(
                session, actor.organisation, BookingFilter(number=number), None, _MOST_BOOKINGS
            )
            keys = [booking.id for booking in bookings.items]
            sent = await outbox.to_customer(session, actor.organisation, number, keys, MOST_SHOWN)
            came = await received.of_sender(session, actor.organisation, number, MOST_SHOWN)
        possible = takes_texts(number)
        return Correspondence(possible, known.templates if possible else (), sent, came)

    async def draft(self, actor: Actor, case: CaseRef, template: Template) -> Previewed:
        """What would be sent. NothingToTell where the template needs a booking."""
        episode = (await self._cases.known(actor, case)).episode
        async with self._database.read() as session:
            known = await self._known(session, actor, episode)
        _refuse_what_cannot_be(known, template)
        at = known.booking.promised_at if known.booking else None
        queue = known.booking.queue if known.booking else episode.queue
        _, text = words(known.configuration, template, known.language, About(queue, at))
        return Previewed(text, length(text))

    async def send(self, actor: Actor, case: CaseRef, template: Template, text: str, id: str | None) -> Message:
        """Send an SMS to the number of the case. `id`: of several with the same one the first is sent. NoTexts,
        NothingToTell."""
        episode = (await self._cases.known(actor, case)).episode
        number = episode.number or ""
        if not takes_texts(number):
            raise NoTexts("The number of the case is no mobile number.", "Call instead.")
        async with self._database.begin() as session:
            known = await self._known(session, actor, episode)
            _refuse_what_cannot_be(known, template)
            booking = known.booking if template is not Template.RECEIPT else None
            new = NewMessage(
                Channel.TEXT,
                Purpose.CONFIRMATION if template is Template.UNTIMED else Purpose(template.value),
                number,
                text,
                booking=booking.id if booking else None,
                useful_until=booking.promised_at if booking and template is Template.REMINDER else None,
            )
            return await self._box.put(session, actor.organisation, new, actor.name, id)

    async def _known(self, session: Session, actor: Actor, episode: Episode) -> _Known:
        _, configuration = await self._organisations.current(session, actor.organisation)
        wanted = BookingFilter(number=episode.number, statuses=_LIVE)
        live = (await find_bookings(session, actor.organisation, wanted, None, _MOST_BOOKINGS)).items
        own = next((booking for booking in live if booking.id == episode.ref.id), None)
        return _Known(configuration, episode, own or next(iter(live), None))


def _refuse_what_cannot_be(known: _Known, template: Template) -> None:
    """NothingToTell."""
    if template not in known.templates:
        raise NothingToTell("There is no booking that it could tell of.", "Book a callback first, or send a receipt.")
