"""Recording a conversation: what a party says and what it hears, each in a file of its own.

Asterisk's MixMonitor does it, on the party's channel, whatever bridge that is in; only AMI starts it in a call. While
it runs, its id stands in a channel variable that it sets itself, and which recording it is in another: by these a new
process finds it.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path

from svarhus.adapters.asterisk.ami import AmiClient
from svarhus.adapters.asterisk.legs import Leg, Register
from svarhus.adapters.asterisk.playing import Tell
from svarhus.kit.ids import LegId, OrganisationId, RecordingId
from svarhus.ports.talk_files import TALK_BYTES_A_SECOND, talk_files, talk_seconds
from svarhus.ports.telephony import RecordingFinished, RecordingPaused

log = logging.getLogger(__name__)

TALK, MONITOR = "SVARHUS_TALK", "SVARHUS_MONITOR"
"""Channel variables: our id of the recording, and Asterisk's of the MixMonitor, empty when none runs."""

SETTLES = 0.2
"""Seconds in which Asterisk writes the last of a file whose leg has ended: ten times what was measured."""


@dataclass
class Talk:
    """One that runs, or has just ended."""

    leg: LegId
    organisation: OrganisationId
    turn: asyncio.Lock
    """Of the leg: what is asked for it is done in order."""
    over: bool = False


class Talks:
    """The conversations that are recorded."""

    def __init__(self, ami: AmiClient, register: Register, tell: Tell, recordings: Path) -> None:
        self._ami = ami
        self._register = register
        self._tell = tell
        self._recordings = recordings
        self._running: dict[RecordingId, Talk] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def record(self, leg: Leg, recording: RecordingId) -> None:
        if leg.talk == recording or recording in self._running:
            return
        if leg.talk is not None:
            self.stop(leg.talk)
        leg.talk = recording
        talk = self._running[recording] = Talk(leg.id, leg.organisation, leg.talk_turn)
        self._go_on(self._begin(recording, talk))

    def adopt(self, leg: Leg, recording: RecordingId) -> None:
        """It runs already, for an earlier process."""
        leg.talk = recording
        self._running.setdefault(recording, Talk(leg.id, leg.organisation, leg.talk_turn))

    def owner(self, recording: RecordingId) -> OrganisationId | None:
        talk = self._running.get(recording)
        return talk.organisation if talk else None

    def pause(self, recording: RecordingId, on: bool) -> None:
        talk = self._running.get(recording)
        if talk is not None:
            self._go_on(self._mute(recording, talk, on))

    def stop(self, recording: RecordingId) -> None:
        talk = self._running.get(recording)
        if talk is not None:
            self._go_on(self._end(recording, talk))

    def leg_ended(self, leg: Leg) -> None:
        """Asterisk ends it with the leg."""
        if leg.talk is not None and leg.talk in self._running:
            self._go_on(self._settle(leg.talk, self._running[leg.talk]))

    # ------------------------------------------------------------ one after the other

    async def _begin(self, recording: RecordingId, talk: Talk) -> None:
        async with talk.turn:
            if any(file.exists() for file in talk_files(self._recordings, recording)):
                # It has been recorded and its end was not told; beginning anew would take its place.
                await self._finish(recording, talk)
                return
            said, heard = (file.name for file in talk_files(Path(), recording))
            await self._set(talk, TALK, recording)
            options = f"r({said})t({heard})i({MONITOR})"
            begun = await self._ami.request("MixMonitor", {"Channel": talk.leg, "File": "", "Options": options})
            if not begun:
                if talk.leg in self._register.legs:
                    log.error("asterisk: a conversation could not be recorded")
                await self._finish(recording, talk)

    async def _mute(self, recording: RecordingId, talk: Talk, on: bool) -> None:
        async with talk.turn:
            if talk.over:
                return
            fields = {"Channel": talk.leg, "Direction": "both", "State": "1" if on else "0"}
            if await self._ami.request("MixMonitorMute", fields):
                self._tell(talk.organisation, RecordingPaused(talk.leg, recording, on))
            elif talk.leg in self._register.legs:
                log.error("asterisk: a recording could not be %s", "paused" if on else "resumed")

    async def _end(self, recording: RecordingId, talk: Talk) -> None:
        async with talk.turn:
            if talk.over:
                return
            if await self._ami.request("StopMixMonitor", {"Channel": talk.leg}):
                await self._set(talk, MONITOR, "")
                await asyncio.sleep(SETTLES)
            elif talk.leg in self._register.legs:
                log.error("asterisk: a recording could not be stopped, and goes on")
                return
            await self._finish(recording, talk)

    async def _settle(self, recording: RecordingId, talk: Talk) -> None:
        async with talk.turn:
            await asyncio.sleep(SETTLES)
            await self._finish(recording, talk)

    async def _finish(self, recording: RecordingId, talk: Talk) -> None:
        """Told once."""
        if talk.over:
            return
        talk.over = True
        del self._running[recording]
        leg = self._register.legs.get(talk.leg)
        if leg is not None and leg.talk == recording:
            leg.talk = None
        seconds = await asyncio.to_thread(talk_seconds, self._recordings, recording)
        file = str(talk_files(self._recordings, recording)[0]) if seconds > 1 / TALK_BYTES_A_SECOND else None
        self._tell(talk.organisation, RecordingFinished(talk.leg, recording, seconds, file))

    async def _set(self, talk: Talk, variable: str, value: str) -> None:
        await self._ami.request("Setvar", {"Channel": talk.leg, "Variable": variable, "Value": value})

    def _go_on(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
