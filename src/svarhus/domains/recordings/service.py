"""Recorded conversations: hearing, downloading and deleting them."""

import asyncio
from collections.abc import Iterator

import msgspec
from pydantic import JsonValue

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.audit.looks import Looks
from svarhus.domains.calls.repository import find_call
from svarhus.domains.people.rights import Actor, Right, may, require
from svarhus.domains.recordings import repository
from svarhus.domains.recordings.errors import RecordingNotFound, RecordingNotReady
from svarhus.domains.recordings.files import RecordingFiles
from svarhus.domains.recordings.model import CallRecording, RecordingState
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import CallId, QueueKey, RecordingId

LISTENED, DOWNLOADED = "call-recording-listened", "call-recording-downloaded"
DELETED = "call-recording-deleted"


class Heard(msgspec.Struct, frozen=True):
    """The sound of a recording that somebody may hear."""

    recording: CallRecording
    length: int
    """Bytes of sound, without a header: 16 bit, two channels, 8 kHz."""


class Recordings:
    """Who hears or deletes one is noted in the audit log, with the call."""

    def __init__(self, database: Database, clock: Clock, audit: AuditLog, looks: Looks, files: RecordingFiles) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._looks = looks
        self._files = files

    async def of_call(self, actor: Actor, call: CallId) -> tuple[CallRecording, ...]:
        """Those that one may hear, in order; none of a call that one may hear nothing of."""
        async with self._database.begin() as session:
            if not await self._may_hear(session, actor, call):
                return ()
            return await repository.recordings_of(session, actor.organisation, call)

    async def hear(self, actor: Actor, id: RecordingId, *, from_start: bool, download: bool = False) -> Heard:
        """RecordingNotFound, also for those who may not hear it; RecordingNotReady, RecordingUnreadable."""
        if download:
            require(actor, Right.DOWNLOAD_RECORDINGS)
        async with self._database.begin() as session:
            found = await self._found(session, actor, id)
            if found.state is not RecordingState.READY:
                raise RecordingNotReady(f"The recording `{id}` is not sealed yet.")
            length = await asyncio.to_thread(self._files.bytes_of_sound, actor.organisation, id)
            if from_start or download:
                await self._note(session, actor, DOWNLOADED if download else LISTENED, found)
        if not (from_start or download):
            # Who begins in the middle listens as well; seeking in what is heard already is not another time.
            await self._looks.note(actor, LISTENED, found.call)
        return Heard(found, length)

    def sound(self, heard: Heard, start: int, stop: int) -> Iterator[bytes]:
        """From byte to byte. Reads and opens files: not for the loop."""
        return self._files.sound(heard.recording.organisation, heard.recording.id, start, stop)

    async def delete(self, actor: Actor, id: RecordingId) -> None:
        """Delete it and its sound for good. RecordingNotFound; RecordingNotReady while it runs."""
        require(actor, Right.DELETE_RECORDINGS)
        async with self._database.begin() as session:
            found = await repository.find_recording(session, actor.organisation, id)
            if found is None:
                raise RecordingNotFound(f"There is no recording `{id}`.")
            if found.state is RecordingState.RUNS:
                raise RecordingNotReady(f"The recording `{id}` is still running.")
            await self._note(session, actor, DELETED, found)
        # The sound first: when the rest fails, deleting again does it.
        await asyncio.to_thread(self._files.delete, actor.organisation, id)
        async with self._database.begin() as session:
            await repository.forget(session, actor.organisation, [id])

    async def delete_of_queue(self, actor: Actor, queue: QueueKey) -> None:
        """Delete all of a queue that is to be deleted itself, for good. RecordingNotReady while one runs."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            found = await repository.of_queue(session, actor.organisation, queue)
            if any(each.state is RecordingState.RUNS for each in found):
                raise RecordingNotReady(f"A conversation of the queue {queue} is still being recorded.")
            for each in found:
                await self._note(session, actor, DELETED, each)
        for each in found:
            await asyncio.to_thread(self._files.delete, actor.organisation, each.id)
        async with self._database.begin() as session:
            await repository.forget(session, actor.organisation, [each.id for each in found])

    async def _found(self, session: Session, actor: Actor, id: RecordingId) -> CallRecording:
        found = await repository.find_recording(session, actor.organisation, id)
        if found is None or not await self._may_hear(session, actor, found.call):
            raise RecordingNotFound(f"There is no recording `{id}` that you may hear.")
        return found

    async def _may_hear(self, session: Session, actor: Actor, call: CallId) -> bool:
        if may(actor, Right.HEAR_RECORDINGS):
            return True
        if actor.person is None or not may(actor, Right.HEAR_OWN_RECORDINGS):
            return False
        record = await find_call(session, actor.organisation, call)
        return record is not None and any(leg.person == actor.person and leg.answered_at for leg in record.legs)

    async def _note(self, session: Session, actor: Actor, action: str, recording: CallRecording) -> None:
        now = self._clock.now()
        what: JsonValue = {"recording": recording.id}
        await self._audit.write(session, actor.organisation, now, actor.name, action, recording.call, after=what)
