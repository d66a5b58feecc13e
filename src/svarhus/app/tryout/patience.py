"""Waiting for what is told by nobody: the installation is asked again and again, for a limited time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from svarhus.phones.phone import PhoneError

T = TypeVar("T")

PAUSE = 0.1
"""Seconds between questions."""


async def until(ask: Callable[[], Awaitable[T]], what: str, within: float = 5.0) -> T:
    """The first answer that is true. PhoneError when there is none in time."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        answer = await ask()
        if answer:
            return answer
        if asyncio.get_running_loop().time() > deadline:
            raise PhoneError(f"Within {within:.0f} s it was not so that {what}.")
        await asyncio.sleep(PAUSE)
