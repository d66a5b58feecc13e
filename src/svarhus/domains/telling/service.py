"""What people do with what customers are told: looking at the words, and later sending them by hand."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.queues.telling import filled
from svarhus.domains.telling.words import About, Template, fillings, words
from svarhus.kit.clock import Clock, LocalTime, from_local, local_date
from svarhus.kit.database import Database
from svarhus.kit.ids import QueueKey
from svarhus.kit.short_messages import Length, length

_EXAMPLE = time(10, 15)


class Previewed(msgspec.Struct, frozen=True):
    """A text as the customer gets it."""

    text: str
    length: Length


class CustomerMessages:
    """All raise Refused without the right."""

    def __init__(self, database: Database, clock: Clock, organisations: OrganisationRepository) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations

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
