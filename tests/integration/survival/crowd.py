"""Callers and agents, many at once, and what they hear."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

from integration.house.waiting import until
from integration.survival.contact_centre import BACK, FRONT, LATE, TALKERS, password_of
from integration.survival.ledger import Ledger
from svarhus.phones.phone import Call, Refused
from svarhus.phones.rtp import Pump
from svarhus.phones.scenarios import TONES, Actor, describe_sound

LONGEST_GAP = 0.25
"""Seconds, beside those by which the phones themselves were late: sixty of them run in this process. A
conversation that was cut is silent for good."""


@dataclass(frozen=True)
class Pair:
    """A caller and an agent in conversation, each sending a tone of its own."""

    caller: Actor
    agent: Actor
    heard_by_caller: float
    heard_by_agent: float

    @property
    def ends(self) -> tuple[tuple[Call, float], tuple[Call, float]]:
        return (self.caller.calls[-1], self.heard_by_caller), (self.agent.calls[-1], self.heard_by_agent)

    def trouble(self, since: float) -> str:
        """What is wrong with the sound from then until now; empty when nothing is."""
        window = (since, time.monotonic() - 0.2)
        for call, tone in self.ends:
            if call.state != "up":
                return f"{call!r} of {call.phone.name}: {call.cause}"
            gaps = call.heard.gaps(window, LONGEST_GAP + Pump.get().late_max)
            if gaps or not call.heard.tone_present(tone, window, coverage=0.8):
                return f"{call.phone.name} does not hear {tone} Hz: {describe_sound(call, window)}, gaps {gaps}"
        return ""


def troubles(pairs: Sequence[Pair], since: float) -> list[str]:
    """What is wrong with the sound of any of them from then until now."""
    return [trouble for pair in pairs if (trouble := pair.trouble(since))]


class Crowd:
    """The people of one test. All hang up at its end, and the house must be empty then."""

    _numbers = itertools.count(46701740605)

    def __init__(self, server: str, ledger: Ledger) -> None:
        self._server = server
        self._ledger = ledger
        self._phones: list[Actor] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.dismiss(self._phones)
        if error is None:
            await until(self._all_over)

    async def dismiss(self, phones: Sequence[Actor]) -> None:
        """They hang up and leave. A phone that were only switched off would be rung in the next test."""
        leaving = list(phones)
        self._phones = [phone for phone in self._phones if phone not in leaving]
        await asyncio.gather(*(phone.unregister() for phone in leaving if phone.user), return_exceptions=True)
        await asyncio.gather(*(phone.stop() for phone in leaving), return_exceptions=True)

    async def _all_over(self) -> bool:
        state = await self._ledger.state()
        return not state.calls and not state.stored.reachable

    async def phone(self, name: str) -> Actor:
        actor = Actor(name, server=self._server)
        self._phones.append(actor)
        return await actor.start()

    def number(self) -> str:
        """A caller's number that nobody else has."""
        return f"+{next(self._numbers)}"

    async def agents(self, extensions: Sequence[str], what: str = "answer") -> list[Actor]:
        """Registered phones, known to be reachable, that `answer` or `ring`."""
        phones = [await self.phone(extension) for extension in extensions]
        await self.register(phones)
        for phone in phones:
            phone.on_incoming(what)
        return phones

    async def register(self, phones: Sequence[Actor]) -> None:
        """Register them, as soon as Asterisk knows them: after a file was applied that takes a moment."""
        for phone in phones:
            await until(partial(_registered, phone))
        await self.reachable(phones)

    async def reachable(self, phones: Sequence[Actor]) -> None:
        for phone in phones:
            await until(partial(self._is_reachable, phone))

    async def _is_reachable(self, phone: Actor) -> bool:
        return phone.name in await self._ledger.reachable()

    async def talking(self, count: int) -> list[Pair]:
        """So many conversations, each heard by both."""
        agents = await self.agents(TALKERS[:count])
        callers = [await self.caller(FRONT) for _ in range(count)]
        for agent in agents:
            await agent.expect_up()
        by_number = {agent.calls[-1].from_number: agent for agent in agents}
        pairs = []
        for index, caller in enumerate(callers):
            first, second = TONES[index % 8], TONES[(index + 3) % 8]
            pairs.append(Pair(caller, by_number[caller.name], first, second))
            by_number[caller.name].calls[-1].play_tone(first)
            caller.calls[-1].play_tone(second)
        await self.sound(pairs)
        return pairs

    async def sound(self, pairs: Sequence[Pair], during: float = 1.0) -> None:
        """From now on, both parties of all of them hear each other for so long; or longer, when this process was late
        in reading what they heard."""
        since = time.monotonic() + 0.3
        for _ in range(3):
            await asyncio.sleep(during + 0.5)
            if not troubles(pairs, since):
                return
        self.no_gap(pairs, since)

    def no_gap(self, pairs: Sequence[Pair], since: float) -> None:
        """They have heard each other without a break since then. AssertionError names who has not."""
        found = troubles(pairs, since)
        assert not found, "\n".join(found)

    async def caller(self, number: str, *, wait: bool = True) -> Actor:
        """Somebody new who calls; the phone is named by its number."""
        own = self.number()
        phone = await self.phone(own)
        if wait:
            await phone.call(number, from_number=own)
        else:
            phone.dial(number, from_number=own)
        return phone

    async def waiting(self, count: int) -> list[Actor]:
        """So many who wait in this order and hear music."""
        phones = [await self.caller(BACK) for _ in range(count)]

        async def all_in_line() -> bool:
            return [caller for caller, _ in await self._ledger.line("back")] == [phone.name for phone in phones]

        await until(all_in_line)
        await asyncio.gather(*(phone.expect_sound() for phone in phones))
        return phones

    async def late_agent(self) -> Actor:
        """The member of the queue of those who wait registers and logs in by the code."""
        (late,) = await self.agents([LATE])
        await late.call("*61")
        await late.expect_ended()
        return late


async def _registered(phone: Actor) -> bool:
    try:
        await phone.register(phone.name, password_of(phone.name))
    except Refused:
        return False
    return True
