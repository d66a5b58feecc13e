"""Listens for the signs of life of people's pages. Only what changes is decided, and so kept in the journal."""

import asyncio
from collections.abc import Callable

from svarhus.kit.ids import PersonKey

HEARTBEAT = 5.0
"""Seconds between two signs of life of a page."""
SILENCE = 12.0
"""Seconds after which a page that says nothing counts as gone: two signs may be lost."""


class Browsers:
    """One timer for each page that can be rung."""

    def __init__(self, silent: Callable[[PersonKey, str], None], silence: float = SILENCE) -> None:
        """`silent`: told of the person and the session of a page that is heard no more."""
        self._silent = silent
        self._silence = silence
        self._timers: dict[PersonKey, asyncio.TimerHandle] = {}

    def heard(self, person: PersonKey, session: str) -> None:
        """The page is alive."""
        self.forget(person)
        loop = asyncio.get_running_loop()
        self._timers[person] = loop.call_later(self._silence, self._is_silent, person, session)

    def forget(self, person: PersonKey) -> None:
        timer = self._timers.pop(person, None)
        if timer is not None:
            timer.cancel()

    def forget_all(self) -> None:
        for person in list(self._timers):
            self.forget(person)

    def _is_silent(self, person: PersonKey, session: str) -> None:
        del self._timers[person]
        self._silent(person, session)
