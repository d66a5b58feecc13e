"""How long somebody must wait after sign-in has failed."""

from datetime import timedelta

from svarhus.kit.clock import Instant, after

FREE = 3
"""Failures that cost nothing: everybody mistypes."""
LONGEST_WAIT = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=1)

FREE_OF_ADDRESS = 20
"""An address may be a whole office behind one router."""


def next_attempt(failures: int, last_at: Instant, free: int) -> Instant:
    """The moment from which the next attempt is let through: one second after the last free failure, and
    twice as long after each further one, up to five minutes."""
    if failures < free:
        return last_at
    wait = timedelta(seconds=2 ** min(failures - free, 10))
    return after(last_at, min(wait, LONGEST_WAIT))


def remembered(failures: int, last_at: Instant, now: Instant) -> int:
    """The failures that still count."""
    return 0 if now - last_at > FORGOTTEN_AFTER else failures
