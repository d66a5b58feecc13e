"""Channels of what waits for somebody and does nothing by itself until somebody says that it is done.

Their episodes are all that there is of them, so that a channel of this kind has little to say: a name, a right, and
what it has beside.
"""

from collections.abc import Iterable
from datetime import timedelta

import msgspec
from sqlalchemy import Boolean, Text, case, cast, false, literal, select

from svarhus.domains.cases.tables import case_episodes
from svarhus.domains.channels.channel import Channel, Rows
from svarhus.domains.channels.item import desk_item, desk_settings
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Happened, Subject
from svarhus.domains.queues.model import Queue
from svarhus.kit.clock import Instant, after, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId


class KeptChannel(Channel):
    """What comes in so is kept, and is `new` until it is handled."""

    def allowed(self, queue: Queue | None) -> timedelta:
        """How long it may wait."""
        return timedelta(minutes=desk_settings(queue).voicemail_minutes)

    # ---- on the desk

    def open(self, live: Live) -> Iterable[str]:
        return [episode.ref.id for episode in live.episodes.values() if episode.ref.kind == self.name]

    def item(self, live: Live, id: str) -> DeskItem | None:
        episode = live.episodes.get(self.ref(id).key)
        if episode is None or episode.queue is None:
            return None
        allowed = self.allowed(live.queues.get(episode.queue))
        due_at = after(episode.came_at, allowed)
        item = desk_item(live, episode.ref, episode.queue, episode.came_at, due_at, allowed, episode.category)
        return msgspec.structs.replace(
            item, state="new", number=episode.number, name=episode.name, seconds=episode.seconds
        )

    # ---- in the tables

    async def subject(self, session: Session, organisation: OrganisationId, id: str) -> Subject | None:
        row = case_episodes.c
        query = select(case_episodes).where(row.organisation_id == organisation, row.channel == self.name, row.id == id)
        found = (await session.execute(query)).one_or_none()
        if found is None:
            return None
        return Subject(
            ref=self.ref(id),
            queue=found.queue,
            number=found.number,
            name=found.name,
            at=instant(found.came_at),
            call=found.call_id,
            open=found.ended_at is None,
            language=found.language,
            category=found.category,
        )

    async def history(self, session: Session, organisation: OrganisationId, subject: Subject) -> Happened:
        return Happened()

    def earlier(self, organisation: OrganisationId, number: str) -> Rows:
        row = case_episodes.c
        return select(
            row.organisation_id,
            cast(literal(self.name), Text).label("kind"),
            row.id.label("id"),
            row.came_at.label("at"),
            row.queue.label("queue"),
            row.ended_by.label("person"),
            case((row.ended_at.is_(None), "new"), else_=row.outcome).label("outcome"),
            row.seconds.label("seconds"),
            cast(false(), Boolean).label("outgoing"),
        ).where(row.organisation_id == organisation, row.channel == self.name, row.number == number)

    def done(self, organisation: OrganisationId, since: Instant) -> Rows:
        row = case_episodes.c
        return select(
            row.organisation_id,
            cast(literal(self.name), Text).label("kind"),
            row.id.label("id"),
            row.ended_at.label("done_at"),
            row.ended_by.label("who"),
            row.outcome.label("outcome"),
            row.came_at.label("came_at"),
            row.queue.label("queue"),
            row.number.label("number"),
            row.seconds.label("seconds"),
            false().label("by_customer"),
        ).where(row.organisation_id == organisation, row.channel == self.name, row.ended_at >= since)
