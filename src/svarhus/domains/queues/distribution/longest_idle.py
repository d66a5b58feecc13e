"""Longest idle: of the members of the best priority, the one who has been free for the longest time is rung."""

from collections.abc import Sequence
from datetime import UTC, datetime

from svarhus.domains.queues.distribution.strategy import Candidate
from svarhus.domains.queues.place import Place

_EVER = datetime.min.replace(tzinfo=UTC)


def choose(place: Place, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Of members free equally long, the first by key, so that the choice can be repeated."""
    return (min(candidates, key=lambda each: (each.priority, each.idle_since or _EVER, each.person)),)
