"""Registers the agents' phones."""

import asyncio
from collections.abc import Sequence

from svarhus.phones.phone import Phone, Refused

LOOKED_AFTER = 0.5
"""Seconds within which Asterisk has asked a newly registered phone whether it is there."""


TAKEN_UP = 20
"""Attempts, half a second apart, until a new organisation's phones are known."""


async def register(server: str, phones: Sequence[tuple[str, str]], port: int) -> None:
    """Register phones (name, password) that all answer at one port, from that very port: Asterisk calls a
    phone where its registration came from."""
    async with Phone("registering", port, server=server) as phone:
        await known(phone, *phones[0])
        for name, password in phones:
            await phone.register(name, password, keep=False, expires=3600)
        await asyncio.sleep(LOOKED_AFTER)


async def known(phone: Phone, name: str, password: str, *, expires: int = 300, keep: bool = False) -> None:
    """Register as soon as the organisation, which may be new, is known."""
    for attempt in range(TAKEN_UP):
        try:
            await phone.register(name, password, keep=keep, expires=expires)
            return
        except Refused:
            if attempt == TAKEN_UP - 1:
                raise
            await asyncio.sleep(0.5)
