"""Registers the agents' phones."""

import asyncio
from collections.abc import Sequence

from svarhus.phones.phone import Phone

LOOKED_AFTER = 0.5
"""Seconds within which Asterisk has asked a newly registered phone whether it is there."""


async def register(server: str, phones: Sequence[tuple[str, str]], port: int) -> None:
    """Register phones (name, password) that all answer at one port, from that very port: Asterisk calls a
    phone where its registration came from."""
    async with Phone("registering", port, server=server) as phone:
        for name, password in phones:
            await phone.register(name, password, keep=False, expires=3600)
        await asyncio.sleep(LOOKED_AFTER)
