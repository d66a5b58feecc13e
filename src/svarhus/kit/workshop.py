"""Threads for heavy work on what was sent: so many at once, so many waiting, and each ended with its request."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from svarhus.kit.errors import Unavailable

T = TypeVar("T")

GoOn = Callable[[], None]
"""Called now and then by work that takes long. Raises GivenUp when nobody waits for it any more."""


class GivenUp(Exception):
    """Nobody waits for the work. Nobody hears of it either."""


class TooBusy(Unavailable):
    """Others' work is being done."""

    id = "too-busy"
    title = "Too much is being done at once"


class Workshop:
    """A pool of threads of its own, so that no other work waits for this."""

    def __init__(
        self, name: str, at_once: int = 2, waiting: int = 30, busy: str = "Too many files are being read just now."
    ) -> None:
        self._busy = busy
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix=name)
        self._most = at_once + waiting
        self._taken = 0

    async def run(self, work: Callable[[GoOn], T]) -> T:
        """What the work gives. It is given up when the caller is cancelled. TooBusy."""
        if self._taken >= self._most:
            raise TooBusy(self._busy, "Try again in a minute.")
        given_up = Event()

        def go_on() -> None:
            if given_up.is_set():
                raise GivenUp

        self._taken += 1
        doing = self._pool.submit(work, go_on)
        doing.add_done_callback(self._told_to(asyncio.get_running_loop()))
        try:
            return await asyncio.wrap_future(doing)
        finally:
            given_up.set()

    def _told_to(self, loop: asyncio.AbstractEventLoop) -> Callable[[object], None]:
        def over() -> None:
            self._taken -= 1

        def told(_: object) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(over)

        return told


def to_the_end() -> None:
    """For work that is always waited for."""
