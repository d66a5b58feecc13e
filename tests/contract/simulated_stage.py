"""The stage around the simulated engine."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence

from contract.stage import ANNA, ANOTHER, BEN, CALLER, ORGANISATION, TRUNK, Party, Witness, length_of, provision
from svarhus.adapters.simulated.engine import SimulatedEngine
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.adapters.simulated.world import Heard, Reaction, SimulatedLeg
from svarhus.kit.ids import LegId
from svarhus.ports.telephony import EndCause, HangUp, LegEnded, Telephony, TelephonyCommand


async def _finish(action: Coroutine[object, object, None]) -> None:
    await action


STATUS = {EndCause.BUSY: 486, EndCause.DECLINED: 603, EndCause.UNREACHABLE: 404, EndCause.REFUSED: 403}
STEP = 0.05
LINE = "+4681234567"


class SimulatedParty:
    def __init__(self, stage: "SimulatedStage", leg: LegId) -> None:
        self.leg = leg
        self._stage = stage

    @property
    def _state(self) -> SimulatedLeg:
        return self._stage.engine.world.legs[self.leg]

    @property
    def shown_number(self) -> str | None:
        dialled = self._state.dialled
        return dialled.presented if dialled else None

    @property
    def shown_name(self) -> str:
        dialled = self._state.dialled
        return dialled.presented_name if dialled else ""

    def header(self, name: str) -> str | None:
        dialled = self._state.dialled
        return dialled.headers.get(name) if dialled else None

    async def press(self, digits: str) -> None:
        self._stage.engine.press(self.leg, digits)

    async def hang_up(self) -> None:
        self._stage.engine.hang_up(self.leg)

    async def answer(self) -> None:
        self._stage.engine.answer(self.leg)

    async def decline(self) -> None:
        self._stage.engine.decline(self.leg)

    async def hold(self) -> None:
        self._stage.engine.hold(self.leg)

    async def resume(self) -> None:
        self._stage.engine.resume(self.leg)

    async def transfer(self, target: str) -> None:
        self._stage.engine.ask_transfer(self.leg, target)

    async def transfer_to(self, other: Party) -> None:
        self._stage.engine.ask_transfer(self.leg, "101", other.leg)

    async def speak(self, seconds: float) -> None:
        await self._stage.pass_time(seconds)

    async def hears(self, heard: Heard) -> None:
        assert await self._stage.until(lambda: self._state.hears is heard, 4.0), self._state.hears

    async def refused_with(self) -> int:
        command = self._stage.engine.hang_ups[self.leg]
        return STATUS.get(command, 603)

    async def ended(self) -> None:
        assert await self._stage.until(lambda: self.leg not in self._stage.engine.world.legs, 4.0)

    @property
    def told_elsewhere(self) -> bool:
        return any(isinstance(one, HangUp) and one == HangUp(self.leg, elsewhere=True) for one in self._commands)

    @property
    def _commands(self) -> Sequence[TelephonyCommand]:
        return self._stage.engine.commands


class SimulatedStage:
    def __init__(self) -> None:
        self.time = VirtualTime()
        self.engine = SimulatedEngine(self.time, length_of)
        self.telephony: Telephony = self.engine.of(ORGANISATION)
        self.witness = Witness()

    async def open(self) -> None:
        self.telephony.listen(ORGANISATION, self.witness.hear)
        await self.engine.start()
        await self.telephony.provision(provision(LINE, ()))
        for endpoint in (ANNA, BEN):
            await self.register(endpoint)

    async def until(self, condition: Callable[[], bool], within: float) -> bool:
        await asyncio.sleep(0)
        for _ in range(round(within / STEP)):
            if condition():
                return True
            self.time.advance(STEP)
        return condition()

    async def pass_time(self, seconds: float) -> None:
        self.time.advance(seconds)

    async def call_in(
        self,
        dialled: str = "0101",
        caller: str | None = CALLER,
        name: str = "",
        diversion: str | None = None,
        endpoint: str | None = None,
    ) -> Party:
        if endpoint is not None:
            number = f"10{(ANNA, BEN).index(endpoint) + 1}"
            leg = self.engine.call_in(ORGANISATION, dialled, number, endpoint=endpoint, caller_name=endpoint.title())
        else:
            leg = self.engine.call_in(ORGANISATION, dialled, caller, trunk=TRUNK, caller_name=name, diversion=diversion)
        return SimulatedParty(self, leg)

    async def register(self, endpoint: str) -> None:
        self.engine.register(endpoint)

    async def unregister(self, endpoint: str) -> None:
        self.engine.unregister(endpoint)

    def when_called(self, endpoint: str | None, reaction: Reaction) -> None:
        self.engine.when_called(endpoint or LINE, reaction)

    async def rung(self, leg: LegId, endpoint: str | None) -> Party:
        assert leg in self.engine.world.legs, leg
        return SimulatedParty(self, leg)

    async def talking(self, *parties: Party) -> None:
        assert self.engine.talking(*(party.leg for party in parties))

    async def can_hear(self, listener: Party, talker: Party) -> None:
        assert self.engine.can_hear(listener.leg, talker.leg)

    async def cannot_hear(self, listener: Party, talker: Party) -> None:
        assert not self.engine.can_hear(listener.leg, talker.leg)

    def digits_at(self, party: Party) -> str:
        return self.engine.world.legs[party.leg].digits

    def transfer_told(self, party: Party) -> bool | None:
        told = self.engine.world.legs[party.leg].transfers
        return told[-1] if told else None

    def spawn(self, action: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(_finish(action))
        return task

    async def lose_connection(self) -> None:
        self.engine.lose()

    async def restore_connection(self) -> None:
        self.engine.connect()

    async def another_process(self) -> tuple[Telephony, Witness]:
        await self.engine.stop()
        world = self.engine.world
        self.engine = SimulatedEngine(self.time, length_of, world=world)
        self.telephony, self.witness = self.engine.of(ORGANISATION), Witness()
        self.telephony.listen(ORGANISATION, self.witness.hear)
        await self.engine.start()
        await self.telephony.provision(provision(LINE, ()))
        return self.telephony, self.witness

    def of_another_organisation(self) -> Telephony:
        return self.engine.of(ANOTHER)

    async def left_over(self) -> list[str]:
        assert all(isinstance(one, LegEnded) for one in self.witness.all_of(LegEnded))
        return [*self.engine.world.legs, *self.engine.world.joins]

    async def close(self) -> None:
        await self.engine.stop()
