"""The simulated engine: commands take effect at once, far ends do as they are told.

Events are told at once to the listener, from within the call that causes them; what takes time
(prompts, ringing, recordings) happens when virtual time is advanced.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from svarhus.adapters.simulated.commands import PromptLength, SimulatedCommands
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.adapters.simulated.world import Behaviour, Heard, Reaction, SimulatedLeg, World, to_nobody
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import LegId, OrganisationId, PromptId
from svarhus.ports.telephony import (
    CallOffered,
    DigitPressed,
    EndCause,
    EndpointChanged,
    EngineLost,
    EngineReady,
    HangUp,
    Inventory,
    LegHeld,
    LegResumed,
    Listener,
    LiveLeg,
    Playlist,
    Provision,
    Reprovision,
    Telephony,
    TelephonyCommand,
    TelephonyEvent,
    TransferProgress,
    TransferRequested,
)


def two_seconds_each(files: tuple[str, ...]) -> float:
    return 2.0 * len(files)


class SimulatedEngine:
    """A TelephonyEngine, with verbs for what the parties at the far ends do."""

    def __init__(
        self,
        time: VirtualTime,
        prompt_length: PromptLength = two_seconds_each,
        recordings_folder: Path = Path("/nowhere"),
        world: World | None = None,
    ) -> None:
        """`world` of another engine object: as a new process that finds what is alive."""
        self.time = time
        self.world = world or World()
        self.commands: list[TelephonyCommand] = []
        """All commands, as they were given."""
        self._recordings = recordings_folder
        self._listeners: dict[OrganisationId, Listener] = {}
        self.playlists: dict[OrganisationId, tuple[Playlist, ...]] = {}
        self._provisions: dict[OrganisationId, Provision] = {}
        self._connected = False
        self._perform = SimulatedCommands(self.world, time, prompt_length, recordings_folder)

    # ------------------------------------------------------------ the port

    async def start(self) -> None:
        self.connect()

    async def stop(self) -> None:
        self._leave()

    def of(self, organisation: OrganisationId) -> Telephony:
        return SimulatedTelephony(self, organisation)

    @property
    def connected(self) -> bool:
        return self._connected

    @property
    def in_calls(self) -> frozenset[OrganisationId]:
        return frozenset(leg.organisation for leg in self.world.legs.values())

    @property
    def recordings_folder(self) -> Path:
        return self._recordings

    def listen(self, organisation: OrganisationId, listener: Listener) -> None:
        self._listeners[organisation] = listener
        if self._connected:
            listener(EngineReady())

    def provision(self, wanted: Provision) -> None:
        self._provisions[wanted.organisation] = wanted
        endpoints = [endpoint for one in self._provisions.values() for endpoint in one.endpoints]
        self.world.registered &= {endpoint.name for endpoint in endpoints}
        self.world.browsers = {endpoint.name for endpoint in endpoints if endpoint.webrtc}

    def reprovision(self, change: Reprovision) -> None:
        before = self._provisions[change.organisation]
        new = {endpoint.name: endpoint for endpoint in change.endpoints}
        stay = {endpoint.name: endpoint for endpoint in before.endpoints if endpoint.name not in change.gone}
        trunks = before.trunks if change.trunks is None else change.trunks
        self.provision(Provision(change.organisation, tuple({**stay, **new}.values()), trunks))

    def carry_out(self, organisation: OrganisationId, command: TelephonyCommand) -> None:
        self.commands.append(command)
        self._perform.perform(organisation, command, self._connected)

    def inventory(self, organisation: OrganisationId, prompts: Collection[PromptId]) -> Inventory:
        if not self._connected:
            raise Unavailable("The simulated engine is not connected.")
        wanted = self._provisions.get(organisation)
        names = {endpoint.name for endpoint in wanted.endpoints} if wanted else set()
        legs = [leg for leg in self.world.legs.values() if leg.organisation == organisation]
        return Inventory(tuple(map(_live, legs)), frozenset(names & self.world.registered))

    def tell(self, organisation: OrganisationId, event: TelephonyEvent) -> None:
        listener = self._listeners.get(organisation)
        if listener is not None and self._connected:
            listener(event)

    # ------------------------------------------------------------ the engine's own life

    def connect(self) -> None:
        self._connected = True
        self.world.tell = self.tell
        for listener in list(self._listeners.values()):
            listener(EngineReady())

    def lose(self) -> None:
        """The connection is gone; calls go on, and their events are lost."""
        for listener in list(self._listeners.values()):
            listener(EngineLost())
        self._leave()

    def _leave(self) -> None:
        self._connected = False
        if self.world.tell == self.tell:
            self.world.tell = to_nobody

    def die(self) -> None:
        """The engine dies with all its calls, and is not back yet."""
        self.lose()
        for leg in self.world.legs.values():
            for timer in leg.timers.values():
                self.time.cancel(timer)
        self.world.legs.clear()
        self.world.joins.clear()

    # ------------------------------------------------------------ what parties do

    def register(self, endpoint: str) -> None:
        self._change(endpoint, reachable=True)

    def unregister(self, endpoint: str) -> None:
        self._change(endpoint, reachable=False)

    def _change(self, endpoint: str, reachable: bool) -> None:
        if (endpoint in self.world.registered) == reachable:
            return
        (self.world.registered.add if reachable else self.world.registered.discard)(endpoint)
        for organisation, wanted in self._provisions.items():
            if any(one.name == endpoint for one in wanted.endpoints):
                self.world.tell(organisation, EndpointChanged(endpoint, reachable))

    def when_called(self, endpoint_or_number: str, reaction: Reaction, after: float = 0.0) -> None:
        """What a phone or an outside number does from now on when we dial it. Default: it rings."""
        self.world.behaviours[endpoint_or_number] = Behaviour(reaction, after)

    def call_in(
        self,
        organisation: OrganisationId,
        dialled: str,
        caller: str | None = None,
        *,
        trunk: str | None = None,
        endpoint: str | None = None,
        caller_name: str = "",
        diversion: str | None = None,
    ) -> LegId:
        """Somebody calls, by a trunk or from a person's phone."""
        self.world.calls += 1
        leg_id = LegId(f"in-{self.world.calls}")
        offered = CallOffered(leg_id, dialled, caller, caller_name, trunk, endpoint, diversion)
        self.world.legs[leg_id] = SimulatedLeg(leg_id, organisation, offered=offered)
        self.world.tell(organisation, offered)
        return leg_id

    def hang_up(self, leg_id: LegId) -> None:
        """The party hangs up. Nothing happens when the leg is gone already."""
        self._perform.end(leg_id, EndCause.HUNG_UP)

    def fail(self, leg_id: LegId, cause: EndCause) -> None:
        """The leg ends for another reason, such as lost sound."""
        self._perform.end(leg_id, cause)

    def answer(self, leg_id: LegId) -> None:
        """A party that we dialled picks up."""
        self._perform.react(leg_id, Reaction.ANSWER)

    def decline(self, leg_id: LegId) -> None:
        self._perform.react(leg_id, Reaction.DECLINE)

    def press(self, leg_id: LegId, digits: str) -> None:
        leg = self.world.legs.get(leg_id)
        if leg is None:
            return
        for digit in digits:
            self.world.tell(leg.organisation, DigitPressed(leg_id, digit, self.time.now()))
            self._perform.digit(leg, digit)

    def hold(self, leg_id: LegId) -> None:
        leg = self.world.legs[leg_id]
        leg.holds_us = True
        self.world.tell(leg.organisation, LegHeld(leg_id))

    def resume(self, leg_id: LegId) -> None:
        leg = self.world.legs[leg_id]
        leg.holds_us = False
        self.world.tell(leg.organisation, LegResumed(leg_id))

    def ask_transfer(self, leg_id: LegId, target: str, other: LegId | None = None) -> None:
        leg = self.world.legs[leg_id]
        self.world.tell(leg.organisation, TransferRequested(leg_id, target, other))

    # ------------------------------------------------------------ what can be seen

    def hears(self, leg_id: LegId) -> Heard:
        return self.world.legs[leg_id].hears

    def talking(self, *legs: LegId) -> bool:
        """These legs, and no others, hear each other."""
        return any(
            {one for one in members if not self.world.legs[one].held} == set(legs)
            for members in self.world.joins.values()
        )

    def can_hear(self, listener: LegId, talker: LegId) -> bool:
        """What the talker says reaches the listener."""
        ear, mouth = self.world.legs[listener], self.world.legs[talker]
        if mouth.muted or mouth.held or mouth.holds_us:
            return False
        if mouth.whispers and mouth.listens_to == listener:
            return True
        if ear.listens_to is not None:
            return ear.listens_to == talker or self.can_hear(ear.listens_to, talker)
        return ear.join is not None and ear.join == mouth.join and not ear.held

    def recorded(self, leg_id: LegId) -> bool:
        """What this party says and hears is being recorded, and is not silence."""
        leg = self.world.legs[leg_id]
        return leg.talk is not None and not leg.talk_paused

    @property
    def hang_ups(self) -> dict[LegId, EndCause]:
        """The legs that we were told to hang up, and why."""
        return {one.leg: one.cause for one in self.commands if isinstance(one, HangUp)}

    @property
    def told_of_transfers(self) -> dict[LegId, list[bool]]:
        """How the transfers that phones asked for went, as they were told."""
        told: dict[LegId, list[bool]] = {}
        for one in self.commands:
            if isinstance(one, TransferProgress):
                told.setdefault(one.leg, []).append(one.succeeded)
        return told

    @property
    def empty(self) -> bool:
        """Nothing is left: no leg and no join."""
        return not self.world.legs and not self.world.joins


