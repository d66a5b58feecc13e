"""Speaks text with espeak-ng, in a process that is started when it is needed and again when it dies."""

import asyncio
import json
import re
import struct
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from svarhus.kit.errors import Unavailable
from svarhus.kit.waveform import levelled, resampled, silence, trimmed, write_wav

VOICES = {"sv": ("sv", 145), "en": ("en", 150), "nb": ("nb", 145), "da": ("da", 145), "fi": ("fi", 145)}
"""Voice and speed (words a minute) of each language."""

FALLBACK = "en"
PITCH = 45

BEFORE, AFTER = 0.03, 0.09
"""Seconds of silence around what is said, so that fragments in a row sound like one voice that breathes."""

LONGEST_ANSWER = 64 * 2**20
"""Bytes. More than 20 minutes: an answer that claims to be longer is broken."""

_HEADER = struct.Struct("<III")
_MARKUP = re.compile(r"</?[A-Za-z!?][^<>]*>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def espeak_folder() -> Path:
    """The folder with the library and its data, as the package espeakng-loader carries them."""
    spec = find_spec("espeakng_loader")
    if spec is None or spec.origin is None:
        raise Unavailable("espeak-ng is not installed", "Install the locked packages again: run ./svarhus up.")
    return Path(spec.origin).parent


def speakable(text: str) -> str:
    """The text without markup and control characters, which espeak-ng would take as instructions."""
    return " ".join(_CONTROL.sub(" ", _MARKUP.sub(" ", text)).split())


class EspeakSpeech:
    """`ports.speech.Speech` by espeak-ng."""

    def __init__(self, folder: Path | None = None, time_limit: float = 20.0) -> None:
        self._folder = folder
        self._time_limit = time_limit
        self._speaker: Process | None = None
        self._turn = asyncio.Lock()

    @cached_property
    def version(self) -> str:
        """Changes with everything that changes the sound: the engine, its voices and their settings."""
        try:
            engine = version("espeakng-loader")
        except PackageNotFoundError:
            engine = "unknown"
        return f"espeak-ng {engine} 1 {sorted(VOICES.items())} {PITCH} {BEFORE} {AFTER}"

    async def speak(self, text: str, language: str, file: Path) -> None:
        """Write the text as a WAV (8 kHz, 16 bit, mono). Unavailable when espeak-ng fails or is too slow."""
        said = speakable(text)
        if not any(character.isalnum() for character in said):
            write_wav(file, silence(BEFORE + AFTER))
            return
        voice, speed = VOICES.get(language, VOICES[FALLBACK])
        request = {"text": said, "voice": voice, "speed": speed, "pitch": PITCH}
        rate, sound = await self._ask(json.dumps(request).encode() + b"\n")
        await asyncio.to_thread(_finish, rate, sound, file)

    @property
    def process_id(self) -> int | None:
        """Of the program that speaks, while it is there."""
        return self._speaker.pid if self._speaker else None

    async def close(self) -> None:
        """End the process."""
        async with self._turn:
            await self._end()

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        """Sample rate and samples, one request at a time."""
        async with self._turn:
            try:
                status, rate, answer = await self._answer(request)
            except BaseException:
                await self._end()
                raise
        if status != 0:
            raise _unavailable(answer.decode(errors="replace"))
        return rate, answer

    async def _answer(self, request: bytes) -> tuple[int, int, bytes]:
        """Status, sample rate and answer. A process that has died since the last request is started again."""
        fresh = self._speaker is None
        try:
            async with asyncio.timeout(self._time_limit):
                return await self._exchange(request)
        except TimeoutError as error:
            raise _unavailable("it gave no answer in time") from error
        except (OSError, EOFError) as error:
            if fresh:
                raise _unavailable("it cannot be run") from error
        await self._end()
        return await self._answer(request)

    async def _exchange(self, request: bytes) -> tuple[int, int, bytes]:
        speaker = self._speaker or await self._start()
        requests, answers = speaker.stdin, speaker.stdout
        if requests is None or answers is None:
            raise EOFError("the program has no pipes")
        requests.write(request)
        await requests.drain()
        status, rate, length = _HEADER.unpack(await answers.readexactly(_HEADER.size))
        if length > LONGEST_ANSWER:
            raise EOFError("the answer is broken")
        return status, rate, await answers.readexactly(length)

    async def _start(self) -> Process:
        """The program runs in the folder of the library: espeak-ng cuts long paths to its data."""
        folder = self._folder or espeak_folder()
        program = str(Path(__file__).with_name("speaker.py").resolve())
        self._speaker = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", program, "./libespeak-ng.so", "./espeak-ng-data"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd=folder,
            start_new_session=True,
        )
        return self._speaker

    async def _end(self) -> None:
        speaker, self._speaker = self._speaker, None
        if speaker is None:
            return
        if speaker.returncode is None:
            speaker.kill()
        await speaker.wait()


def _unavailable(reason: str) -> Unavailable:
    return Unavailable(f"espeak-ng cannot speak: {reason}", "Run ./svarhus doctor. Recordings still play.")


def _finish(rate: int, sound: bytes, file: Path) -> None:
    samples = np.frombuffer(sound, "<i2").astype(np.float64) / 32768
    write_wav(file, trimmed(levelled(resampled(samples, rate)), BEFORE, AFTER))
