"""Browsers' SIP, brought to Asterisk through our own port.

A page then needs one origin and one certificate, and Asterisk's WebSocket need not be open to the network.
Who speaks is known before the first message, so that nobody can speak for somebody else, or try passwords.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import aiohttp

from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.adapters.asterisk.browser_sip import LONGEST
from svarhus.kit.errors import Unavailable

BROWSERS = "127.0.83.1"
"""Loopback address from which browsers' messages reach an Asterisk on this machine: a trunk that is known by
the machine's own address must not be taken for one of them."""

WINDOW = 600.0
"""Seconds for which an offence counts."""
TOLERATED = 4
"""Offences of one account from one address without consequence: a password may have changed."""
CLOSED = 60.0
"""Seconds for which the line stays closed for that account from that address."""
MOST = 5000
"""Pairs remembered; the oldest are forgotten first."""

Line = aiohttp.ClientWebSocketResponse[Literal[True]]

Who = tuple[str, str]
"""Address and account."""


class LineOffences:
    """Wrong passwords and messages in others' names. All browsers share one address at Asterisk, so nobody is banned
    there: the one line is closed, and that account from that address waits. Moments are seconds of a steady clock."""

    def __init__(self) -> None:
        self._offences: dict[Who, list[float]] = {}

    def note(self, who: Who, now: float) -> bool:
        """Whether the line is to be closed."""
        recent = [moment for moment in self._offences.pop(who, ()) if now - moment < WINDOW]
        self._offences[who] = [*recent[-TOLERATED:], now]
        if len(self._offences) > MOST:
            del self._offences[next(iter(self._offences))]
        return len(recent) >= TOLERATED

    def is_closed(self, who: Who, now: float) -> bool:
        moments = self._offences.get(who, [])
        return len(moments) > TOLERATED and now - moments[-1] < CLOSED


class BrowserLine:
    """Opens connections to one Asterisk."""

    def __init__(self, address: AriAddress) -> None:
        self._url = address.url.replace("http", "ws", 1).rstrip("/") + "/ws"
        self._local = (BROWSERS, 0) if "//127.0.0.1:" in address.url else None
        self.offences = LineOffences()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Line]:
        """Unavailable when Asterisk does not take it."""
        connector = aiohttp.TCPConnector(local_addr=self._local)
        async with aiohttp.ClientSession(connector=connector) as session:
            try:
                line = await session.ws_connect(self._url, protocols=("sip",), max_msg_size=4 * LONGEST)
            except (aiohttp.ClientError, OSError, TimeoutError):
                raise Unavailable("The telephony engine does not answer.", "Try again in a moment.") from None
            async with line:
                yield line
