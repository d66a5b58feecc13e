"""The stage around a real Asterisk: SIP phones with sound."""

import asyncio
import time
from collections.abc import Callable, Coroutine

from contract.stage import ANNA, ANOTHER, BEN, CALLER, ORGANISATION, PAGE, PROMPT_TONE, Party, Witness, provision
from real_asterisk import RealAsterisk
from svarhus.adapters.asterisk.engine import AsteriskEngine
from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.kit.ids import LegId
from svarhus.phones.phone import Call
from svarhus.phones.scenarios import Actor, assert_not_hearing, assert_talking
from svarhus.ports.telephony import CallOffered, EndpointChanged, EngineReady, Provision, Telephony

CARRIER = "127.0.0.2"
"""The trunk's address."""

PATIENCE = 20.0
"""Seconds in which anything must have happened: the real engine shares its machine, and what is soon is soon."""

RINGING_TONE = 425
"""Hertz: the ringing tone of Sweden."""

PRESENT = {
    Reaction.RING: ("ring", 0),
    Reaction.ANSWER: ("answer", 0),
    Reaction.BUSY: ("decline", 486),
    Reaction.DECLINE: ("decline", 603),
    Reaction.UNREACHABLE: ("decline", 404),
    Reaction.IGNORE: ("ignore", 0),
}


class RealParty:
    def __init__(self, leg: LegId, actor: Actor, call: Call) -> None:
        self.leg = leg
        self.actor = actor
        self.call = call

    @property
    def shown_number(self) -> str | None:
        number = self.call.from_number
        return None if number in ("anonymous", "") else number

    @property
    def shown_name(self) -> str:
        return self.call.from_display

    def header(self, name: str) -> str | None:
        return self.call.header(name)

    async def press(self, digits: str) -> None:
        await self.call.send_digits(digits)

    async def hang_up(self) -> None:
        await self.call.hangup()

    async def answer(self) -> None:
        self.call.answer()

    async def decline(self) -> None:
        self.call.decline(603)

    async def hold(self) -> None:
        await self.call.hold()

    async def resume(self) -> None:
        await self.call.unhold()

    async def transfer(self, target: str) -> None:
        await self.call.transfer(target, within=10.0)

    async def transfer_to(self, other: Party) -> None:
        assert isinstance(other, RealParty)
        await self.call.transfer_to(other.call, within=3.0)

    async def speak(self, seconds: float) -> None:
        self.call.play_tone(700)
        await asyncio.sleep(seconds)
        self.call.silence()

    async def hears(self, heard: Heard) -> None:
        match heard:
            case Heard.PROMPT:
                await self.actor.expect_tone(PROMPT_TONE, call=self.call)
            case Heard.MUSIC:
                await asyncio.sleep(0.5)
                assert await self.actor.wait_until(self._hears_other_than_prompts, 15.0, poll=0.1)
            case Heard.SILENCE:
                await self.actor.expect_silence(call=self.call, window=0.6)
            case Heard.RINGING if self.call.state == "up":
                await self.actor.expect_tone(RINGING_TONE, call=self.call)
            case Heard.RINGING:
                assert await self.actor.wait_until(lambda: self.call.state == "ringing", 3.0)
            case Heard.PARTIES:
                raise AssertionError("use talking()")

    def _hears_other_than_prompts(self) -> bool:
        return not self.call.is_silence(0.5) and not self.call.tone_present(PROMPT_TONE, window=0.4)

    async def refused_with(self) -> int:
        await self.actor.expect_ended(call=self.call)
        return self.call.status

    async def ended(self) -> None:
        await self.actor.expect_ended(call=self.call)

    @property
    def told_elsewhere(self) -> bool:
        return 'SIP;cause=200;text="Call completed elsewhere"' in self.call.cause


