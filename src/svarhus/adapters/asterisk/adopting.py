"""Finding out what is alive in Asterisk: at each connect, and whenever an inventory is asked for."""

import asyncio
import logging
from collections.abc import Callable, Collection
from typing import TypeVar

import msgspec

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.configuration import APPLICATION
from svarhus.adapters.asterisk.dialling import Dialling
from svarhus.adapters.asterisk.joining import LISTEN, Joining, listener_of
from svarhus.adapters.asterisk.legs import Leg, Register, RunningJoin, RunningRecording
from svarhus.adapters.asterisk.names import STATE, arguments_of, bridge_owner, offer_of, organisation_of
from svarhus.adapters.asterisk.talks import MONITOR, TALK, Talks
from svarhus.adapters.asterisk.wire import Bridge, Channel, EndpointRef, LiveRecording, Playback, Reply
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import JoinId, LegId, OrganisationId, PromptId, RecordingId
from svarhus.kit.shared_look import SharedLook

log = logging.getLogger(__name__)

Read = TypeVar("Read")

REMEDY = "Wait a moment: the connection to Asterisk is tried again all the time. `./svarhus doctor` says more."


class _Value(msgspec.Struct, frozen=True):
    value: str = ""


class _Application(msgspec.Struct, frozen=True):
    channel_ids: list[str] = []


_application = msgspec.json.Decoder(_Application).decode
_channel = msgspec.json.Decoder(Channel).decode
_channels = msgspec.json.Decoder(list[Channel]).decode
_bridges = msgspec.json.Decoder(list[Bridge]).decode
_endpoints = msgspec.json.Decoder(list[EndpointRef]).decode
_playback = msgspec.json.Decoder(Playback).decode
_recording = msgspec.json.Decoder(LiveRecording).decode
_value = msgspec.json.Decoder(_Value).decode


