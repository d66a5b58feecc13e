"""Leaves a provider that takes nothing alone for a while.

Else every message would try it, each waiting for its time limit, while other organisations' messages wait for them. One
message at a time asks whether it is back, with growing pauses.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta

from svarhus.kit.clock import Instant, after
from svarhus.kit.jobs.model import Retries
from svarhus.ports.sending import NotSent, Why

_OF_THE_PROVIDER = frozenset({Why.NOT_REACHED, Why.SIGN_IN_REFUSED, Why.NO_CREDIT})
"""Whoever is the receiver, it would be the same."""
SILENT_TIMES = 3
"""An answer may be missing once; when it is missing so often in a row, it is the provider."""
APART = timedelta(seconds=0.04)
"""Between two messages that come back to look whether the provider takes something again: thousands that wait cost what
25 a second cost."""
ASKING = timedelta(minutes=2)
"""In which whoever asks has told what came of it, or has died."""


@dataclass
class _Trouble:
    error: NotSent
    failures: int
    since: Instant
    """When it was noticed last: who began before that knows nothing new."""
    until: Instant
    asked_until: Instant
    """Before that somebody is asking."""
    turn: Instant
    """When the next who is sent away comes back: one after the other, not all in the same moment."""


class Outages:
    """Of all providers, as this worker sees them. Moments are handed in."""

    def __init__(self, pauses: Retries) -> None:
        self._pauses = pauses
        self._troubles: dict[Hashable, _Trouble] = {}
        self._silent: dict[Hashable, int] = {}

    def in_the_way(self, provider: Hashable, now: Instant) -> tuple[NotSent, timedelta] | None:
        """Why nothing is to be tried now, and for how long. None: try, and say what came of it."""
        trouble = self._troubles.get(provider)
        if trouble is None:
            return None
        if now < trouble.until:
            return trouble.error, _in_turn(trouble, trouble.until) - now
        if now < trouble.asked_until:
            return trouble.error, _in_turn(trouble, after(now, self._pauses.first)) - now
        trouble.asked_until = after(now, ASKING)
        return None

    def came_of_it(self, provider: Hashable, error: NotSent | None, began: Instant, now: Instant) -> None:
        """What came of an attempt; `error`: None when the message was taken."""
        before, silent = self._silent.pop(provider, 0), 0
        if error is not None and error.why is Why.NO_ANSWER:
            silent = self._silent[provider] = before + 1
        if error is not None and (error.why in _OF_THE_PROVIDER or silent >= SILENT_TIMES):
            self._goes_on(provider, error, began, now)
        elif not silent:
            # It has answered for itself, whatever it said.
            self._troubles.pop(provider, None)

    def _goes_on(self, provider: Hashable, error: NotSent, began: Instant, now: Instant) -> None:
        before = self._troubles.get(provider)
        if before is not None and began < before.since:
            return
        failures = before.failures + 1 if before else 1
        pause = self._pauses.pause(failures) or self._pauses.longest
        self._troubles[provider] = _Trouble(error, failures, now, until := after(now, pause), now, until)


def _in_turn(trouble: _Trouble, earliest: Instant) -> Instant:
    """When who asks now is to come back."""
    at = max(earliest, trouble.turn)
    trouble.turn = after(at, APART)
    return at
