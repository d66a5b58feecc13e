"""Longest idle: of the members of the best priority, the one who has been free for the longest time is rung."""

from datetime import UTC, datetime

from svarhus.domains.queues.distribution.strategy import Question, Wave

_EVER = datetime.min.replace(tzinfo=UTC)


def choose(asked: Question) -> Wave:
    """Of members free equally long, the first by key, so that the choice can be repeated."""
    return Wave((min(asked.free, key=lambda each: (each.priority, each.idle_since or _EVER, each.person)),))
