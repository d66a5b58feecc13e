"""The recordings that an organisation uploads in place of what would be spoken."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from svarhus.domains.audio.errors import NoRecording, TooManyTracks
from svarhus.domains.audio.model import Message
from svarhus.domains.audio.repository import UploadedRecording
from svarhus.domains.audio.tracks import MOST_TRACKS, NO_LANGUAGE, Track, is_track, track_key, tracks
from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation.parts import part_of
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import OrganisationId
from svarhus.ports.speech import MessagePhrase, Phrase


class Store(Protocol):
    """Where sounds are kept and made (`domains.audio.service.Prompts`)."""

    async def files(
        self, organisation: OrganisationId, phrases: Sequence[Phrase], messages: Mapping[str, Message]
    ) -> tuple[str, ...]: ...

    async def uploaded(self, organisation: OrganisationId) -> tuple[UploadedRecording, ...]: ...

    async def upload(
        self,
        organisation: OrganisationId,
        key: str,
        language: str,
        content: bytes,
        uploaded_by: str,
        *,
        anyway: bool = False,
    ) -> float: ...

    async def remove(self, organisation: OrganisationId, key: str, language: str) -> None: ...

    def file(self, recording: UploadedRecording) -> Path: ...


class Sounds:
    """Recordings of messages and of the product's own phrases, and music."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        audit: AuditLog,
        store: Store,
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit
        self._store = store

    async def uploaded(self, actor: Actor) -> tuple[UploadedRecording, ...]:
        """All that the organisation has uploaded, but for its music."""
        require(actor, Right.SEE_CONFIGURATION)
        found = await self._store.uploaded(actor.organisation)
        return tuple(each for each in found if not is_track(each.key, each.language))

    async def upload_message(
        self, actor: Actor, message: str, language: str, wav: bytes, *, anyway: bool = False
    ) -> float:
        """Play this in place of the manuscript; its length in seconds.

        NoPart, or why the sound cannot be used; Inaudible unless it is used `anyway`.
        """
        require(actor, Right.CHANGE_CONFIGURATION)
        await self._message(actor, message)
        return await self._upload(actor, message, language, wav, anyway)

    async def remove_message(self, actor: Actor, message: str, language: str) -> None:
        """Let the manuscript be spoken again. NoRecording."""
        require(actor, Right.CHANGE_CONFIGURATION)
        await self._message(actor, message)
        await self._remove(actor, message, language)

    async def heard(self, actor: Actor, message: str, language: str) -> Path:
        """The WAV that a caller with this language hears. Unavailable when the speech engine fails."""
        require(actor, Right.SEE_CONFIGURATION)
        found = await self._message(actor, message)
        files = await self._store.files(actor.organisation, (MessagePhrase(message, language),), {message: found})
        if not files:
            raise Unavailable("The message cannot be spoken just now.", "Try again, or upload a recording.")
        return Path(files[0])

    async def upload_phrase(
        self, actor: Actor, phrase: str, language: str, wav: bytes, *, anyway: bool = False
    ) -> float:
        """Play this in place of one of the product's own phrases, such as `queue.position/1` or `number/3`."""
        require(actor, Right.CHANGE_CONFIGURATION)
        if await self._is_message(actor, phrase):
            raise NoRecording(f"`{phrase}` is a message.", "Upload it as the message's recording.")
        return await self._upload(actor, phrase, language, wav, anyway)

    async def remove_phrase(self, actor: Actor, phrase: str, language: str) -> None:
        require(actor, Right.CHANGE_CONFIGURATION)
        if await self._is_message(actor, phrase):
            raise NoRecording(f"`{phrase}` is a message.", "Delete the message's recording.")
        await self._remove(actor, phrase, language)

    # ---- music

    async def tracks(self, actor: Actor, playlist: str) -> tuple[Track, ...]:
        """The sounds of a playlist, by name. NoPart."""
        require(actor, Right.SEE_CONFIGURATION)
        await self._playlist(actor, playlist)
        return await self._tracks(actor, playlist)

    async def track(self, actor: Actor, playlist: str, name: str) -> Path:
        """The WAV of one. NoPart, NoRecording."""
        found = next((each for each in await self.tracks(actor, playlist) if each.name == name), None)
        if found is None:
            raise NoRecording(f"There is no `{name}` in this playlist.", "See which sounds it has.")
        return self._store.file(found.recording)

    async def upload_track(self, actor: Actor, playlist: str, name: str, wav: bytes, *, anyway: bool = False) -> float:
        """Put this sound into the playlist, in place of one of the same name; its length in seconds.

        NoPart, TooManyTracks, or why the sound cannot be used; Inaudible unless it is used `anyway`.
        """
        require(actor, Right.CHANGE_CONFIGURATION)
        await self._playlist(actor, playlist)
        others = [each for each in await self._tracks(actor, playlist) if each.name != name]
        if len(others) >= MOST_TRACKS:
            raise TooManyTracks(f"It has {len(others)} sounds, which is the most.", "Delete one first.")
        key = track_key(playlist, name)
        seconds = await self._store.upload(actor.organisation, key, NO_LANGUAGE, wav, actor.name, anyway=anyway)
        await self._note(actor, "track-uploaded", f"{playlist}/{name}")
        return seconds

    async def remove_track(self, actor: Actor, playlist: str, name: str) -> None:
        """Take a sound out of the playlist. NoPart, NoRecording."""
        require(actor, Right.CHANGE_CONFIGURATION)
        await self._playlist(actor, playlist)
        await self._store.remove(actor.organisation, track_key(playlist, name), NO_LANGUAGE)
        await self._note(actor, "track-deleted", f"{playlist}/{name}")

    async def _tracks(self, actor: Actor, playlist: str) -> tuple[Track, ...]:
        found = tracks(await self._store.uploaded(actor.organisation))
        return tuple(each for each in found if each.playlist == playlist)

    async def _playlist(self, actor: Actor, key: str) -> None:
        """NoPart when there is none."""
        _, configuration = await self._organisations.load(actor.organisation)
        part_of(configuration, "playlists", key)

    # ----

    async def _upload(self, actor: Actor, key: str, language: str, wav: bytes, anyway: bool) -> float:
        seconds = await self._store.upload(actor.organisation, key, language, wav, actor.name, anyway=anyway)
        await self._note(actor, "recording-uploaded", f"{key} ({language})")
        return seconds

    async def _remove(self, actor: Actor, key: str, language: str) -> None:
        await self._store.remove(actor.organisation, key, language)
        await self._note(actor, "recording-deleted", f"{key} ({language})")

    async def _message(self, actor: Actor, key: str) -> Message:
        _, configuration = await self._organisations.load(actor.organisation)
        message = part_of(configuration, "messages", key)
        assert isinstance(message, Message), "the list holds messages"
        return message

    async def _is_message(self, actor: Actor, key: str) -> bool:
        _, configuration = await self._organisations.load(actor.organisation)
        return any(message.key == key for message in configuration.messages)

    async def _note(self, actor: Actor, action: str, subject: str) -> None:
        async with self._database.begin() as session:
            now = self._clock.now()
            await self._audit.write(session, actor.organisation, now, actor.name, action, subject)
