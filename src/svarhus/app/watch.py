"""Keeps one child running: starts or adopts it, and starts it again when it dies."""

import asyncio
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from svarhus.app.pacing import SETTLED, Pacing
from svarhus.engines.child import Child, Launch, Spare


@dataclass(frozen=True)
class Charge:
    """A child to be kept running."""

    name: str
    launch: Launch
    pid_file: Path
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 8.0
    """Seconds that it gets to end by itself."""
    spare: Launch | None = None
    """How to start one that loads everything and waits, for a child that takes long to load."""


class Watch:
    """Watches over one child."""

    def __init__(self, charge: Charge, tell: Callable[[str], None]) -> None:
        self._charge = charge
        self._tell = tell
        self._pacing = Pacing()
        self._child: Child | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._spare: Spare | None = None
        self._sparing: asyncio.Task[None] | None = None

    @property
    def failures(self) -> int:
        """How often in a row the child died soon after its start."""
        return self._pacing.failures

    @property
    def log(self) -> Path:
        return self._charge.launch.log

    async def adopt(self) -> bool:
        """Take over the child of an earlier start that was launched alike; end one that was launched otherwise."""
        charge = self._charge
        self._child = Child.adopt(charge.launch, charge.pid_file)
        if self._child is not None:
            return True
        if other := Child.left_behind(charge.pid_file):
            await other.stop(charge.stop_signal, charge.patience)
        return False

    def begin(self) -> None:
        """Start the child, unless one was adopted, and keep it running until `stop`."""
        if self._child is None:
            self._child = Child.start(self._charge.launch, self._charge.pid_file)
        self._want_spare()
        self._task = asyncio.create_task(self._keep(), name=f"watch {self._charge.name}")

    def begin_anew(self, why: str) -> None:
        """End the child at once, whatever it does; it is started again."""
        if self._child is not None:
            self._tell(f"{self._charge.name} {why}")
            self._child.signal(signal.SIGKILL)

    async def stop(self) -> None:
        """End the child for good."""
        self._stopping = True
        if self._sparing is not None:
            self._sparing.cancel()
        if self._spare is not None:
            self._spare.discard()
        if self._child is not None:
            await self._child.stop(self._charge.stop_signal, self._charge.patience)
        if self._task is not None:
            self._task.cancel()

    async def _keep(self) -> None:
        begun = time.monotonic()
        while True:
            if self._child is not None:
                await self._child.ended()
            if self._stopping:
                return
            died = time.monotonic()
            await asyncio.sleep(self._pacing.pause(died - begun))
            begun = time.monotonic()
            try:
                self._child = self._next_child()
            except OSError as error:
                self._child = None
                self._tell(f"{self._charge.name} cannot be started: {error}")
                continue
            self._want_spare()
            if self.failures <= 1:
                self._tell(f"{self._charge.name} ended unexpectedly and was started again")

    def _next_child(self) -> Child:
        spare, self._spare = self._spare, None
        begun = spare.become(self._charge.pid_file) if spare else None
        return begun or Child.start(self._charge.launch, self._charge.pid_file)

    def _want_spare(self) -> None:
        if self._charge.spare is None or self._spare is not None:
            return
        if self._sparing is not None:
            self._sparing.cancel()
        self._sparing = asyncio.create_task(self._make_spare(self._charge.spare))

    async def _make_spare(self, launch: Launch) -> None:
        # Not while the child itself is loading: they would take the processor from each other.
        await asyncio.sleep(SETTLED)
        try:
            self._spare = Spare(launch)
        except OSError as error:
            self._tell(f"a spare for {self._charge.name} cannot be started: {error}")
