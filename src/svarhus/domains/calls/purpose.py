"""What a leg is in its call for: that says what happens when it is answered, and when it is gone."""

import msgspec

from svarhus.domains.calls.supervision import Supervision
from svarhus.kit.ids import LegId, PersonKey, QueueKey


class Calling(msgspec.Struct, frozen=True, tag="calling"):
    """It rang us: a caller from outside, or a colleague at a phone."""


class Placing(msgspec.Struct, frozen=True, tag="placing"):
    """One of us wants to talk with somebody, and is rung first."""


class Offered(msgspec.Struct, frozen=True, tag="offered"):
    """A member is rung for somebody who waits, and has that caller from the answer on."""


class CallingBack(msgspec.Struct, frozen=True, tag="calling_back"):
    """One of us carries out a promise, and is rung first."""


class CalledBack(msgspec.Struct, frozen=True, tag="called_back"):
    """The customer whom a callback was promised."""


class Target(msgspec.Struct, frozen=True, tag="target"):
    """A call flow, or one of us, has the call connected to it."""


class Asked(msgspec.Struct, frozen=True, tag="asked"):
    """A third party whom one of us asks while the other one waits."""


class Handed(msgspec.Struct, frozen=True, tag="handed"):
    """Whom somebody is handed over to."""


class Returned(msgspec.Struct, frozen=True, tag="returned"):
    """Who handed somebody over whom nobody took, and is rung for that."""


class Served(msgspec.Struct, frozen=True, tag="served"):
    """Whom the call is about from now on, whatever it came for: one who was handed over, or is left in it."""


class Rejoining(msgspec.Struct, frozen=True, tag="rejoining"):
    """A page that comes back to its call: from the answer on it is what the leg was that it replaces."""

    replaces: LegId
    """Of the same person."""


class Supervising(msgspec.Struct, frozen=True, tag="supervising"):
    """One who leads is with a conversation of others: hears it, or talks in it."""

    how: Supervision
    hears: LegId
    """Of the member; of the customer while none of ours talks with that one."""
    member: PersonKey | None
    """At whose leg it began, or to whom it went on."""
    queue: QueueKey
    """For which the call is: where it goes to another one, this ends."""


Purpose = (
    Calling
    | Placing
    | Offered
    | CallingBack
    | CalledBack
    | Target
    | Asked
    | Handed
    | Returned
    | Served
    | Rejoining
    | Supervising
)

RUNG_FOR_THE_SERVED = (CalledBack, Target, Handed, Returned)
"""Whom the party that is served waits for, with a ringing tone."""
