"""Spoken texts as files: each text is spoken once and kept, and found again in microseconds."""

import asyncio
import hashlib
import os
from pathlib import Path
from uuid import uuid4

import structlog

from svarhus.ports.speech import Speech

LOG: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

PATIENCE = 3.0
"""Seconds that a caller waits for words which are not spoken yet. The engine goes on for the next caller."""


class SpokenTexts:
    """Files of spoken texts below a folder, named by a hash of text, language and version of the engine."""

    def __init__(self, folder: Path, speech: Speech, patience: float = PATIENCE) -> None:
        self._folder = folder.absolute()
        self._speech = speech
        self._patience = patience
        self._ready: dict[tuple[str, str], str] = {}
        self._making: dict[tuple[str, str], asyncio.Task[str | None]] = {}

    def ready(self, text: str, language: str) -> str | None:
        """The file of a text that has been asked for before."""
        return self._ready.get((text, language))

    async def file(self, text: str, language: str) -> str | None:
        """The file of a text, which is spoken now if it never was. None when it cannot be had in time."""
        found = self._ready.get((text, language))
        if found is not None:
            return found
        making = self._making.get((text, language))
        if making is None:
            making = asyncio.create_task(self._make(text, language))
            self._making[text, language] = making
            making.add_done_callback(lambda _: self._making.pop((text, language), None))
        try:
            async with asyncio.timeout(self._patience):
                return await asyncio.shield(making)
        except TimeoutError:
            LOG.warning("speech_too_slow", language=language, letters=len(text))
            return None

    async def close(self) -> None:
        """Stop what is being made, and let go of the engine."""
        making = list(self._making.values())
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)
        await self._speech.close()

    async def _make(self, text: str, language: str) -> str | None:
        file = self._path(text, language)
        try:
            if not file.is_file():
                await self._speak(text, language, file)
        except Exception as error:  # whatever is wrong with an engine, a call goes on without its words
            LOG.warning("speech_failed", language=language, letters=len(text), error=str(error))
            return None
        self._ready[text, language] = str(file)
        return str(file)

    async def _speak(self, text: str, language: str, file: Path) -> None:
        """Speak into a file beside it and then move it there, so that half a file is never played."""
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f".{uuid4().hex}.wav")
        try:
            await self._speech.speak(text, language, unfinished)
            os.replace(unfinished, file)
        finally:
            unfinished.unlink(missing_ok=True)

    def _path(self, text: str, language: str) -> Path:
        identity = "\0".join((self._speech.version, language, text))
        name = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
        return self._folder / name[:2] / f"{name}.wav"
