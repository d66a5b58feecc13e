"""How long somebody must wait after sign-in has failed."""

from datetime import timedelta

from svarhus.kit.clock import Instant, after

FREE = 3
"""Failures that cost nothing: everybody mistypes."""
LONGEST_WAIT = timedelta(minutes=5)
FORGOTTEN_AFTER = timedelta(hours=1)

FREE_OF_ADDRESS = 20
"""An address may be a whole office behind one router."""

FREE_OF_ACCOUNT = 100
"""From wherever they come: only many addresses together get there (NIST SP 800-63B, 5.2.2)."""
LONGEST_OF_ACCOUNT = timedelta(seconds=15)
"""Strangers must not keep somebody out who comes from a new place."""

FREE_OF_CODES = 20
"""Six digits: from wherever they come, a second factor is not guessed."""


LONGEST_OF_PIN = timedelta(minutes=30)
"""Four digits: who is kept out of the telephone gets in by the console."""


def next_attempt(failures: int, last_at: Instant, free: int, longest: timedelta = LONGEST_WAIT) -> Instant:
    """The moment from which the next attempt is let through: one second after the last free failure, and
    twice as long after each further one, up to the longest."""
    if failures < free:
        return last_at
    wait = timedelta(seconds=2 ** min(failures - free, 10))
    return after(last_at, min(wait, longest))


def remembered(failures: int, last_at: Instant, now: Instant) -> int:
    """The failures that still count."""
    return 0 if now - last_at > FORGOTTEN_AFTER else failures
