"""A pause: logged in, but rung for no queue, and why."""

from enum import StrEnum

import msgspec
from pydantic import Field

from svarhus.kit.clock import Instant
from svarhus.kit.document import Keyed
from svarhus.kit.ids import PauseKey, PersonKey


class PauseReason(Keyed):
    """Why members pause, in the organisation's own words."""

    minutes: int | None = Field(
        default=None, ge=1, le=12 * 60, description="It ends by itself after so long, unless another time is chosen."
    )


SHIPPED: tuple[PauseKey, ...] = tuple(
    PauseKey(key) for key in ("break", "lunch", "meeting", "paperwork", "training", "other")
)
"""What can be chosen for as long as the organisation has no reasons of its own. The console has words for them."""


class PauseOver(StrEnum):
    """How a pause came to its end."""

    SAID = "said"
    """The member, or somebody who leads, said so."""
    TIME = "time"
    LOGGED_OUT = "logged_out"


class Pause(msgspec.Struct, frozen=True):
    reason: PauseKey | None
    """None: it began with the log-in, as the member's settings say."""
    since: Instant
    until: Instant | None
    """When it ends by itself; None: when somebody says so."""
    by: PersonKey | None
    """Who set it; None for a program and for one that began with the log-in."""
