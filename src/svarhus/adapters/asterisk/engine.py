"""Asterisk as one organisation, and as the whole installation, sees it."""

import logging
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from svarhus.adapters.asterisk.adopting import REMEDY
from svarhus.adapters.asterisk.ami import AmiClient
from svarhus.adapters.asterisk.ari import AriAddress, AriClient
from svarhus.adapters.asterisk.assembly import assemble
from svarhus.adapters.asterisk.bans import Bans
from svarhus.adapters.asterisk.configuration import APPLICATION
from svarhus.adapters.asterisk.hearing import Hearing
from svarhus.adapters.asterisk.legs import Leg
from svarhus.adapters.asterisk.names import PHONES
from svarhus.adapters.asterisk.security import SecurityEvent, SipEdge, is_shared
from svarhus.adapters.asterisk.wire import AriEvent
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import JoinId, LegId, OrganisationId, PromptId, RecordingId
from svarhus.ports.telephony import (
    Answer,
    Dial,
    EngineLost,
    EngineReady,
    HangUp,
    Hold,
    Inventory,
    Join,
    Leave,
    Listen,
    Listener,
    LiveLeg,
    MusicOff,
    MusicOn,
    Mute,
    PauseRecording,
    Play,
    Playlist,
    Provision,
    Record,
    RecordTalk,
    Reprovision,
    Resume,
    Ring,
    SendDigits,
    Separate,
    StopPlaying,
    StopRecording,
    Telephony,
    TelephonyCommand,
    TelephonyEvent,
    TransferProgress,
)

log = logging.getLogger(__name__)

EVENTS = (
    "StasisStart",
    "StasisEnd",
    "ChannelStateChange",
    "ChannelHangupRequest",
    "ChannelDestroyed",
    "ChannelDtmfReceived",
    "ChannelHold",
    "ChannelUnhold",
    "ChannelTransfer",
    "PlaybackFinished",
    "RecordingFinished",
    "RecordingFailed",
    "ApplicationReplaced",
    # Without it in the list, the answers to our own requests are dropped too.
    "RESTResponse",
)
PHONE_EVENTS = ("PeerStatusChange", "ContactStatusChange", "RESTResponse")


class AsteriskEngine:
    """A TelephonyEngine on an Asterisk 22 or newer.

    `recordings` is the folder in which Asterisk's recordings appear on this machine; `security_log`
    its log of security events, where it can be read: without it nobody is blocked for guessing; `etc` its folder of
    configuration, where it can be written: without it there is no music but Asterisk's own.
    """

    def __init__(
        self,
        address: AriAddress,
        recordings: Path,
        security_log: Path | None = None,
        on_security: Callable[[SecurityEvent], None] = lambda event: None,
        etc: Path | None = None,
    ) -> None:
        self._recordings = recordings
        self._listeners: dict[OrganisationId, Listener] = {}
        self._ready = False
        ari = AriClient(address, f"{APPLICATION},{PHONES}", self._on_event, self._on_connected, self._on_lost)
        self._ami = AmiClient(address)
        self.parts = assemble(ari, self._ami, self.tell, recordings, etc)
        self._hearing = Hearing(self.parts)
        self.bans = Bans(ari, self.parts.provisioning)
        self._edge = self._guard(security_log, on_security) if security_log else None

    def _guard(self, security_log: Path, on_security: Callable[[SecurityEvent], None]) -> SipEdge:
        provisioning = self.parts.provisioning
        return SipEdge(
            security_log,
            self.bans,
            shared=lambda address: is_shared(address, provisioning.trunk_addresses),
            known=lambda account: account in provisioning.names,
            tell=on_security,
        )

    async def start(self) -> None:
        await self.parts.ari.start()
        if self._edge is not None:
            await self._edge.start()

    async def stop(self) -> None:
        if self._edge is not None:
            await self._edge.stop()
        await self.parts.ari.stop()
        await self._ami.stop()

    def of(self, organisation: OrganisationId) -> Telephony:
        return AsteriskTelephony(self, organisation)

    @property
    def connected(self) -> bool:
        return self._ready

    @property
    def in_calls(self) -> frozenset[OrganisationId]:
        return frozenset(leg.organisation for leg in self.parts.register.legs.values())

    @property
    def recordings_folder(self) -> Path:
        return self._recordings

    def listen(self, organisation: OrganisationId, listener: Listener) -> None:
        self._listeners[organisation] = listener
        if self._ready:
            listener(EngineReady())

    def tell(self, organisation: OrganisationId, event: TelephonyEvent) -> None:
        listener = self._listeners.get(organisation)
        if listener is not None:
            listener(event)

    def _on_event(self, event: AriEvent) -> None:
        self._hearing.hear(event)

    async def _on_connected(self) -> None:
        # Filters belong to the application and would survive; after a restart of Asterisk they are new.
        for application, types in ((APPLICATION, EVENTS), (PHONES, PHONE_EVENTS)):
            allowed = {"allowed": [{"type": kind} for kind in types]}
            self.parts.ari.send("PUT", f"applications/{application}/eventFilter", body=allowed)
        await self.parts.provisioning.renew()
        await self.parts.guests.renew()
        await self.parts.playlists.renew()
        await self.parts.adopting.adopt()
        self.bans.renew()
        self._ready = True
        log.info("asterisk: connected, %d legs alive", len(self.parts.register.legs))
        for listener in list(self._listeners.values()):
            listener(EngineReady())

    def _on_lost(self) -> None:
        if not self._ready:
            return
        self._ready = False
        log.warning("asterisk: connection lost")
        for listener in list(self._listeners.values()):
            listener(EngineLost())


