"""Which queue's caller goes first to a member who takes calls of several.

Who waits in a queue of the highest precedence goes before all others. In a queue of medium precedence each minute of
waiting counts double. Inside a queue it changes nothing: there the priority counts, and then who came first. A place in
a call flow may say another one for the calls that wait from there.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from svarhus.kit.clock import Instant
from svarhus.kit.ids import PlaceId


class Precedence(StrEnum):
    NONE = "none"
    MEDIUM = "medium"
    HIGHEST = "highest"


def highest_of(*found: Precedence) -> Precedence:
    return max(found, key=list(Precedence).index)


Turn = tuple[bool, int, datetime, PlaceId]
"""Smaller goes first."""


def turn(precedence: Precedence, rank: tuple[int, PlaceId], entered_at: Instant, now: Instant) -> Turn:
    """Of the first in a queue, at this moment: those of several queues compare by it.

    Who has waited for `w` minutes that count double waits like somebody who came `2 w` ago: so nothing has to be sorted
    anew as time goes by, only the first of each queue compared.
    """
    waited = max(timedelta(), now - entered_at)
    as_if = now - 2 * waited if precedence is Precedence.MEDIUM else now - waited
    before, place = rank
    return precedence is not Precedence.HIGHEST, before, as_if, place
