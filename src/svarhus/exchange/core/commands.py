"""What the exchange orders: commands to the telephony engine, and things to be said."""

import msgspec

from svarhus.kit.ids import LegId, PersonKey, PromptId, RecordingId
from svarhus.ports.speech import Phrase
from svarhus.ports.telephony import TelephonyCommand


class SayTo(msgspec.Struct, frozen=True):
    """Say these to the leg: the phrases become sound files, which are then played."""

    leg: LegId
    prompt: PromptId
    phrases: tuple[Phrase, ...]
    revision: int
    """The configuration whose messages are meant."""


class FindRecording(msgspec.Struct, frozen=True):
    """Look on the disk for a recording whose end was not told. Answered with RecordingFinished, as if it had been."""

    leg: LegId
    recording: RecordingId


class CheckPin(msgspec.Struct, frozen=True):
    """Have the PIN looked at that was keyed when this prompt asked for it. Answered with PinChecked."""

    leg: LegId
    prompt: PromptId
    person: PersonKey | None
    """None: nobody has that number."""
    caller: str | None
    """The number from which it was keyed."""


Command = TelephonyCommand | SayTo | FindRecording | CheckPin