class SimulatedTelephony:
    """The engine as one organisation sees it."""

    def __init__(self, engine: SimulatedEngine, organisation: OrganisationId) -> None:
        self._engine = engine
        self._organisation = organisation

    async def carry_out(self, commands: Sequence[TelephonyCommand]) -> None:
        for command in commands:
            self._engine.carry_out(self._organisation, command)

    async def inventory(self, prompts: Collection[PromptId] = ()) -> Inventory:
        return self._engine.inventory(self._organisation, prompts)

    async def provision(self, wanted: Provision) -> None:
        self._engine.provision(wanted)

    async def reprovision(self, change: Reprovision) -> None:
        self._engine.reprovision(change)

    async def let_play(self, playlists: Sequence[Playlist]) -> None:
        self._engine.playlists[self._organisation] = tuple(playlists)

    def listen(self, organisation: OrganisationId, listener: Listener) -> None:
        self._engine.listen(organisation, listener)


def _live(leg: SimulatedLeg) -> LiveLeg:
    return LiveLeg(
        leg=leg.id,
        answered=leg.answered,
        join=leg.join,
        offered=leg.offered,
        prompts=frozenset() if leg.prompt is None else frozenset((leg.prompt,)),
        recordings=frozenset(each for each in (leg.recording, leg.talk) if each is not None),
        listens_to=leg.listens_to,
        whispers=leg.whispers,
    )
