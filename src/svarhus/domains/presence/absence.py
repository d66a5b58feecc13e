"""Why somebody cannot be had, as the person or somebody who leads has said."""

from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey

LONGEST_NOTE = 80
"""Characters: it has to fit in a row of the directory."""


class AbsenceKind(StrEnum):
    BUSY = "busy"
    MEETING = "meeting"
    LUNCH = "lunch"
    OUT = "out"
    """Away from the office, on an errand or a journey."""
    GONE_FOR_THE_DAY = "gone_for_the_day"
    ILL = "ill"
    HOLIDAY = "holiday"


class Absence(msgspec.Struct, frozen=True):
    kind: AbsenceKind
    since: Instant
    until: Instant | None
    """When it ends by itself; None: when somebody says so."""
    note: str
    by: PersonKey | None
    """Who set it; None for a program."""
