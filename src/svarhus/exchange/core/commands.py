"""What the exchange orders: commands to the telephony engine, and things to be said."""

import msgspec

from svarhus.kit.ids import LegId, PromptId, RecordingId
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


Command = TelephonyCommand | SayTo | FindRecording
