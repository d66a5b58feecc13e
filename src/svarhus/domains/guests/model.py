"""A visitor of the public page, and how many of them there may be."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

import msgspec

from svarhus.kit.clock import Instant, after

FICTION = tuple(f"+467017406{last:02}" for last in range(5, 100))
"""Swedish mobile numbers that are kept for fiction and reach nobody (PTS: 070-174 06 05 to 99)."""


@dataclass(frozen=True)
class Guest:
    """Somebody who may call the organisation's numbers for a while."""

    token: str = field(repr=False)
    """The secret by which the visitor's page is known."""
    name: str
    """SIP user name."""
    password: str = field(repr=False)
    number: str
    """E.164; by which those who answer see and call back the visitor."""
    address: str
    """Where the visitor came from."""
    until: Instant
    numbers: frozenset[str] = frozenset()
    """E.164; the only ones that the visitor may call."""


class GuestLimits(msgspec.Struct, frozen=True):
    """How many visitors there may be."""

    at_once: int = 20
    of_address: int = 6
    """At once. More than one, since a class or an office tries it together."""
    begun_of_address: int = 20
    """Within `window`."""
    window: timedelta = timedelta(minutes=10)
    lifetime: timedelta = timedelta(minutes=30)


class Begun(msgspec.Struct, frozen=True):
    """A visit that was begun, also when it is over."""

    address: str
    at: Instant


def wait_until(
    guests: Collection[Guest], begun: Collection[Begun], address: str, now: Instant, limits: GuestLimits
) -> Instant | None:
    """None when another visitor of this address may come in now, else when it is worth to ask again."""
    mine = [guest for guest in guests if guest.address == address]
    if len(mine) >= limits.of_address:
        return min(guest.until for guest in mine)
    if len(guests) >= limits.at_once:
        return min(guest.until for guest in guests)
    recent = sorted(one.at for one in recent_of(begun, now, limits) if one.address == address)
    if len(recent) >= limits.begun_of_address:
        return after(recent[-limits.begun_of_address], limits.window)
    return None


def recent_of(begun: Collection[Begun], now: Instant, limits: GuestLimits) -> list[Begun]:
    """Those that still count."""
    return [one for one in begun if now - one.at < limits.window]


def free_number(guests: Collection[Guest]) -> str:
    """A number that no visitor has. There are more of them than visitors."""
    taken = {guest.number for guest in guests}
    return next(number for number in FICTION if number not in taken)
