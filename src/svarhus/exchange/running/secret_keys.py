"""Keys that nobody may read: they are collected here, and what is decided and kept gets no more than a handle.

What is here is in no journal and no snapshot. A process that dies loses it, and the secret is asked for again. Whose
secret it is, is keyed here too: somebody may key the secret itself where the number is asked for.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import msgspec

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.calls.model import Leg
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.decisions.calls import by_pin
from svarhus.exchange.core.decisions.calls.keys import SAME_PRESS, SAME_PRESS_IN_NUMBER
from svarhus.exchange.core.requests import (
    HiddenChoice,
    PersonKeyed,
    SecretDeclined,
    SecretKeyed,
    SecretPressed,
    TimePassed,
)
from svarhus.kit.clock import Instant
from svarhus.kit.ids import LegId, PromptId
from svarhus.ports.telephony import DigitPressed, LegEnded

LONGEST = 32


class Secret(msgspec.Struct, frozen=True):
    claimed: str
    """Whose it should be, as it was keyed; empty when that was not asked for."""
    pin: str


class _Keyed(msgspec.Struct):
    """At one leg."""

    prompt: PromptId
    """That asked for it."""
    digits: str = ""
    done: bool = False
    claimed: str = ""
    last: str = ""
    last_at: Instant | None = None

    def asked_by(self, prompt: PromptId) -> None:
        if prompt != self.prompt:
            self.prompt, self.digits, self.done = prompt, "", False

    def is_same_press(self, key: DigitPressed, within: timedelta) -> bool:
        if self.last != key.digit or self.last_at is None or key.pressed_at is None:
            return False
        return abs(key.pressed_at - self.last_at) < within


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

    def take(self, leg: LegId, prompt: PromptId) -> Secret | None:
        """What was keyed, once. None: it is not known here any more."""
        keyed = self._keyed.get(leg)
        if keyed is None or keyed.prompt != prompt or not keyed.done or not keyed.digits:
            return None
        secret, keyed.digits = Secret(keyed.claimed, keyed.digits), ""
        return secret

    def _hidden(self, key: DigitPressed) -> Input:
        leg = self._core.state.legs.get(key.leg)
        if leg is None or not leg.takes_keys.hides or leg.last_prompt is None:
            return key
        keyed = self._keyed.setdefault(leg.id, _Keyed(leg.last_prompt))
        keyed.asked_by(leg.last_prompt)
        chooses = leg.takes_keys is TakesKeys.HIDDEN_CHOICE
        if keyed.done or keyed.is_same_press(key, SAME_PRESS if chooses else SAME_PRESS_IN_NUMBER):
            return TimePassed()
        again = keyed.last == key.digit
        keyed.last, keyed.last_at = key.digit, key.pressed_at
        return HiddenChoice(leg.id, keyed.prompt, key.digit, again) if chooses else self._collected(leg, keyed)

    def _collected(self, leg: Leg, keyed: _Keyed) -> Input:
        """What the last key makes of those before it."""
        if keyed.last == "#" and keyed.digits:
            return self._done(leg, keyed)
        if keyed.last == "*" and not keyed.digits and leg.takes_keys is TakesKeys.HIDDEN:
            return SecretDeclined(leg.id, keyed.prompt)
        keyed.digits = "" if keyed.last in "*#" else (keyed.digits + keyed.last)[:LONGEST]
        return SecretPressed(leg.id, keyed.prompt)

    def _done(self, leg: Leg, keyed: _Keyed) -> Input:
        keyed.done = True
        if leg.takes_keys is TakesKeys.HIDDEN:
            return SecretKeyed(leg.id, keyed.prompt)
        keyed.claimed, keyed.digits = keyed.digits, ""
        return PersonKeyed(leg.id, keyed.prompt, by_pin.person_of(self._core.rules, keyed.claimed))
