"""Which keys count: those that answer a question that is being heard or has been heard, each press once.

Who presses 2 twice in a hurry has answered one question, not the next one too, which nobody has heard yet. And
one press may arrive several times: with growing timestamps, or both in the sound (RFC 4733) and beside it (INFO).
"""

from datetime import timedelta

from svarhus.domains.calls.model import Leg
from svarhus.exchange.turn import Turn
from svarhus.kit.clock import Instant

HEARD_AFTER = timedelta(seconds=0.3)
"""From when on a key may be an answer to what is being said: nobody has understood anything sooner."""
SAME_PRESS = timedelta(seconds=0.25)
"""The same key within it, after itself, is the same press."""
SAME_PRESS_IN_NUMBER = timedelta(seconds=0.1)
"""While a number is keyed, in which equal digits follow each other as fast as a phone dials them."""


def counts(turn: Turn, leg: Leg, digit: str) -> bool:
    """Whether the key says anything."""
    return not _is_same_press(leg, digit, turn.now) and (leg.keying or _is_heard(turn, leg))


def _is_same_press(leg: Leg, digit: str, now: Instant) -> bool:
    if leg.last_key_at is None or leg.last_key != digit:
        return False
    return now - leg.last_key_at < (SAME_PRESS_IN_NUMBER if leg.keying else SAME_PRESS)


def _is_heard(turn: Turn, leg: Leg) -> bool:
    """Who waits in a queue knows the keys, whatever is said meanwhile."""
    if leg.call in turn.state.waiting or leg.prompt is None or leg.prompt_at is None:
        return True
    return turn.now - leg.prompt_at >= HEARD_AFTER
