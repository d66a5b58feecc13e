"""Who is blocked for how long, from what Asterisk reports about sign-ins. Pure: no clock, no I/O.

Guessing is slowed by blocks that double, and ends in a long one. Where many share an address (the
carrier's, or an office that has signed in from there) only the account is blocked from there, so that
one wrong password in one phone does not lock everybody out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

WINDOW = 600.0
"""Seconds for which an offence counts."""
FREE = 3.0
"""Offences without consequence: people mistype."""
FIRST_BLOCK = 2.0
"""Seconds; doubled with each further offence."""
BAN_AT = 10.0
BAN = 3600.0
GOOD_FOR = 86400.0
"""Seconds for which a sign-in shows that others share the address."""
MOST = 5000
"""Addresses remembered; the oldest are forgotten first."""


class Sign(StrEnum):
    """What Asterisk reported."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    UNKNOWN_CALLER = "unknown_caller"
    """A request from nobody that we know, without an attempt to sign in."""
    SIGNED_IN = "signed_in"


WEIGHT = {Sign.WRONG_PASSWORD: 1.0, Sign.UNKNOWN_CALLER: 0.5}
"""A caller without a password is challenged first and counted again when it answers wrongly."""


@dataclass(frozen=True)
class Block:
    """Refuse this address, or this account from this address, for so many seconds."""

    address: str
    account: str | None
    """None: the whole address."""
    seconds: float
    ban: bool


@dataclass
class Record:
    offences: list[tuple[float, float]] = field(default_factory=list)
    """Moment and weight."""
    good: dict[str, float] = field(default_factory=dict)
    """Accounts that signed in from here, and when."""


class Offences:
    """Remembers what came from which address. Moments are seconds of any steady clock."""

    def __init__(self, shared: Callable[[str], bool]) -> None:
        """`shared` says whether an address is known to be shared, such as a trunk's."""
        self._shared = shared
        self._records: dict[str, Record] = {}

    def note(self, sign: Sign, address: str, account: str, now: float) -> Block | None:
        """Take note; says what is to be blocked now, if anything."""
        record = self._record(address)
        if sign is Sign.SIGNED_IN:
            record.good[account] = now
            return None
        others = any(
            name != account and now - moment < GOOD_FOR for name, moment in record.good.items()
        ) or self._shared(address)
        if sign is Sign.UNKNOWN_CALLER and (others or record.good):
            # A PBX that signs in for each call is unknown until it has.
            return None
        record.offences = [one for one in record.offences if now - one[0] < WINDOW]
        record.offences.append((now, WEIGHT[sign]))
        total = sum(weight for _, weight in record.offences)
        if total < FREE:
            return None
        ban = total >= BAN_AT
        seconds = BAN if ban else FIRST_BLOCK * 2 ** int(total - FREE)
        return Block(address, account if others else None, seconds, ban)

    def _record(self, address: str) -> Record:
        record = self._records.pop(address, None) or Record()
        self._records[address] = record
        if len(self._records) > MOST:
            del self._records[next(iter(self._records))]
        return record
