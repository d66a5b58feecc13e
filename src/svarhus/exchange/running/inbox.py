"""What waits to be decided."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.core.requests import Request
from svarhus.kit.errors import SvarhusError

Answer = str | SvarhusError | None


class Waiting(NamedTuple):
    """An input, and who waits for its answer."""

    input: Input
    asked: "asyncio.Future[str | None] | None"


class Inbox:
    """Inputs in the order in which they came."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._woken = asyncio.Event()
        self._asked: set[asyncio.Future[str | None]] = set()

    def put(self, input: Input) -> None:
        self._waiting.append(Waiting(input, None))
        self._woken.set()

    async def ask(self, request: Request) -> str:
        """The answer, when it is decided. Raises a refusal as a SvarhusError; ExchangeUnavailable when it is closed."""
        asked: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._asked.add(asked)
        asked.add_done_callback(self._asked.discard)
        self._waiting.append(Waiting(request, asked))
        self._woken.set()
        return await asked or ""

    async def wait(self, seconds: float) -> None:
        """Until there is something, at most so long."""
        if self._waiting:
            return
        self._woken.clear()
        # Not wait_for: in Python 3.11 it can swallow that the task is cancelled (python/cpython#86296).
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    def take(self, most: int) -> Sequence[Waiting]:
        """The first of them."""
        taken, self._waiting = self._waiting[:most], self._waiting[most:]
        return taken

    def hand(self, taken_by: Callable[[Input], bool]) -> None:
        """Let go of what is dealt with elsewhere; what somebody waits for the answer of stays."""
        waiting, self._waiting = self._waiting, []
        self._waiting = [each for each in waiting if each.asked is not None or not taken_by(each.input)] + self._waiting

    def close(self) -> None:
        """Nothing is decided any more."""
        for asked in self._asked:
            if not asked.done():
                asked.set_exception(ExchangeUnavailable("The organisation was stopped before it could answer."))


def answer(decided: Sequence[Waiting], answers: Sequence[Answer]) -> None:
    """Tell those who wait. There may be more answers than inputs."""
    for (_, asked), given in zip(decided, answers, strict=False):
        if asked is None or asked.done():
            continue
        if isinstance(given, SvarhusError):
            asked.set_exception(given)
        else:
            asked.set_result(given)