class AsteriskTelephony:
    """The engine as one organisation sees it: only its own legs can be reached."""

    def __init__(self, engine: AsteriskEngine, organisation: OrganisationId) -> None:
        self._engine = engine
        self._organisation = organisation

    def listen(self, organisation: OrganisationId, listener: Listener) -> None:
        self._engine.listen(organisation, listener)

    async def provision(self, wanted: Provision) -> None:
        await self._engine.parts.provisioning.provision(wanted)

    async def reprovision(self, change: Reprovision) -> None:
        await self._engine.parts.provisioning.reprovision(change)

    async def let_play(self, playlists: Sequence[Playlist]) -> None:
        await self._engine.parts.playlists.set_up(self._organisation, playlists)

    async def inventory(self, prompts: Collection[PromptId] = ()) -> Inventory:
        engine = self._engine
        if not engine.parts.ari.connected:
            raise Unavailable("There is no connection to Asterisk.", REMEDY)
        await engine.parts.adopting.adopt()
        await engine.parts.adopting.playing(self._organisation, prompts)
        reachable = await engine.parts.adopting.reachable()
        legs = [leg for leg in engine.parts.register.legs.values() if leg.organisation == self._organisation]
        return Inventory(
            tuple(_live(leg) for leg in legs),
            reachable & engine.parts.provisioning.endpoints_of(self._organisation),
        )

    async def carry_out(self, commands: Sequence[TelephonyCommand]) -> None:
        for command in commands:
            self._perform(command)
        await self._engine.parts.ari.taken()

    def _leg(self, leg_id: LegId) -> Leg | None:
        leg = self._engine.parts.register.legs.get(leg_id)
        return leg if leg is not None and leg.organisation == self._organisation else None

    def _perform(self, command: TelephonyCommand) -> None:
        match command:
            case Dial():
                self._engine.parts.dialling.dial(self._organisation, command)
            case Join(key, legs):
                found = [leg for leg in map(self._leg, legs) if leg is not None]
                if self._owns_join(key):
                    self._engine.parts.joining.join(key, found)
            case Separate(key):
                if self._owns_join(key):
                    self._engine.parts.joining.part(key)
            case PauseRecording(recording, on):
                if self._owns_recording(recording):
                    self._engine.parts.recording.pause(recording, on)
                if self._engine.parts.talks.owner(recording) == self._organisation:
                    self._engine.parts.talks.pause(recording, on)
            case StopRecording(recording):
                if self._owns_recording(recording):
                    self._engine.parts.recording.stop(recording)
                if self._engine.parts.talks.owner(recording) == self._organisation:
                    self._engine.parts.talks.stop(recording)
            case _:
                leg = self._leg(command.leg)
                if leg is not None:
                    self._perform_on(leg, command)

    def _perform_on(self, leg: Leg, command: TelephonyCommand) -> None:
        playing, joining = self._engine.parts.playing, self._engine.parts.joining
        match command:
            case Answer():
                playing.answer(leg)
            case Ring():
                playing.ring(leg)
            case Play():
                playing.play(leg, command)
            case StopPlaying():
                playing.cut_prompt(leg)
            case MusicOn(_, playlist):
                playing.music_on(leg, self._engine.parts.playlists.class_of(self._organisation, playlist))
            case MusicOff():
                playing.music_off(leg)
            case Leave():
                joining.leave(leg)
            case Hold():
                joining.hold(leg)
            case Resume():
                joining.resume(leg)
            case Mute(_, on):
                playing.mute(leg, on)
            case Record():
                self._engine.parts.recording.record(leg, command)
            case RecordTalk(_, recording):
                self._engine.parts.talks.record(leg, recording)
            case SendDigits(_, digits):
                playing.send_digits(leg, digits)
            case Listen(_, target, whisper):
                if self._leg(target) is not None:
                    joining.listen(leg, target, whisper)
            case TransferProgress(_, succeeded):
                playing.transfer_progress(leg, succeeded)
            case HangUp(_, cause, elsewhere):
                playing.hang_up(leg, cause, elsewhere)

    def _owns_join(self, key: JoinId) -> bool:
        joined = self._engine.parts.register.joins.get(key)
        return joined is None or joined.organisation == self._organisation

    def _owns_recording(self, recording: RecordingId) -> bool:
        recorded = self._engine.parts.register.recordings.get(recording)
        return recorded is not None and recorded.organisation == self._organisation


def _live(leg: Leg) -> LiveLeg:
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
