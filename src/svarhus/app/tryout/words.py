"""What should be heard: the words in writing, and their sound as the installation plays it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from svarhus.domains.audio.service import Prompts
from svarhus.domains.audio.wording import words
from svarhus.exchange.core.rules import Rules
from svarhus.kit.errors import NotFound
from svarhus.phones import sound
from svarhus.phones.phone import Call, Phone, PhoneError
from svarhus.phones.scenarios import describe_sound
from svarhus.ports.speech import MessagePhrase, Phrase

ALIKE = 0.65
"""Likeness from which a sound counts as heard. Measured through G.711: itself 1.0, another 0.3 at most."""

LONGEST_CLIP = 2.5
"""Seconds of a sound that are compared: enough to know it, and the rest need not be waited for."""


@dataclass(frozen=True)
class Words:
    """Something to be heard."""

    text: str
    clips: tuple[np.ndarray, ...]

    def shortened(self, clips: int) -> "Words":
        """Only the first sounds: the rest of the text is instructions, which need not be waited for."""
        return Words(self.text, self.clips[:clips])


class Script:
    """Finds the words of the installation's organisation."""

    def __init__(self, prompts: Prompts, rules: Rules) -> None:
        self._prompts = prompts
        self._rules = rules

    async def words(self, phrase: Phrase) -> Words:
        """NotFound when the organisation has no such message, or it has no sound."""
        files = await self._prompts.files(self._rules.id, (phrase,), self._rules.messages)
        clips = [clip_of(Path(file)) for file in files]
        audible = tuple(clip for clip in clips if sound.level(clip) > sound.AUDIBLE)
        if not audible:
            raise NotFound(
                f"There is no sound for {self._text(phrase)!r}.",
                "Was the demo organisation changed? The check walks the flow as it is shipped.",
            )
        return Words(self._text(phrase), audible)

    async def recognised(self, call: Call) -> str:
        """Which of the organisation's messages were heard in a call, in words."""
        said = []
        for message in self._rules.messages.values():
            for language in message.manuscripts:
                words = await self.words(MessagePhrase(message.key, language))
                if heard(call, words.clips):
                    said.append(f"»{words.text}«")
        return " and ".join(said)

    def _text(self, phrase: Phrase) -> str:
        if isinstance(phrase, MessagePhrase):
            message = self._rules.messages.get(phrase.message)
            return message.manuscripts.get(phrase.language, phrase.message) if message else phrase.message
        return _joined([fragment.text for fragment in words(phrase) if fragment.text])


def _joined(texts: Sequence[str]) -> str:
    """The pieces of a text, of which those between sentences have lost their full stop."""
    whole = ""
    for text in texts:
        whole += text if not whole else f". {text}" if text[0].isupper() and whole[-1].isalnum() else f" {text}"
    return whole


def clip_of(file: Path) -> np.ndarray:
    """As much of a sound as is compared."""
    return sound.read_wav(file)[: int(LONGEST_CLIP * sound.RATE)]


async def hear(phone: Phone, wanted: Words, script: Script, within: float) -> None:
    """Wait until the party has heard the words, from the beginning of its call. PhoneError when it does not."""
    call = phone.current
    if await phone.wait_until(lambda: heard(call, wanted.clips), within, poll=0.25):
        return
    instead = await script.recognised(call) or "none of the messages"
    raise PhoneError(f"Within {within:.0f} s it was not heard. Heard: {instead}; at last {describe_sound(call, 3.0)}.")


def heard(call: Call, clips: Sequence[np.ndarray]) -> bool:
    """Whether the sounds were heard since the beginning of the call, in this order."""
    samples, at = call.heard.samples((call.started, None)), 0
    for clip in clips:
        found = _first(samples[at:], clip)
        if found is None:
            return False
        at += found + len(clip) // 2
    return True


def _first(samples: np.ndarray, clip: np.ndarray) -> int | None:
    """Where the sound is heard for the first time: a word that is said twice must not be taken for its second."""
    first = None
    while True:
        score, seconds = sound.find_clip(samples, clip)
        if score < ALIKE:
            return first
        first = int(seconds * sound.RATE)
        samples = samples[: first + len(clip) // 2]
