"""Those at the far ends of legs, with verbs of what people do with telephones."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.domains.calls.model import Call, CallRecord
from svarhus.kit.ids import LegId
from svarhus.ports.speech import MessagePhrase, Phrase
from svarhus.ports.telephony import Dial, EndCause

if TYPE_CHECKING:
    from svarhus.rehearsal.rehearsal import Rehearsal


class Party:
    """Somebody at the far end of a leg."""

    def __init__(self, house: "Rehearsal", leg: LegId) -> None:
        self.house = house
        self.leg = leg
        self._last_key = ""

    def holds(self) -> None:
        """By the phone's own key."""
        self.house.engine.hold(self.leg)
        self.house.settle()

    def resumes(self) -> None:
        self.house.engine.resume(self.leg)
        self.house.settle()

    def refers(self, target: str, other: "Party | None" = None) -> bool:
        """A transfer by the phone's own key; how it went, as the phone is told."""
        self.house.engine.ask_transfer(self.leg, target, other.leg if other else None)
        self.house.settle()
        return self.house.engine.told_of_transfers[self.leg][-1]

    def presses(self, digits: str) -> None:
        """One after the other, each once the question before it can have been heard."""
        for digit in digits:
            if self.house.decides:
                self.house.waits(0.3 if digit != self._last_key else 0.6)
            self._last_key = digit
            self.presses_at_once(digit)

    def presses_at_once(self, digits: str) -> None:
        self.house.engine.press(self.leg, digits)
        self.house.settle()

    def hangs_up(self) -> None:
        """After so long at least that whoever was joined has been heard."""
        self.house.lets_them_talk(self.leg)
        self.is_gone_at_once()

    def is_gone_at_once(self) -> None:
        self.house.engine.hang_up(self.leg)
        self.house.settle()

    def loses_sound(self) -> None:
        self.house.lets_them_talk(self.leg)
        self.house.engine.fail(self.leg, EndCause.MEDIA_LOST)
        self.house.settle()

    def hears(self, heard: Heard) -> bool:
        return self.house.engine.hears(self.leg) is heard

    def hears_voice_of(self, other: "Party") -> bool:
        return self.house.engine.talking(self.leg, other.leg)

    @property
    def gone(self) -> bool:
        return self.leg not in self.house.engine.world.legs

    @property
    def told(self) -> list[str]:
        """What has been said to the party so far: templates of the product, messages of the house."""
        return [name_of(phrase) for phrase in self.house.told.get(self.leg, [])]

    @property
    def last_told(self) -> Phrase:
        return self.house.told[self.leg][-1]

    @property
    def answered(self) -> bool:
        return self.house.engine.world.legs[self.leg].answered

    @property
    def refused_with(self) -> EndCause:
        """What the party was told when we hung up."""
        return self.house.engine.hang_ups[self.leg]

    @property
    def shown(self) -> str | None:
        """The number that the phone of this party showed when we rang it."""
        return self.house.presented[self.leg].presented

    @property
    def call(self) -> Call:
        return self.house.core.state.calls[self.house.call_of[self.leg]]

    @property
    def record(self) -> CallRecord:
        return self.house.records[self.house.call_of[self.leg]]


class Phone:
    """A telephone that we may ring: a person's, or a number outside."""

    def __init__(self, house: "Rehearsal", name: str) -> None:
        self.house = house
        self.name = name

    @property
    def rings(self) -> bool:
        return self._ringing() is not None

    def _ringing(self) -> LegId | None:
        for leg in self.house.engine.world.legs.values():
            if leg.dialled and self.name in _name_of_target(leg.dialled) and not leg.answered:
                return leg.id
        return None

    def answers(self) -> Party:
        leg = self._ringing()
        assert leg is not None, f"{self.name} does not ring"
        self.house.engine.answer(leg)
        return self.house.then(Party(self.house, leg))

    def declines(self) -> None:
        leg = self._ringing()
        assert leg is not None, f"{self.name} does not ring"
        self.house.engine.decline(leg)
        self.house.settle()

    def dials(self, number: str) -> Party:
        leg = self.house.engine.call_in(self.house.organisation, number, self.name, endpoint=self.name)
        return self.house.then(Party(self.house, leg))

    def always(self, reaction: Reaction, after: float = 0.0) -> None:
        """From now on it answers, declines, is busy ... whenever it is rung."""
        self.house.engine.when_called(self.name, reaction, after)

    def goes_off(self) -> None:
        self.house.engine.unregister(self.name)
        self.house.settle()

    def comes_on(self) -> None:
        self.house.engine.register(self.name)
        self.house.settle()

    @property
    def headers(self) -> Mapping[str, str]:
        """Of the call that rings."""
        leg = self._ringing()
        assert leg is not None, f"{self.name} does not ring"
        return self.house.presented[leg].headers


def name_of(phrase: Phrase) -> str:
    return phrase.message if isinstance(phrase, MessagePhrase) else phrase.template


def _name_of_target(dial: Dial) -> tuple[str, ...]:
    return tuple(msgspec.to_builtins(dial.target).values())
