"""Who does not answer SIP for long is begun anew, and nobody else."""

import asyncio
from collections.abc import Sequence

import pytest

from svarhus.app.sip_watch import SILENT, SipWatch

pytestmark = pytest.mark.asyncio


async def times_begun_anew(answers: Sequence[bool]) -> int:
    """How often, when these are the answers."""
    coming, begun, over = iter(answers), 0, asyncio.Event()

    async def answered() -> bool:
        try:
            return next(coming)
        except StopIteration:
            over.set()
            return True

    def begin_anew() -> None:
        nonlocal begun
        begun += 1

    watching = asyncio.create_task(SipWatch(answered, begin_anew, every=0).run())
    await over.wait()
    watching.cancel()
    return begun


@pytest.mark.parametrize(
    ("answers", "times"),
    [
        ([True] * 20, 0),
        ([False] * (SILENT - 1) + [True], 0),
        (([False] * (SILENT - 1) + [True]) * 3, 0),
        ([False] * SILENT + [True], 1),
        ([False] * SILENT * 2, 2),
    ],
)
async def test_only_a_long_silence_counts(answers: list[bool], times: int) -> None:
    assert await times_begun_anew(answers) == times
