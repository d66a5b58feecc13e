"""Waiting for what another process does, with a limit."""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def until(holds: Callable[[], Awaitable[bool]], limit: float = 60.0) -> float:
    """Wait until it holds; how many seconds that took. AssertionError after the limit."""
    begun = time.monotonic()
    while not await holds():
        assert time.monotonic() - begun < limit, f"it did not happen within {limit:.0f} s"
        await asyncio.sleep(0.01)
    return time.monotonic() - begun
