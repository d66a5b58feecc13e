"""The demonstration organisation, running on a real database and the simulated engine."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from svarhus.adapters.simulated.engine import SimulatedEngine
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.organisations import DEMO
from svarhus.domains.audio.model import Message
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.signin.pins import Pins
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.running.acting import no_pin_fits
from svarhus.exchange.running.exchange import Exchange
from svarhus.kit.database import Database
from svarhus.kit.ids import LegId, OrganisationId, PersonKey
from svarhus.ports.speech import MessagePhrase, Phrase, TemplatePhrase
from svarhus.ports.telephony import Dial, EndpointChanged, PhoneAddress, TelephonyCommand

RECEPTION, ADVICE = "+46846500400", "+46846500401"
"""The numbers of the demonstration: a menu; and straight to the queue of the advice line."""
KARIN, LARS = "+46701740605", "+46701740606"
PHONES = {"astrid": "1001", "birgitta": "1002", "cecilia": "1003", "david": "1004"}

LIMIT = 60.0
"""Seconds in which anything that is waited for must have happened, however much else the machine has to do."""


class WatchedEngine(SimulatedEngine):
    """Tells when it has been given a command."""

    def __init__(self, time: VirtualTime, recordings: Path) -> None:
        super().__init__(time, recordings_folder=recordings)
        self.stirred = asyncio.Event()

    def carry_out(self, organisation: OrganisationId, command: TelephonyCommand) -> None:
        super().carry_out(organisation, command)
        self.stirred.set()


class RunningHouse:
    """Runs the demonstration, and begins anew when it is told to."""

    def __init__(self, database: Database, recordings: Path, time: VirtualTime, pins: Pins | None = None) -> None:
        self.time = time
        self.engine = WatchedEngine(time, recordings)
        self.commits: list[int] = []
        self._database = database
        self._recordings = recordings
        self._pins = pins
        self._exchange: Exchange | None = None

    def of(self, organisation: OrganisationId) -> Exchange:
        if organisation != DEMO or self._exchange is None:
            raise ExchangeUnavailable("It does not run.")
        return self._exchange

    @property
    def exchange(self) -> Exchange:
        return self.of(DEMO)

    def another(self, database: Database | None = None) -> Exchange:
        """An exchange of the same organisation that has not been started."""
        return Exchange(
            DEMO,
            database or self._database,
            self.engine.of(DEMO),
            OrganisationRepository(database or self._database),
            _sounds,
            self.time,
            self._recordings,
            self._committed,
            pins=partial(self._pins.check, DEMO) if self._pins else no_pin_fits,
        )

    async def start(self) -> None:
        self.engine.connect()
        exchange = self.another()
        await exchange.start()
        self._exchange = exchange
        await self.until(lambda: exchange.ready)
        for phone in PHONES.values():
            self.engine.register(phone)
        await self.until(lambda: set(PHONES.values()) <= exchange.core.state.stored.reachable)

    async def stop(self) -> None:
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            await exchange.stop()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds: looked at after each commit and each command, and now and then."""
        async with asyncio.timeout(LIMIT):
            while not holds():
                self.engine.stirred.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.02):
                        await self.engine.stirred.wait()

    def pass_by(self, seconds: float) -> None:
        """Let time pass, for phones and for the organisation."""
        self.time.advance(seconds)
        self.wake()

    def wake(self) -> None:
        """Let timers that are due be seen: an event that means nothing."""
        self.exchange.receive(EndpointChanged("nobody", reachable=False))

    def ringing(self, person: str) -> LegId | None:
        """The leg that rings at a person's phone."""
        for leg in self.engine.world.legs.values():
            target = leg.dialled.target if isinstance(leg.dialled, Dial) else None
            if isinstance(target, PhoneAddress) and target.endpoint == PHONES[person] and not leg.answered:
                return leg.id
        return None

    async def waiting(self, caller: str, number: str = ADVICE) -> LegId:
        """Somebody calls and comes into the queue of the advice line."""
        waiting = len(self.exchange.core.state.places)
        leg = self.engine.call_in(DEMO, number, caller, trunk="demo-carrier")
        await self.until(lambda: self.greeted(leg))
        self.pass_by(2.5)
        await self.until(lambda: len(self.exchange.core.state.places) > waiting)
        return leg

    def greeted(self, leg: LegId) -> bool:
        """The caller hears what the call flow says, and nothing of a technical problem."""
        prompt = self.engine.world.legs[leg].prompt
        return prompt is not None and "technical" not in prompt

    async def talking(self, caller: str, person: str = "cecilia") -> tuple[LegId, LegId]:
        """Somebody calls and is answered."""
        leg = await self.waiting(caller)
        await self.until(lambda: self.ringing(person) is not None)
        answering = self.ringing(person)
        assert answering is not None
        self.engine.answer(answering)
        await self.until(lambda: self.engine.talking(leg, answering))
        return leg, answering

    async def reception_call(self, caller: str) -> LegId:
        """Somebody calls the reception's queue, over the menu, and is answered."""
        leg = self.engine.call_in(DEMO, RECEPTION, caller, trunk="demo-carrier")
        await self.until(lambda: self.greeted(leg))
        self.pass_by(2.5)
        await self.until(lambda: self.in_element(leg, "menu"))
        self.engine.press(leg, "1")
        await self.until(lambda: self.ringing("astrid") is not None or self.ringing("birgitta") is not None)
        answering = self.ringing("astrid") or self.ringing("birgitta")
        assert answering is not None
        self.engine.answer(answering)
        await self.until(lambda: self.engine.talking(leg, answering))
        return leg

    def in_element(self, leg: LegId, element: str) -> bool:
        """Where in the call flow the caller is."""
        call = self.exchange.core.state.calls[self.exchange.core.state.legs[leg].call]
        return call.position is not None and call.position.element == element

    def says(self, leg: LegId, message: str) -> bool:
        """The caller hears this message of the organisation."""
        known = self.exchange.core.state.legs[leg]
        said = [phrase.message for phrase in known.saying if isinstance(phrase, MessagePhrase)]
        return known.prompt == self.engine.world.legs[leg].prompt and message in said

    def asks(self, leg: LegId, template: str) -> bool:
        """The caller hears this question of ours."""
        known = self.exchange.core.state.legs[leg]
        said = [phrase.template for phrase in known.saying if isinstance(phrase, TemplatePhrase)]
        return known.prompt == self.engine.world.legs[leg].prompt and template in said

    def hang_up(self, leg: LegId) -> None:
        self.engine.hang_up(leg)

    async def over(self) -> None:
        """Wait until no call is left."""
        await self.until(lambda: not self.exchange.core.state.calls and self.exchange.committed)

    def free(self, person: str) -> bool:
        agent = self.exchange.core.state.agents.get(PersonKey(person))
        return agent is not None and agent.free

    def _committed(self, facts: int, seconds: float) -> None:
        self.commits.append(facts)
        self.engine.stirred.set()


async def _sounds(_: OrganisationId, phrases: Sequence[Phrase], __: Mapping[str, Message]) -> tuple[str, ...]:
    return ("/sounds/something.wav",) * min(1, len(phrases))
