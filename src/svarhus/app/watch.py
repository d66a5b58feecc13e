"""Keeps one child running: starts or adopts it, and starts it again when it dies."""

import asyncio
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from svarhus.app.pacing import Pacing
from svarhus.engines.child import Child, Launch
from svarhus.engines.nursery import Nursery


@dataclass(frozen=True)
class Charge:
    """A child to be kept running."""

    name: str
    launch: Launch
    pid_file: Path
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 8.0
    """Seconds that it gets to end by itself."""
    takes_long_to_load: bool = False
    """It is born of a process that has loaded everything (see `engines/nursery.py`)."""


class Watch:
    """Watches over one child."""

    def __init__(self, charge: Charge, tell: Callable[[str], None]) -> None:
        self._charge = charge
        self._tell = tell
        self._pacing = Pacing()
        self._child: Child | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._nursery: Nursery | None = None

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
        if self._child is None and not self._charge.takes_long_to_load:
            self._child = Child.start(self._charge.launch, self._charge.pid_file)
        self._task = asyncio.create_task(self._keep(), name=f"watch {self._charge.name}")

    def begin_anew(self, why: str) -> None:
        """End the child at once, whatever it does; it is started again."""
        if self._child is not None:
            self._tell(f"{self._charge.name} {why}")
            self._child.signal(signal.SIGKILL)

    async def stop(self) -> None:
        """End the child for good."""
        self._stopping = True
        if self._child is None and self._task is not None:
            self._task.cancel()
        if self._child is not None:
            await self._child.stop(self._charge.stop_signal, self._charge.patience)
        if self._task is not None:
            self._task.cancel()
        if self._nursery is not None:
            self._nursery.close()

    async def _keep(self) -> None:
        first = self._child is None
        begun = time.monotonic()
        while True:
            if self._child is not None:
                await self._child.ended()
            if self._stopping:
                return
            if not first:
                await asyncio.sleep(self._pacing.pause(time.monotonic() - begun))
            begun = time.monotonic()
            try:
                self._child = await self._next_child()
            except OSError as error:
                self._child = None
                self._tell(f"{self._charge.name} cannot be started: {error}")
                first = False
                continue
            if self.failures <= 1 and not first:
                self._tell(f"{self._charge.name} ended unexpectedly and was started again")
            first = False

    async def _next_child(self) -> Child:
        """By itself when it cannot be had otherwise: its log then says why."""
        if self._charge.takes_long_to_load:
            for _ in range(2):
                self._nursery = self._nursery or Nursery(self._charge.launch)
                if child := await self._nursery.child(self._charge.pid_file):
                    return child
                self._nursery.close()
                self._nursery = None
        return Child.start(self._charge.launch, self._charge.pid_file)
