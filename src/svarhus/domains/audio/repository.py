"""Reads and writes which recordings an organisation has uploaded."""

from typing import Protocol

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.audio.tables import audio_recordings
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Database, notify
from svarhus.kit.ids import OrganisationId

CHANGED = "audio_changed"
"""Channel on which the key of an organisation is told after each change of its recordings."""


class UploadedRecording(msgspec.Struct, frozen=True):
    """An uploaded recording, which is played in place of what would be spoken."""

    key: str
    """Of a message of the organisation, or of a fragment (`domains.audio.wording`)."""
    language: str
    sha256: str
    """Of the sound as it is kept."""
    file: str
    """Path below the audio folder."""
    seconds: float
    uploaded_by: str
    at: Instant


class UploadedRecordings(Protocol):
    """The uploaded recordings of organisations."""

    async def of(self, organisation: OrganisationId) -> tuple[UploadedRecording, ...]: ...

    async def put(self, organisation: OrganisationId, recording: UploadedRecording) -> None:
        """Keep it, in place of an earlier one with the same key and language."""
        ...

    async def remove(self, organisation: OrganisationId, key: str, language: str) -> bool:
        """False when there was none."""
        ...


class RecordingsRepository:
    """`UploadedRecordings` in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, organisation: OrganisationId) -> tuple[UploadedRecording, ...]:
        columns = audio_recordings.c
        query = (
            select(audio_recordings)
            .where(columns.organisation_id == organisation)
            .order_by(columns.key, columns.language)
        )
        async with self._database.begin() as session:
            rows = (await session.execute(query)).all()
        return tuple(
            UploadedRecording(
                row.key, row.language, row.sha256, row.file, row.seconds, row.uploaded_by, instant(row.at)
            )
            for row in rows
        )

    async def put(self, organisation: OrganisationId, recording: UploadedRecording) -> None:
        values = msgspec.structs.asdict(recording)
        found = {name: value for name, value in values.items() if name not in ("key", "language")}
        statement = insert(audio_recordings).values(organisation_id=organisation, **values)
        async with self._database.begin() as session:
            await session.execute(
                statement.on_conflict_do_update(index_elements=["organisation_id", "key", "language"], set_=found)
            )
            await notify(session, CHANGED, organisation)

    async def remove(self, organisation: OrganisationId, key: str, language: str) -> bool:
        columns = audio_recordings.c
        statement = delete(audio_recordings).where(
            columns.organisation_id == organisation, columns.key == key, columns.language == language
        )
        async with self._database.begin() as session:
            removed = await session.execute(statement)
            await notify(session, CHANGED, organisation)
        return removed.rowcount > 0
