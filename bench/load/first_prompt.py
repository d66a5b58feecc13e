"""How long a caller waits for the first sound, while others call too."""

import asyncio
import threading
import time
from dataclasses import dataclass
from statistics import median

from svarhus.phones.phone import Phone

PAUSE = 0.6
"""Seconds between two callers."""


@dataclass(frozen=True)
class Prompts:
    """How soon callers heard something."""

    median: float
    """Milliseconds."""
    count: int
    silent: int
    """Callers who heard nothing within five seconds."""


class FirstPrompt:
    """Calls again and again, in a thread of its own, and measures from INVITE to the first RTP packet."""

    def __init__(self, server: str, number: str) -> None:
        self._server = server
        self._number = number
        self._waits: list[float] = []
        self._silent = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> Prompts:
        self._over.set()
        self._thread.join()
        return Prompts(median(self._waits) * 1000 if self._waits else 0.0, len(self._waits), self._silent)

    async def _run(self) -> None:
        while not self._over.is_set():
            began = time.monotonic()
            async with Phone("first-prompt", server=self._server) as phone:
                call = phone.dial(self._number, from_number="+46701740690")
                if await phone.wait_until(call.heard.packets.__len__, 5.0, poll=0.02):
                    # Arrivals are the kernel's, so that our own slowness does not count.
                    self._waits.append(call.heard.packets[0][0] - call.started)
                else:
                    self._silent += 1
            await asyncio.sleep(max(0.0, PAUSE - (time.monotonic() - began)))
