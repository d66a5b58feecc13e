"""While the database is gone: what can still be done for callers, without deciding anything.

A new caller is answered and told that there is a technical problem. Whoever is still on the line when
the database is back is taken up as if the call came then. Two parties in conversation are not touched;
when one hangs up, so does the other.
"""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import structlog

from svarhus.exchange.core.conversations import conversation_of, join_of, joined_in
from svarhus.exchange.core.state import State
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import LegId, PromptId
from svarhus.ports.telephony import (
    Answer,
    CallOffered,
    HangUp,
    LegEnded,
    MusicOn,
    Play,
    PromptFinished,
    StopPlaying,
    Telephony,
    TelephonyCommand,
    TelephonyEvent,
)

log = structlog.get_logger()

TIMES_SAID = 2
"""How often the message is said before the caller is let go."""


class Outage:
    """Stands in for the decisions while nothing can be committed."""

    def __init__(
        self,
        telephony: Telephony,
        state: State,
        message: Callable[[], Sequence[str]],
        spawn: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self._telephony = telephony
        self._state = state
        self._message = message
        self._spawn = spawn
        self._held: dict[LegId, CallOffered] = {}
        self._told: set[LegId] = set()
        """Callers whose call was decided, but not committed, when the database went."""
        self._said: dict[LegId, int] = {}
        self.turned_away: list[CallOffered] = []
        """Callers who were told and have left, for the journal."""

    def take(self, event: TelephonyEvent) -> bool:
        """Whether the event is dealt with here and needs no decision later."""
        match event:
            case CallOffered():
                self._receive(event)
                return True
            case LegEnded(leg) if leg in self._held:
                self.turned_away.append(self._held.pop(leg))
                return True
            case LegEnded(leg):
                self._told.discard(leg)
                self._part(leg)
            case PromptFinished(leg, prompt) if prompt == self._saying(leg):
                self._again(leg)
                return True
        return False

    def tell(self, leg: LegId) -> None:
        """A caller whose call is decided, and goes on when that can be committed, is told meanwhile."""
        if leg not in self._told:
            self._told.add(leg)
            self._order(Answer(leg), self._tell(leg, 1))

    def end(self) -> list[CallOffered]:
        """The database is back: the callers who are still there."""
        still_there = list(self._held.values())
        self._order(*(StopPlaying(leg) for leg in (*self._held, *self._told)))
        self._held.clear()
        self._told.clear()
        return still_there

    def _receive(self, offered: CallOffered) -> None:
        if offered.leg in self._state.legs or offered.leg in self._held:
            return
        self._held[offered.leg] = offered
        self._order(Answer(offered.leg), self._tell(offered.leg, 1))

    def _again(self, leg: LegId) -> None:
        said = self._said.get(leg, 1)
        if said >= TIMES_SAID:
            self._order(HangUp(leg))
        else:
            self._order(self._tell(leg, said + 1))

    def _tell(self, leg: LegId, times: int) -> TelephonyCommand:
        self._said[leg] = times
        files = tuple(self._message())
        return Play(leg, _prompt(leg, times), files) if files else MusicOn(leg)

    def _saying(self, leg: LegId) -> PromptId | None:
        told = leg in self._held or leg in self._told
        return _prompt(leg, self._said.get(leg, 1)) if told else None

    def _part(self, leg: LegId) -> None:
        ended = self._state.legs.get(leg)
        talk = conversation_of(self._state, leg) if ended and join_of(self._state, leg) else None
        others = [other for other in joined_in(self._state, talk) if other != leg] if talk else []
        self._order(*(HangUp(other) for other in others))

    def _order(self, *commands: TelephonyCommand) -> None:
        if commands:
            self._spawn(self._carry_out(commands))

    async def _carry_out(self, commands: Sequence[TelephonyCommand]) -> None:
        try:
            await self._telephony.carry_out(commands)
        except SvarhusError as error:
            log.warning("outage_command_failed", error=error.detail)


def _prompt(leg: LegId, times: int) -> PromptId:
    return PromptId(f"{leg}-technical-{times}")
