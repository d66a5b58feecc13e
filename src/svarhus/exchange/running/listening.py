"""Listens to the engine, and compares what should be with what is when it comes back."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import structlog

from svarhus.exchange.core.core import Core
from svarhus.exchange.core.requests import InventoryTaken
from svarhus.exchange.running.committing import RETRY, Committing
from svarhus.exchange.running.inbox import Inbox
from svarhus.exchange.running.meanwhile import Meanwhile
from svarhus.exchange.running.provision import Phones
from svarhus.exchange.running.recordings import on_disk
from svarhus.exchange.running.tasks import Tasks
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import PromptId
from svarhus.ports.telephony import (
    EngineLost,
    EngineReady,
    Inventory,
    RecordingFinished,
    Telephony,
    TelephonyEvent,
)

log = structlog.get_logger()


class Listening:
    """What the engine tells of one organisation."""

    def __init__(
        self,
        core: Core,
        telephony: Telephony,
        phones: Phones,
        recordings: Path,
        inbox: Inbox,
        committing: Committing,
        tasks: Tasks,
    ) -> None:
        self._core = core
        self._telephony = telephony
        self._phones = phones
        self._recordings = recordings
        self._inbox = inbox
        self._committing = committing
        self._tasks = tasks
        self._looks: list[Meanwhile] = []
        """For each inventory that is being taken, what is told meanwhile."""
        self.ready = False
        """The engine is there, and has been looked at."""

    def hear(self, event: TelephonyEvent) -> None:
        """An event of the engine."""
        for meanwhile in self._looks:
            meanwhile.hear(event)
        if self._committing.deals_with(event):
            return
        match event:
            case EngineReady():
                self._tasks.spawn(self._engine_back())
            case EngineLost():
                self.ready = False
            case _:
                self._inbox.put(event)

    async def _engine_back(self) -> None:
        """Compare what should be with what is, until it has worked once."""
        while True:
            try:
                await self._phones.set_up(self._core.rules)
                prompts = [leg.last_prompt for leg in self._core.state.legs.values() if leg.last_prompt]
                taken = await self._take_inventory(prompts)
            except SvarhusError as error:
                log.warning("inventory_failed", organisation=self._core.state.organisation, error=error.detail)
                await asyncio.sleep(RETRY)
            else:
                break
        self._finish_recordings(taken.inventory)
        self._inbox.put(taken)
        self.ready = True

    def _finish_recordings(self, inventory: Inventory) -> None:
        """Recordings that ended while nobody listened. One that is not on disk has yet to begin."""
        live = {recording for leg in inventory.legs for recording in leg.recordings}
        running = (each for call in self._core.state.calls.values() for each in call.recordings if each.runs)
        for recording in running:
            if recording.id not in live:
                seconds, file = on_disk(self._recordings, recording.id)
                if file:
                    self._inbox.put(RecordingFinished(recording.leg, recording.id, seconds, file))

    async def _take_inventory(self, prompts: Sequence[PromptId]) -> InventoryTaken:
        """What is alive. What is decided or told while the engine answers is not undone by it."""
        known, meanwhile = frozenset(self._core.state.legs), Meanwhile()
        self._looks.append(meanwhile)
        try:
            inventory = await self._telephony.inventory(prompts)
        finally:
            self._looks.remove(meanwhile)
        return InventoryTaken(meanwhile.applied(inventory), known)
