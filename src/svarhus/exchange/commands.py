"""What the exchange orders: commands to the telephony engine, and things to be said."""

import msgspec

from svarhus.kit.ids import LegId, PromptId
from svarhus.ports.speech import Phrase
from svarhus.ports.telephony import TelephonyCommand


class SayTo(msgspec.Struct, frozen=True):
    """Say these to the leg: the phrases become sound files, which are then played."""

    leg: LegId
    prompt: PromptId
    phrases: tuple[Phrase, ...]
    revision: int
    """The configuration whose messages are meant."""


Command = TelephonyCommand | SayTo
