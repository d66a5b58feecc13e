"""A device that wants to be told, and what it is told."""

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.ports.push import PushTarget

MOST_DEVICES = 10
"""Of one person; the oldest gives way."""


class Subscription(msgspec.Struct, frozen=True):
    """A browser on which a person is signed in."""

    organisation: OrganisationId
    person: PersonKey
    target: PushTarget
    language: str
    made_at: Instant


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the browser is told. It is encrypted, but stands on a locked screen: no name and no number by default."""

    kind: str
    """`offer` or `test`."""
    language: str
    queue: str = ""
    """Name of the queue whose call is offered; empty for a call to the person."""
    caller: str = ""
    """Only where the organisation wants it shown."""
    seconds: int = 20
    """For how long it rings."""
    silent: bool = False
    tag: str = ""
    """Notices of the same tag replace one another."""
