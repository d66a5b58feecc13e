"""What one test has for itself: a number, a queue, people with phones, and callers."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from e2e.house import PATIENCE, House
from e2e.organisation import Place, password_of
from svarhus.app.tryout.words import clip_of, heard
from svarhus.domains.calls.model import Call as LiveCall
from svarhus.domains.calls.model import CallRecord, Outcome
from svarhus.domains.presence.state import Agent
from svarhus.exchange.core.requests import LogIn, Request
from svarhus.kit.ids import PersonKey, QueueKey
from svarhus.phones import sound
from svarhus.phones.phone import Call
from svarhus.phones.scenarios import Actor, describe_sound
from svarhus.ports.speech import MessagePhrase, Phrase, SpokenValue, TemplatePhrase


class Stand:
    def __init__(self, house: House, place: Place) -> None:
        self.house = house
        self.place = place
        self._phones: list[Actor] = []

    # ------------------------------------------------------------ phones

    async def phone(self, name: str, codec: int = 8, transport: str = "udp") -> Actor:
        """A phone of this stand. `codec`: 8 A-law, 0 mu-law. `transport`: udp, tcp or tls."""
        settings = self.house.asterisk.settings
        port = settings.sip_tls_port if transport == "tls" else settings.sip_port
        server = f"{settings.bind}:{port}"
        actor = Actor(f"{name}{self.place.index}", server=server, codecs=(codec,), transport=transport)
        self._phones.append(actor)
        await actor.start()
        return actor

    async def agent(self, which: int = 0, codec: int = 8, transport: str = "udp") -> Actor:
        """A person's phone, registered and known to be reachable."""
        actor = await self.phone(f"agent-{'abcdef'[which]}-", codec, transport)
        extension = self.place.phone(which)
        await actor.register(extension, password_of(extension))
        await self.reachable(which)
        return actor

    async def reachable(self, which: int = 0) -> None:
        """Wait until the house knows that the person's phone is there."""
        await self.house.until(lambda: self.is_reachable(which))

    def is_reachable(self, which: int = 0) -> bool:
        return self.place.phone(which) in self.house.exchange.core.state.stored.reachable

    async def logs_in(self, which: int = 0) -> None:
        """The person takes calls of the stand's queue."""
        await self.ask(LogIn(self.person(which)))

    async def caller(self, which: int = 0) -> Actor:
        """A caller who has called and is answered."""
        actor = await self.phone(f"caller-{which}-")
        await actor.call(self.place.number, from_number=self.place.caller(which))
        return actor

    async def caller_in_queue(self, which: int = 0) -> Actor:
        """A caller who has chosen the queue."""
        actor = await self.caller(which)
        await actor.press("1")
        return actor

    async def talking(self) -> tuple[Actor, Actor]:
        """A caller and an agent who have each other."""
        agent = await self.agent()
        caller = await self.caller_in_queue()
        await agent.expect_ring(from_number=self.place.caller(0))
        agent.answer()
        return caller, agent

    # ------------------------------------------------------------ what is heard

    async def hears(self, actor: Actor, *phrases: Phrase, within: float = PATIENCE, call: Call | None = None) -> None:
        """The party hears these words, in this order, from when its call began."""
        call = call or actor.current
        files = await self.house.sound(*phrases)
        assert files, f"there is no sound for {phrases}"

        clips = [clip for clip in map(clip_of, files) if sound.level(clip) > sound.AUDIBLE]
        if not await actor.wait_until(lambda: heard(call, clips), within, poll=0.3):
            text = ", ".join(map(_words, phrases))
            raise AssertionError(
                f"{actor.name} did not hear {text} within {within} s, but {describe_sound(call, 3.0)}\n"
                f"{_scores(call, clips)}\n{actor.story()}"
            )

    async def hears_message(self, actor: Actor, key: str, within: float = PATIENCE) -> None:
        await self.hears(actor, MessagePhrase(key, "sv"), within=within)

    async def is_told(
        self, actor: Actor, template: str, values: Mapping[str, SpokenValue] | None = None, within: float = PATIENCE
    ) -> None:
        await self.hears(actor, TemplatePhrase(template, "sv", dict(values or {})), within=within)

    async def is_told_by(self, call: Call, template: str, within: float = PATIENCE) -> None:
        """The party of this call, at whatever phone, is told this."""
        assert isinstance(call.phone, Actor)
        await self.hears(call.phone, TemplatePhrase(template, "sv"), within=within, call=call)

    # ------------------------------------------------------------ what is so

    @property
    def queue(self) -> QueueKey:
        return QueueKey(self.place.key)

    def person(self, which: int = 0) -> PersonKey:
        return PersonKey(self.place.person(which))

    def calls(self) -> list[LiveCall]:
        """The calls to the stand's number that are going on."""
        return [call for call in self.house.exchange.core.state.calls.values() if call.dialled == self.place.number]

    async def message(self, key: str) -> Sequence[Path]:
        """The sound of a message."""
        return await self.house.sound(MessagePhrase(key, "sv"))

    def waiting(self) -> int:
        """Callers in the queue."""
        return self.house.exchange.core.state.matching.waiting(self.queue)

    def presence(self, which: int = 0) -> Agent:
        person = self.person(which)
        return self.house.exchange.core.state.agents.get(person) or Agent(person)

    async def ask(self, request: Request) -> str:
        return await self.house.exchange.ask(request)

    async def waits(self, count: int = 1) -> None:
        await self.house.until(lambda: self.waiting() == count)

    async def log(self, calls: int = 1, dialled: str | None = None) -> list[CallRecord]:
        """The call log of the stand's number, when so many calls have ended."""
        dialled = dialled or self.place.number
        found = await self.house.log_of(dialled)
        async with asyncio.timeout(10):
            while len(found) < calls:  # the log is told of by nobody
                await asyncio.sleep(0.1)
                found = await self.house.log_of(dialled)
        return found

    async def came_to(self, *outcomes: Outcome) -> list[CallRecord]:
        """The calls of the stand's number have ended so."""
        found = await self.log(len(outcomes))
        assert [record.outcome for record in found] == list(outcomes)
        return found

    # ------------------------------------------------------------ the end

    async def clear(self) -> None:
        await asyncio.gather(*(phone.stop() for phone in self._phones), return_exceptions=True)
        for call in self.house.carrier.calls:
            if call.number.startswith(self.place.mobile(0)[:-2]) and call.state != "ended":
                await call.hangup()

    async def expect_nothing_left(self) -> None:
        """No call, leg, waiting caller or busy agent of this stand is left, nor anything in Asterisk."""
        await self.house.until(lambda: not self._left())
        assert not self._left(), self._left()

    def _left(self) -> list[str]:
        state = self.house.exchange.core.state
        mine = {self.place.phone(which) for which in range(self.place.wants.agents)}
        mine |= {self.place.caller(which) for which in range(9)}
        return [
            *(call.id for call in self.calls()),
            *(leg.id for leg in state.legs.values() if leg.party in mine),
            *(place.call for place in state.places.values() if place.queue == self.queue),
            *(str(leg) for which in range(self.place.wants.agents) for leg in self.presence(which).legs),
        ]


def _scores(call: Call, clips: Sequence[np.ndarray]) -> str:
    samples = call.heard.samples((call.started, None))
    return "likeness " + ", ".join(f"{sound.find_clip(samples, clip)[0]:.2f}" for clip in clips)


def _words(phrase: Phrase) -> str:
    return phrase.message if isinstance(phrase, MessagePhrase) else phrase.template
