"""Round robin: the members take turns in the order of the list, whatever their priorities.

After the one who had the last turn comes the next in the list who is free; after the last of the list, the first. What
Phonero calls round robin is longest idle here.
"""

from svarhus.domains.queues.distribution.strategy import Question, Wave


def choose(asked: Question) -> Wave:
    """Those who stand after the one rung last go before those who stand at it or before it."""
    return Wave((min(asked.free, key=lambda each: (each.order <= asked.last, each.order)),))
