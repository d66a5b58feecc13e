"""Ring all: all who are free are rung at the same time, up to so many, and the first who answers gets the caller."""

from svarhus.domains.queues.distribution.strategy import Question, Wave, by_list


def choose(asked: Question) -> Wave:
    """With more free than may be rung at once, the first by priority and by the list."""
    return Wave(sorted(asked.free, key=by_list)[: asked.room])
