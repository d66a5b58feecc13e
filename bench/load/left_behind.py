"""What is left of the calls when all are over: in Asterisk, and in the call log."""

from dataclasses import dataclass

import aiohttp
import asyncpg  # type: ignore[import-untyped]

from svarhus.adapters.asterisk.ari import AriAddress


@dataclass(frozen=True)
class LeftBehind:
    """Things in Asterisk that should not be there."""

    channels: int
    bridges: int


async def left_behind(address: AriAddress) -> LeftBehind:
    """What is alive in Asterisk now."""
    sign_in = aiohttp.BasicAuth(address.user, address.password)
    async with aiohttp.ClientSession(auth=sign_in) as session:
        counts = []
        for things in ("channels", "bridges"):
            async with session.get(f"{address.url}/ari/{things}") as answer:
                counts.append(len(await answer.json()))
    return LeftBehind(*counts)


async def joined_calls(url: str) -> int:
    """Calls in the log in which caller and agent were joined."""
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("select count(*) from calls where outcome = 'answered' and talk > 0.5"))
    finally:
        await connection.close()