class Adopting:
    """Brings the register in line with Asterisk. Events go on meanwhile and count for more."""

    def __init__(self, ari: AriClient, register: Register, dialling: Dialling, joining: Joining, talks: Talks) -> None:
        self._ari = ari
        self._register = register
        self._dialling = dialling
        self._joining = joining
        self._talks = talks
        self._looking = 0
        self._gone: set[str] = set()
        self.adopt = SharedLook(self._adopt)
        """Take over all legs and joins; forget those that are no more."""
        self.reachable = SharedLook(self._reachable)
        """Endpoints that are registered and answer, of all organisations."""

    def gone(self, thing: str) -> None:
        """A leg or playback has ended: an answer under way may still show it alive."""
        if self._looking:
            self._gone.add(thing)

    async def _adopt(self) -> None:
        self._looking += 1
        try:
            ears = self._joining.ears()
            channels, bridges = await self._lists()
            added = self._take_channels(channels)
            self._take_ears(channels, ears)
            await self._read_states(added)
            await self._read_talks(added)
            self._take_bridges(bridges)
        finally:
            self._stop_looking()

    async def playing(self, organisation: OrganisationId, prompts: Collection[PromptId]) -> None:
        """Find out which of these prompts play, so that their end is told."""
        self._looking += 1
        try:
            asked = [(prompt, self._ari.send("GET", path("playbacks", prompt))) for prompt in prompts]
            for prompt, answer in asked:
                reply = _usable(await answer)
                if reply.ok:
                    self._take_playback(organisation, prompt, _read(_playback, reply))
        finally:
            self._stop_looking()

    async def _reachable(self) -> frozenset[str]:
        reply = _usable(await self._ari.request("GET", "endpoints/PJSIP"))
        if not reply.ok:
            return frozenset()
        return frozenset(point.resource for point in _read(_endpoints, reply) if point.state == "online")

    def _stop_looking(self) -> None:
        self._looking -= 1
        if not self._looking:
            self._gone.clear()

    async def _lists(self) -> tuple[list[Channel], list[Bridge]]:
        channels, bridges = await asyncio.gather(self._ari.send("GET", "channels"), self._ari.send("GET", "bridges"))
        if _usable(channels).ok:
            return _read(_channels, channels), _read(_bridges, bridges)
        return await self._one_by_one(), _read(_bridges, bridges)

    async def _one_by_one(self) -> list[Channel]:
        """Our channels when their list cannot be told. A channel that cannot be told either is ended: it would be
        with nobody, and would keep all others from being found."""
        application = _read(_application, await self._ari.request("GET", path("applications", APPLICATION)))
        asked = [(key, self._ari.send("GET", path("channels", key))) for key in application.channel_ids]
        found = []
        for key, answer in asked:
            reply = _usable(await answer)
            if reply.status == 404:
                continue
            try:
                found.append(_channel(reply.body))
            except msgspec.DecodeError:
                log.warning("asterisk: a call that cannot be told over ARI (%s) was ended", reply.status)
                self._ari.send("DELETE", path("channels", key))
        return found

    def _take_ears(self, channels: list[Channel], known: frozenset[str]) -> None:
        """`known`: those that there were before it was asked which there are."""
        for gone in known - {channel.id for channel in channels}:
            self._joining.ear_ended(gone)
        for channel in channels:
            if channel.id.startswith(LISTEN) and channel.id not in self._gone:
                self._joining.take_ear(channel.id, arguments_of(channel))

    def _take_channels(self, channels: list[Channel]) -> list[Leg]:
        legs = self._register.legs
        alive = {channel.id for channel in channels}
        for leg_id in [leg_id for leg_id in legs if leg_id not in alive]:
            self._talks.leg_ended(legs.pop(leg_id))
        added = []
        for channel in channels:
            leg_id = LegId(channel.id)
            arguments = arguments_of(channel)
            organisation = organisation_of(arguments)
            if leg_id in legs or organisation is None or channel.id in self._gone:
                continue
            leg = Leg(leg_id, organisation, offer_of(channel, arguments), answered=channel.state == "Up")
            leg.ringing = channel.state == "Ringing"
            legs[leg_id] = leg
            added.append(leg)
            if channel.state == "Down" and leg.offered is None:
                # Its owner may have died between making and dialling it; dialling twice is refused.
                self._dialling.started(leg_id, arguments[2])
        return added

    async def _read_states(self, legs: list[Leg]) -> None:
        asked = [(leg, self._variable(leg, STATE)) for leg in legs]
        for leg, answer in asked:
            reply = await answer
            if not reply.ok:
                continue
            music, held_in, recording = [*_value(reply.body).value.split("|"), "", ""][:3]
            leg.music = music or None
            if held_in:
                leg.join, leg.held = JoinId(held_in), True
            if recording:
                await self._take_recording(leg, RecordingId(recording))

    async def _read_talks(self, legs: list[Leg]) -> None:
        """Which of them are recorded: both variables say something while that goes on."""
        asked = [(leg, [self._variable(leg, name) for name in (TALK, MONITOR)]) for leg in legs]
        for leg, answers in asked:
            recording, monitor = [_value(reply.body).value if reply.ok else "" for reply in [await a for a in answers]]
            if recording and monitor:
                self._talks.adopt(leg, RecordingId(recording))

    def _variable(self, leg: Leg, name: str) -> asyncio.Future[Reply]:
        return self._ari.send("GET", path("channels", leg.id, "variable"), {"variable": name})

    async def _take_recording(self, leg: Leg, recording: RecordingId) -> None:
        reply = await self._ari.request("GET", path("recordings", "live", recording))
        if reply.ok and _recording(reply.body).state in ("queued", "recording", "paused"):
            leg.recording = recording
            self._register.recordings[recording] = RunningRecording(leg.id, leg.organisation)

    def _take_bridges(self, bridges: list[Bridge]) -> None:
        register = self._register
        register.joins.clear()
        for bridge in bridges:
            self._take_bridge(bridge, bridge_owner(bridge))
        for leg in register.legs.values():
            if leg.held and leg.join is not None:
                joined = register.joins.setdefault(leg.join, RunningJoin(leg.organisation))
                joined.legs.add(leg.id)
            elif (
                leg.join is not None and leg.id not in register.joins.get(leg.join, RunningJoin(leg.organisation)).legs
            ):
                leg.join = None

    def _take_bridge(self, bridge: Bridge, organisation: OrganisationId | None) -> None:
        members = [self._register.legs[LegId(key)] for key in bridge.channels if key in self._register.legs]
        if bridge.id.startswith(LISTEN):
            for leg in members:
                leg.listening, leg.music = bridge.id, None
            if listener_of(bridge.id) not in self._register.legs:
                self._ari.send("DELETE", path("bridges", bridge.id))
        if organisation is None:
            return
        if not members:
            self._ari.send("DELETE", path("bridges", bridge.id))
            return
        joined = RunningJoin(organisation)
        for leg in members:
            leg.join, leg.held, leg.music = JoinId(bridge.id), False, None
            joined.legs.add(leg.id)
            joined.bridged.add(leg.id)
        self._register.joins[JoinId(bridge.id)] = joined

    def _take_playback(self, organisation: OrganisationId, prompt: PromptId, playback: Playback) -> None:
        leg = self._register.legs.get(LegId(playback.target_uri.removeprefix("channel:")))
        if leg is None or leg.organisation != organisation or playback.id in self._gone:
            return
        if playback.state in ("queued", "playing", "continuing", "paused"):
            leg.prompt, leg.playback = prompt, playback.id


def _read(decode: Callable[[str], Read], reply: Reply) -> Read:
    """What a reply says. Unavailable when it is a refusal or says something else."""
    unreadable = Unavailable(f"Asterisk's answer ({reply.status}) says nothing: {reply.body[:100]}.", REMEDY)
    if not _usable(reply).ok:
        raise unreadable
    try:
        return decode(reply.body)
    except msgspec.DecodeError:
        raise unreadable from None


def _usable(reply: Reply) -> Reply:
    """The reply, unless Asterisk did not answer at all."""
    if reply.status == 0:
        raise Unavailable(f"Asterisk did not answer: {reply.body}.", REMEDY)
    return reply
