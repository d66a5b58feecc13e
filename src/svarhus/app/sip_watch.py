"""Begins an Asterisk anew that lives and answers ARI, but has stopped to answer SIP.

It happens: its SIP can come to a standstill for good in a lock of its own (seen once at a REFER, in 22.10), and a
house that nobody can call is worse than one whose calls have ended.
"""

import asyncio
from collections.abc import Awaitable, Callable

EVERY = 5.0
"""Seconds between two questions."""
PATIENCE = 3.0
"""Seconds that an answer may take, on a machine that has much else to do."""
SILENT = 5
"""Questions in a row without an answer: about forty seconds."""


class SipWatch:
    """Asks again and again whether SIP answers."""

    def __init__(
        self, answers: Callable[[], Awaitable[bool]], begin_anew: Callable[[], None], every: float = EVERY
    ) -> None:
        self._answers = answers
        self._begin_anew = begin_anew
        self._every = every

    async def run(self) -> None:
        """Until cancelled."""
        silent = 0
        while True:
            await asyncio.sleep(self._every)
            silent = 0 if await self._answers() else silent + 1
            if silent == SILENT:
                self._begin_anew()
                silent = 0
