"""Which sound is played for a phrase: an uploaded recording, or the words spoken."""

import asyncio
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from uuid import uuid4

import structlog

from svarhus.domains.audio.errors import Inaudible, NoRecording, UnknownSound
from svarhus.domains.audio.lexicon import LANGUAGES, lexicon
from svarhus.domains.audio.model import Message
from svarhus.domains.audio.repository import UploadedRecording, UploadedRecordings
from svarhus.domains.audio.spoken import PATIENCE, SpokenTexts
from svarhus.domains.audio.tracks import by_playlist, is_track
from svarhus.domains.audio.wav import is_inaudible, read_wav
from svarhus.domains.audio.wording import (
    Fragment,
    cardinal,
    day_fragments,
    digit_fragments,
    fixed_fragments,
    is_fragment,
    minute_fragment,
    words,
)
from svarhus.kit.clock import Clock
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId
from svarhus.kit.waveform import RATE, resampled, wav
from svarhus.kit.workshop import GoOn, Workshop
from svarhus.ports.speech import MessagePhrase, Phrase, Speech

LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

RETRY_SECONDS = 5.0
"""After the recordings could not be read, calls do without them for so long."""

_MESSAGE_KEY = re.compile(r"[a-z][a-z0-9-]{0,47}")

Replaced = Mapping[tuple[str, str], str]
"""Files of the uploaded recordings of an organisation, by key and language."""


class Prompts:
    """The sounds of all organisations, below one folder."""

    def __init__(
        self,
        folder: Path,
        speech: Speech,
        recordings: UploadedRecordings,
        clock: Clock,
        patience: float = PATIENCE,
        workshop: Workshop | None = None,
    ) -> None:
        """`workshop`: where what was uploaded is made telephone sound."""
        self._folder = folder.absolute()
        self._texts = SpokenTexts(self._folder / "spoken", speech, patience)
        self._recordings = recordings
        self._clock = clock
        self._patience = patience
        self._workshop = workshop or Workshop("sounds")
        self._replaced: dict[OrganisationId, Replaced] = {}
        self._retry: dict[OrganisationId, float] = {}
        self._changing = asyncio.Lock()

    async def files(
        self, organisation: OrganisationId, phrases: Sequence[Phrase], messages: Mapping[str, Message]
    ) -> tuple[str, ...]:
        """Absolute paths of the WAV files to play, in order.

        Never fails: what cannot be had (no such message, a speech engine that does not answer) is left
        out and logged, and the rest is played.
        """
        replaced = self._replaced.get(organisation)
        if replaced is None:
            replaced = await self._read(organisation)
        found: list[str | None] = []
        missing: list[tuple[int, str, str]] = []
        for said, language, key in self._said(phrases, messages, replaced):
            file = replaced.get((key, language)) or self._texts.ready(said, language)
            if file is None:
                missing.append((len(found), said, language))
            found.append(file)
        if missing:
            made = await asyncio.gather(*(self._texts.file(text, language) for _, text, language in missing))
            for (index, _, _), file in zip(missing, made, strict=True):
                found[index] = file
        return tuple(file for file in found if file is not None)

    async def warm(
        self, organisation: OrganisationId, messages: Iterable[Message], languages: Iterable[str] = ()
    ) -> bool:
        """Make the sounds that calls will need, so that no caller waits for them.

        All messages, and in their languages and `languages` every text without a value and the commonest
        values. Takes seconds the first time: run it beside other work. Ends at once, and gives False, when the
        speech engine does not answer.
        """
        await self._read(organisation)
        texts: dict[tuple[str, str], None] = {}
        spoken = dict.fromkeys(languages)
        for message in messages:
            texts |= dict.fromkeys((text, language) for language, text in message.manuscripts.items())
            spoken |= dict.fromkeys(message.manuscripts)
        for language in spoken:
            fragments = chain(fixed_fragments(language), _commonest(language))
            texts |= dict.fromkeys((fragment.text, language) for fragment in fragments)
        for text, language in texts:
            if await self._texts.file(text, language) is None:
                return False
        return True

    async def uploaded(self, organisation: OrganisationId) -> tuple[UploadedRecording, ...]:
        """All recordings that the organisation has uploaded."""
        return await self._recordings.of(organisation)

    async def upload(
        self,
        organisation: OrganisationId,
        key: str,
        language: str,
        content: bytes,
        uploaded_by: str,
        *,
        anyway: bool = False,
    ) -> float:
        """Play this WAV in place of a message or a fragment, in one language. Its length in seconds.

        Inaudible when it is silent, and not used `anyway`; an error of `domains.audio.errors` when it cannot be
        used. Whether there is such a message is for the caller to see to.
        """
        _check_key(key, language)
        sound, seconds = await self._workshop.run(partial(_telephone_sound, content, anyway))
        digest = hashlib.sha256(sound).hexdigest()
        name = f"uploaded/{organisation}/{digest}.wav"
        recording = UploadedRecording(key, language, digest, name, seconds, uploaded_by, self._clock.now())
        async with self._changing:
            await asyncio.to_thread(_write, self._folder / name, sound)
            before = await self._recordings.of(organisation)
            await self._recordings.put(organisation, recording)
            await self._changed(organisation, before)
        return seconds

    async def remove(self, organisation: OrganisationId, key: str, language: str) -> None:
        """Delete a recording: from now on the words are spoken again. NoRecording when there is none."""
        async with self._changing:
            before = await self._recordings.of(organisation)
            if not await self._recordings.remove(organisation, key, language):
                raise NoRecording(f"Nothing is uploaded for {key} in {language}.", "See which recordings there are.")
            await self._changed(organisation, before)

    async def playlists(self, organisation: OrganisationId) -> Mapping[str, tuple[str, ...]]:
        """The files of each playlist, by its key."""
        return by_playlist(await self._read(organisation))

    def file(self, recording: UploadedRecording) -> Path:
        """The sound of a recording."""
        return self._folder / recording.file

    async def refresh(self, organisation: OrganisationId) -> None:
        """Read the recordings again: another process has changed them (`repository.CHANGED`)."""
        self._retry.pop(organisation, None)
        await self._read(organisation)

    async def refresh_all(self) -> None:
        """Read all recordings again: changes may have been missed."""
        for organisation in tuple(self._replaced):
            await self.refresh(organisation)

    async def close(self) -> None:
        """Stop what is being made, and let go of the speech engine."""
        await self._texts.close()

    def _said(
        self, phrases: Sequence[Phrase], messages: Mapping[str, Message], replaced: Replaced
    ) -> Iterator[tuple[str, str, str]]:
        """Text, language and key of everything that is said, in order."""
        for phrase in phrases:
            if isinstance(phrase, MessagePhrase):
                message = messages.get(phrase.message)
                if message is None:
                    LOG.warning("message_missing", message=phrase.message)
                    continue
                language = _language(message, phrase.language, replaced)
                yield message.manuscripts.get(language, ""), language, message.key
                continue
            try:
                for fragment in words(phrase):
                    yield fragment.text, phrase.language, fragment.key
            except SvarhusError as error:
                LOG.warning("phrase_not_said", template=phrase.template, error=error.detail)

    async def _read(self, organisation: OrganisationId) -> Replaced:
        """The uploaded recordings; those known before, or none, while they cannot be read."""
        now = self._clock.now().timestamp()
        if now >= self._retry.get(organisation, 0.0):
            try:
                async with asyncio.timeout(self._patience):
                    rows = await self._recordings.of(organisation)
            except (SvarhusError, OSError, TimeoutError) as error:
                LOG.warning("recordings_unknown", organisation=organisation, error=type(error).__name__)
                self._retry[organisation] = now + RETRY_SECONDS
            else:
                self._replaced[organisation] = self._there(rows)
        return self._replaced.get(organisation, {})

    async def _changed(self, organisation: OrganisationId, before: tuple[UploadedRecording, ...]) -> None:
        """Take up a change, and delete the sounds that nothing plays any more."""
        now = await self._recordings.of(organisation)
        self._replaced[organisation] = self._there(now)
        for file in {row.file for row in before} - {row.file for row in now}:
            (self._folder / file).unlink(missing_ok=True)

    def _there(self, rows: Iterable[UploadedRecording]) -> Replaced:
        """The files of recordings. One whose file is lost is not played; its words are spoken."""
        files = {(row.key, row.language): self._folder / row.file for row in rows}
        for (key, language), file in files.items():
            if not file.is_file():
                LOG.error("recording_lost", key=key, language=language, file=str(file))
        return {identity: str(file) for identity, file in files.items() if file.is_file()}


