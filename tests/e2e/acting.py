"""Runs tests side by side: telephone calls are mostly waiting, and one after the other they would take long.

A test is written as a coroutine function that takes its stand:

    @pytest.mark.feature("Q-01")
    @acted(agents=2)
    async def test_whoever_came_first_is_answered_first(stand: Stand) -> None: ...

All those that were selected begin with the first of them; pytest then asks each for its outcome.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from e2e.organisation import Wants
from e2e.stand import Stand

Act = Callable[[Stand], Awaitable[None]]

AT_ONCE = 8
"""How many are on stage at the same time: as much as a small machine carries with clean sound."""

LONGEST = 90.0
"""Seconds that one may take."""


@dataclass(frozen=True, eq=False)
class Scene:
    name: str
    act: Act
    wants: Wants


class Stage(Protocol):
    """What a test asks for the outcome of its scene."""

    def outcome_of(self, scene: Scene) -> None: ...


def acted(**wants: Any) -> Callable[[Act], Callable[[Stage], None]]:
    """Make a test of a scene. `wants`: see Wants."""

    def make(act: Act) -> Callable[[Stage], None]:
        scene = Scene(act.__name__, act, Wants(**wants))

        def test(stage: Stage) -> None:
            stage.outcome_of(scene)

        test.__name__, test.__qualname__, test.__module__ = act.__name__, act.__qualname__, act.__module__
        test.__doc__ = act.__doc__
        test.scene = scene  # type: ignore[attr-defined]
        return test

    return make


async def perform(scene: Scene, stand: Stand, turn: asyncio.Semaphore) -> None:
    """Act, end what is left, and see that nothing stays behind."""
    async with turn, asyncio.timeout(LONGEST):
        try:
            await scene.act(stand)
        finally:
            await stand.clear()
        await stand.expect_nothing_left()