class AsteriskStage:
    def __init__(self, asterisk: RealAsterisk) -> None:
        self.asterisk = asterisk
        self.engine = AsteriskEngine(asterisk.address, asterisk.settings.recordings, etc=asterisk.settings.etc)
        self.telephony: Telephony = self.engine.of(ORGANISATION)
        self.witness = Witness()
        server = asterisk.server
        self.carrier = Actor("carrier", host=CARRIER, server=server)
        self.phones = {name: Actor(name, server=server) for name in (ANNA, BEN, PAGE)}
        self._news = asyncio.Event()
        self.witness.news = self._wake

    def _wake(self) -> None:
        self._news.set()

    async def open(self) -> None:
        await self.asterisk.require_sip()
        await self.carrier.start()
        for phone in self.phones.values():
            await phone.start()
        self.telephony.listen(ORGANISATION, self.witness.hear)
        await self.engine.start()
        assert await self.until(lambda: self.engine.connected, 10.0)
        await self.telephony.provision(self._wanted())
        for endpoint in (ANNA, BEN):
            await self.register(endpoint)

    def _wanted(self) -> Provision:
        return provision(f"{CARRIER}:{self.carrier.port}", (CARRIER,))

    async def until(self, condition: Callable[[], bool], within: float) -> bool:
        deadline = time.monotonic() + max(within, PATIENCE)
        while not condition():
            self._news.clear()
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            try:
                await asyncio.wait_for(self._news.wait(), min(left, 0.05))
            except TimeoutError:
                continue
        return True

    async def pass_time(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def call_in(
        self,
        dialled: str = "0101",
        caller: str | None = CALLER,
        name: str = "",
        diversion: str | None = None,
        endpoint: str | None = None,
    ) -> Party:
        before = len(self.witness.all_of(CallOffered))
        headers = {"Diversion": f"<sip:{diversion}@{CARRIER}>;reason=unconditional"} if diversion else {}
        if endpoint is not None:
            actor = self.phones[endpoint]
            call = actor.dial(dialled)
        else:
            actor = self.carrier
            call = actor.dial(dialled, from_number=caller or "anonymous", display=name or None, headers=headers)
        assert await self.until(lambda: len(self.witness.all_of(CallOffered)) > before, 10.0), actor.story()
        return RealParty(self.witness.all_of(CallOffered)[before].leg, actor, call)

    async def register(self, endpoint: str) -> None:
        await self.phones[endpoint].register(endpoint, f"secret-of-{endpoint}", keep=False)
        await self._told_of(endpoint, reachable=True)

    async def unregister(self, endpoint: str) -> None:
        await self.phones[endpoint].unregister()
        await self._told_of(endpoint, reachable=False)

    async def _told_of(self, endpoint: str, reachable: bool) -> None:
        def told() -> bool:
            news = [one for one in self.witness.all_of(EndpointChanged) if one.endpoint == endpoint]
            return bool(news) and news[-1].reachable is reachable

        assert await self.until(told, 10.0), self.witness.told

    def when_called(self, endpoint: str | None, reaction: Reaction) -> None:
        what, status = PRESENT[reaction]
        (self.phones[endpoint] if endpoint else self.carrier).on_incoming(what, status=status)

    async def rung(self, leg: LegId, endpoint: str | None) -> Party:
        actor = self.phones[endpoint] if endpoint else self.carrier
        return RealParty(leg, actor, await actor.expect_ring())

    async def talking(self, *parties: Party) -> None:
        await assert_talking(*(party.call for party in parties if isinstance(party, RealParty)))

    async def can_hear(self, listener: Party, talker: Party) -> None:
        assert isinstance(listener, RealParty)
        assert isinstance(talker, RealParty)
        talker.call.play_tone(1019)
        try:
            await listener.actor.expect_tone(1019, call=listener.call)
        finally:
            talker.call.silence()

    async def cannot_hear(self, listener: Party, talker: Party) -> None:
        assert isinstance(listener, RealParty)
        assert isinstance(talker, RealParty)
        await assert_not_hearing(listener.call, talker.call, during=0.8)

    def digits_at(self, party: Party) -> str:
        assert isinstance(party, RealParty)
        return "".join(digit for _, digit in party.call.heard.digits)

    def transfer_told(self, party: Party) -> bool | None:
        assert isinstance(party, RealParty)
        final = [status for status in party.call.refer_status if status >= 200]
        return final[-1] < 300 if final else None

    def spawn(self, action: Coroutine[object, object, None]) -> asyncio.Task[None]:
        async def finish() -> None:
            await action

        return asyncio.create_task(finish())

    async def lose_connection(self) -> None:
        await self.engine.stop()

    async def restore_connection(self) -> None:
        await self.engine.start()
        assert await self.until(lambda: self.engine.connected, 10.0)

    async def another_process(self) -> tuple[Telephony, Witness]:
        await self.engine.stop()
        self.engine = AsteriskEngine(
            self.asterisk.address, self.asterisk.settings.recordings, etc=self.asterisk.settings.etc
        )
        self.telephony, self.witness = self.engine.of(ORGANISATION), Witness()
        self.witness.news = self._wake
        self.telephony.listen(ORGANISATION, self.witness.hear)
        await self.engine.start()
        assert await self.until(lambda: bool(self.witness.all_of(EngineReady)), 10.0)
        await self.telephony.provision(self._wanted())
        return self.telephony, self.witness

    def of_another_organisation(self) -> Telephony:
        return self.engine.of(ANOTHER)

    async def left_over(self) -> list[str]:
        """A channel is gone a moment after its end was told: looked for until it is."""
        for _ in range(60):
            if not (present := await self._present()):
                break
            await asyncio.sleep(0.05)
        return present

    async def _present(self) -> list[str]:
        ari = self.engine.parts.ari
        kept = self.engine.parts.register
        bodies = [(await ari.request("GET", kind)).body for kind in ("channels", "bridges")]
        return [body for body in bodies if body != "[]"] + [*kept.legs, *kept.joins, *kept.recordings]

    async def close(self) -> None:
        for phone in self.phones.values():
            if phone.registered_until:
                await phone.unregister()
        for phone in (self.carrier, *self.phones.values()):
            await phone.stop()
        await self.engine.stop()