def _language(message: Message, wanted: str, replaced: Replaced) -> str:
    """The language that the message is played in: the caller's if it can be, else its first."""
    if wanted in message.manuscripts or (message.key, wanted) in replaced:
        return wanted
    return next(iter(message.manuscripts))


def _commonest(language: str) -> Iterator[Fragment]:
    """Values that most calls need."""
    known = lexicon(language)
    yield from digit_fragments(known)
    yield from day_fragments(known)
    yield from (minute_fragment(minutes, known) for minutes in range(31))
    yield from (Fragment(f"number/{number}", cardinal(number, known)) for number in range(1, 31))


def _check_key(key: str, language: str) -> None:
    if is_track(key, language):
        return
    if language not in LANGUAGES:
        raise UnknownSound(f"{language} is no language of ours.", f"Use one of {', '.join(LANGUAGES)}.")
    if not _MESSAGE_KEY.fullmatch(key) and not is_fragment(key, language):
        raise UnknownSound(
            f"{key} is neither the key of a message nor a fragment.",
            "Fragments have keys like queue.position/1, number/3 and digit/7.",
        )


def _telephone_sound(content: bytes, anyway: bool, go_on: GoOn) -> tuple[bytes, float]:
    """The upload as it is kept, and its length in seconds."""
    samples, rate = read_wav(content)
    if is_inaudible(samples) and not anyway:
        raise Inaudible("The recording is silent.", "Record it again; or send it with `anyway` if silence is meant.")
    heard = resampled(samples, rate, go_on)
    return wav(heard), len(heard) / RATE


def _write(file: Path, sound: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{uuid4().hex}.wav")
    try:
        unfinished.write_bytes(sound)
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
