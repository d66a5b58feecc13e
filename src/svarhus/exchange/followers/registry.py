"""All followers. A new one is a file beside this one, and a line here."""

from collections.abc import Iterator, Sequence

from svarhus.exchange.core.core import NumberedFact
from svarhus.exchange.followers import (
    alerts,
    bookings,
    call_log,
    cases,
    estimates,
    leading,
    queue_log,
    recordings,
    telling,
    voicemails,
)
from svarhus.exchange.followers.follower import Follower, Write, Writer
from svarhus.kit.ids import OrganisationId

FOLLOWERS: tuple[Follower, ...] = (
    call_log.FOLLOWER,
    bookings.FOLLOWER,
    voicemails.FOLLOWER,
    recordings.FOLLOWER,
    recordings.JOBS,
    cases.FOLLOWER,
    estimates.FOLLOWER,
    queue_log.FOLLOWER,
    alerts.KEPT,
    alerts.FOLLOWER,
    telling.FOLLOWER,
    telling.ANSWERS,
    leading.FOLLOWER,
)
"""In the order in which they write: the queue log reads what the others have just written."""


def writes(organisation: OrganisationId, facts: Sequence[NumberedFact]) -> list[Write]:
    """What to write for these facts, in order."""
    return list(_writes(organisation, facts))


def _writes(organisation: OrganisationId, facts: Sequence[NumberedFact]) -> Iterator[Write]:
    for numbered in facts:
        for writer in _WRITERS.get(type(numbered.fact), ()):
            write = writer(organisation, numbered.fact, numbered.at)
            if write is not None:
                yield write


def _by_kind(followers: Sequence[Follower]) -> dict[type, tuple[Writer, ...]]:
    kinds = {kind for follower in followers for kind in follower}
    return {kind: tuple(follower[kind] for follower in followers if kind in follower) for kind in kinds}


_WRITERS = _by_kind(FOLLOWERS)
