"""Which keys count: those that answer a question that is being heard or has been heard, each press once.

Who presses 2 twice in a hurry has answered one question, not the next one too, which nobody has heard yet. And
one press may arrive several times: with growing timestamps, or both in the sound (RFC 4733) and beside it (INFO).
"""

from datetime import timedelta

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.calls.model import Leg
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant
from svarhus.ports.telephony import DigitPressed

HEARD_AFTER = timedelta(seconds=0.15)
"""From when on a key may be an answer to what is being said: nobody has understood anything sooner."""
SAID_AGAIN_AFTER = timedelta(seconds=0.4)
"""The same for the key that was pressed last: a finger that slips presses it again sooner."""
SAME_PRESS = timedelta(seconds=0.25)
"""The same key within it, after itself, is the same press."""
SAME_PRESS_IN_NUMBER = timedelta(seconds=0.1)


def counts(turn: Turn, leg: Leg, key: DigitPressed) -> bool:
    """Whether the key says anything."""
    told_at = key.pressed_at or turn.now
    if leg.takes_keys is TakesKeys.NUMBER:
        return not _is_same_press(leg, key.digit, told_at, SAME_PRESS_IN_NUMBER)
    return not _is_same_press(leg, key.digit, told_at, SAME_PRESS) and _is_heard(turn, leg, key.digit)


def is_too_soon(turn: Turn, leg: Leg) -> bool:
    """Whether the key that was pressed last cannot be an answer yet to what is being said."""
    return leg.prompt is not None and leg.prompt_at is not None and turn.now - leg.prompt_at < SAID_AGAIN_AFTER


def _is_same_press(leg: Leg, digit: str, told_at: Instant, within: timedelta) -> bool:
    """By the engine's clock where it tells: keys that had to wait for us come together, whenever they were pressed."""
    return leg.last_key_at is not None and leg.last_key == digit and abs(told_at - leg.last_key_at) < within


def _is_heard(turn: Turn, leg: Leg, digit: str) -> bool:
    """Who waits in a queue knows the keys, whatever is said meanwhile."""
    if turn.state.place_of(leg.call) or leg.prompt is None or leg.prompt_at is None:
        return True
    heard = turn.now - leg.prompt_at
    if digit == leg.last_key:
        return heard >= SAID_AGAIN_AFTER
    return leg.takes_keys is TakesKeys.CHOICE or heard >= HEARD_AFTER
