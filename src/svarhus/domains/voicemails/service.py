"""Voicemails: listening and deleting. They are handled as cases of the desk."""

import asyncio
import wave
from collections.abc import Awaitable, Callable
from pathlib import Path

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.audit.looks import Looks
from svarhus.domains.cases import repository as cases
from svarhus.domains.cases.model import CaseRef, ChannelName
from svarhus.domains.cases.requests import DeleteCase, Known
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.voicemails import repository
from svarhus.domains.voicemails.errors import SoundGone, VoicemailNotFound
from svarhus.domains.voicemails.model import Voicemail
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Page
from svarhus.kit.ids import OrganisationId, QueueKey, RecordingId
from svarhus.kit.waveform import peaks_of
from svarhus.kit.workshop import Workshop

Delete = Callable[[OrganisationId, DeleteCase], Awaitable[str]]
"""Has the running organisation delete one. Unavailable while nothing can be decided."""

CHANNEL = ChannelName("voicemail")

MOST_PEAKS = 2000


class Voicemails:
    """Messages that callers have left."""

    def __init__(
        self, database: Database, clock: Clock, audit: AuditLog, looks: Looks, recordings: Path, delete: Delete
    ) -> None:
        """`recordings`: the folder outside of which no sound is ever read or removed."""
        self._database = database
        self._clock = clock
        self._audit = audit
        self._looks = looks
        self._recordings = recordings
        self._delete = delete
        self._workshop = Workshop("peaks")

    async def voicemails(
        self, actor: Actor, handled: bool, queue: QueueKey | None, cursor: str | None, limit: int
    ) -> Page[Voicemail]:
        """Those to be handled, the oldest first; or those that were, the newest first.

        Who looks is noted in the audit log.
        """
        require(actor, Right.HANDLE_VOICEMAILS)
        async with self._database.begin() as session:
            found = await repository.find_voicemails(session, actor.organisation, handled, queue, cursor, limit)
        if found.items:
            await self._looks.note(actor, "voicemails-opened")
        return found

    async def voicemail(self, actor: Actor, id: RecordingId) -> Voicemail:
        require(actor, Right.HANDLE_VOICEMAILS)
        async with self._database.begin() as session:
            return _there(id, await repository.find_voicemail(session, actor.organisation, id))

    async def listen(self, actor: Actor, id: RecordingId, *, from_start: bool = True) -> Path:
        """The sound. Who listens to it from its start is noted in the audit log. SoundGone."""
        require(actor, Right.HANDLE_VOICEMAILS)
        async with self._database.begin() as session:
            found = _there(id, await repository.find_voicemail(session, actor.organisation, id))
            sound = self._sound(found)
            if not await asyncio.to_thread(sound.is_file):
                raise SoundGone(f"The sound of the voicemail `{id}` is not in the folder of recordings.")
            if from_start:
                now = self._clock.now()
                await self._audit.write(session, actor.organisation, now, actor.name, "voicemail-listened", id)
                case = CaseRef(CHANNEL, id)
                await cases.add_listened(session, actor.organisation, case, now, actor.name)
        return sound

    async def peaks(self, actor: Actor, id: RecordingId, count: int) -> tuple[float, ...]:
        """The shape of the sound, for a picture of it. SoundGone."""
        require(actor, Right.HANDLE_VOICEMAILS)
        async with self._database.begin() as session:
            sound = self._sound(_there(id, await repository.find_voicemail(session, actor.organisation, id)))
        try:
            return await self._workshop.run(lambda _: peaks_of(sound, min(count, MOST_PEAKS)))
        except (OSError, EOFError, wave.Error) as error:
            raise SoundGone(f"The sound of the voicemail `{id}` cannot be read.") from error

    async def delete(self, actor: Actor, id: RecordingId) -> None:
        """Delete it and its sound for good, with what people have added to it."""
        require(actor, Right.DELETE_VOICEMAILS)
        await self._erase(actor, id)

    async def delete_of_queue(self, actor: Actor, queue: QueueKey) -> int:
        """Delete all of a queue that is to be deleted itself, for good; how many there were."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            ids = await repository.of_queue(session, actor.organisation, queue)
        for id in ids:
            await self._erase(actor, id)
        return len(ids)

    async def _erase(self, actor: Actor, id: RecordingId) -> None:
        async with self._database.begin() as session:
            found = _there(id, await repository.find_voicemail(session, actor.organisation, id))
            episode = await cases.find_episode(session, actor.organisation, CaseRef(CHANNEL, id))
            assert episode is not None, "every message is an episode of a case"
            now = self._clock.now()
            await self._audit.write(session, actor.organisation, now, actor.name, "voicemail-deleted", id)
        # The sound first: when the rest fails, deleting again does it; the other way round the sound could stay
        # behind with nothing that leads to it.
        await asyncio.to_thread(self._sound(found).unlink, missing_ok=True)
        await self._delete(actor.organisation, DeleteCase(Known(episode, kept=True), actor.name))

    def _sound(self, voicemail: Voicemail) -> Path:
        sound = Path(voicemail.file).resolve()
        if not sound.is_relative_to(self._recordings.resolve()):
            raise SoundGone(f"The sound of the voicemail `{voicemail.id}` is not in the folder of recordings.")
        return sound


def _there(id: RecordingId, voicemail: Voicemail | None) -> Voicemail:
    if voicemail is None:
        raise VoicemailNotFound(f"There is no voicemail `{id}`.")
    return voicemail
