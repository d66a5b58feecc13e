"""Waiting for what other processes do, of which nobody tells."""

import asyncio
from collections.abc import Callable

_LOOKS = 0.2
"""Seconds between two."""


async def became(condition: Callable[[], bool], within: float) -> bool:
    """Whether it is so after at most so many seconds."""
    for _ in range(int(within / _LOOKS)):
        if condition():
            return True
        await asyncio.sleep(_LOOKS)
    return condition()
