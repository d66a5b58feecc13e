"""Voicemails: messages that callers have left. Somebody listens, does what is to be done, and marks them as handled."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists

from svarhus.domains.calls.facts import VoicemailLeft
from svarhus.domains.cases.model import ChannelName, Marks
from svarhus.domains.channels.acts import call_acts
from svarhus.domains.channels.channel import Channel, Rows
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Happened, Kept, Subject
from svarhus.domains.channels.voicemail import storage
from svarhus.domains.channels.voicemail.item import message_item
from svarhus.domains.people.rights import Right
from svarhus.domains.voicemails import repository
from svarhus.domains.voicemails.model import Voicemail
from svarhus.domains.voicemails.tables import voicemails
from svarhus.kit.clock import Instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, RecordingId

VOICEMAIL = ChannelName("voicemail")


class VoicemailChannel(Channel):
    name = VOICEMAIL
    right = Right.HANDLE_VOICEMAILS
    follows = "voicemails"

    def open(self, live: Live) -> Iterable[str]:
        return (kept.ref.id for kept in live.kept.values() if kept.ref.kind == self.name)

    def item(self, live: Live, id: str, marks: Marks) -> DeskItem | None:
        message = live.kept.get(self.ref(id).key)
        return message_item(live, message, marks) if message else None

    async def subject(self, session: Session, organisation: OrganisationId, id: str) -> Subject | None:
        return await storage.find_subject(session, organisation, self.ref(id))

    async def history(self, session: Session, organisation: OrganisationId, subject: Subject) -> Happened:
        return Happened(await call_acts(session, organisation, subject.call) if subject.call else ())

    def earlier(self, organisation: OrganisationId, number: str) -> Rows:
        return storage.earlier(organisation, number)

    def done(self, organisation: OrganisationId, since: Instant) -> Rows:
        return storage.done(organisation, since)

    # ---- what waits

    def came(self, fact: object, at: Instant) -> Kept | None:
        if not isinstance(fact, VoicemailLeft):
            return None
        return Kept(self.ref(fact.recording), fact.queue, fact.caller, at, fact.seconds)

    async def kept(self, session: Session, organisation: OrganisationId) -> tuple[Kept, ...]:
        return tuple(self._kept(each) for each in await repository.find_unhandled(session, organisation))

    async def kept_one(self, session: Session, organisation: OrganisationId, id: str) -> Kept | None:
        found = await repository.find_voicemail(session, organisation, RecordingId(id))
        return self._kept(found) if found and found.handled_at is None else None

    async def handle(self, session: Session, organisation: OrganisationId, id: str, at: Instant, by: str) -> None:
        await repository.handle(session, organisation, RecordingId(id), at, by)

    async def reopen(self, session: Session, organisation: OrganisationId, id: str) -> None:
        await repository.reopen(session, organisation, RecordingId(id))

    def still_open(self, organisation: OrganisationId, id: ColumnElement[str]) -> ColumnElement[bool]:
        own = voicemails.c
        return exists().where(own.id == id, own.organisation_id == organisation, own.handled_at.is_(None))

    def _kept(self, message: Voicemail) -> Kept:
        return Kept(self.ref(message.id), message.queue, message.caller, message.at, message.seconds)
