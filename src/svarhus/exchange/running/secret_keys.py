"""Keys that nobody may read: they are collected here, and what is decided and kept gets no more than a handle.

What is here is in no journal and no snapshot. A process that dies loses it, and the secret is asked for again.
"""

from collections.abc import Iterable, Iterator

import msgspec

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.decisions.calls.keys import SAME_PRESS_IN_NUMBER
from svarhus.exchange.core.requests import SecretBegun, SecretKeyed, TimePassed
from svarhus.kit.clock import Instant
from svarhus.kit.ids import LegId, PromptId
from svarhus.ports.telephony import DigitPressed, LegEnded

LONGEST = 32


class _Keyed(msgspec.Struct):
    """For one prompt that asks for a secret."""

    prompt: PromptId
    digits: str = ""
    last: str = ""
    last_at: Instant | None = None
    begun: bool = False
    done: bool = False


class SecretKeys:
    """Of one organisation."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._keyed: dict[LegId, _Keyed] = {}

    def hiding(self, inputs: Iterable[Input]) -> Iterator[Input]:
        """The inputs, with something that tells nothing in place of each key of a secret. Each is looked at when it is
        asked for, so when all before it are decided."""
        for input in inputs:
            match input:
                case LegEnded(leg=leg):
                    self._keyed.pop(leg, None)
                    yield input
                case DigitPressed():
                    yield self._hidden(input)
                case _:
                    yield input

    def take(self, leg: LegId, prompt: PromptId) -> str | None:
        """What was keyed, once. None: it is not known here any more."""
        keyed = self._keyed.get(leg)
        if keyed is None or keyed.prompt != prompt or not keyed.done:
            return None
        return self._keyed.pop(leg).digits

    def _hidden(self, key: DigitPressed) -> Input:
        leg = self._core.state.legs.get(key.leg)
        if leg is None or leg.takes_keys is not TakesKeys.HIDDEN or leg.last_prompt is None:
            return key
        keyed = self._keyed.get(key.leg)
        if keyed is None or keyed.prompt != leg.last_prompt:
            keyed = self._keyed[key.leg] = _Keyed(leg.last_prompt)
        if keyed.done or _is_same_press(keyed, key):
            return TimePassed()
        begun, keyed.begun = keyed.begun, True
        keyed.last, keyed.last_at = key.digit, key.pressed_at
        if key.digit == "#" and keyed.digits:
            keyed.done = True
            return SecretKeyed(key.leg, keyed.prompt)
        keyed.digits = "" if key.digit in "*#" else (keyed.digits + key.digit)[:LONGEST]
        return TimePassed() if begun else SecretBegun(key.leg, keyed.prompt)


def _is_same_press(keyed: _Keyed, key: DigitPressed) -> bool:
    if keyed.last != key.digit or keyed.last_at is None or key.pressed_at is None:
        return False
    return abs(key.pressed_at - keyed.last_at) < SAME_PRESS_IN_NUMBER
