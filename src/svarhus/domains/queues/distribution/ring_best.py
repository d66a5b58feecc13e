"""Ring all of the best priority: all free members of the lowest number that somebody free has are rung at once.

When none of them answers, those of the next number are rung.
"""

from svarhus.domains.queues.distribution.strategy import Question, Wave, by_list


def choose(asked: Question) -> Wave:
    """Who is free while phones ring joins them if the own number is as good as theirs."""
    rung = max((each.priority for each in asked.ringing), default=None)
    best = min(each.priority for each in asked.free) if rung is None else rung
    able = [each for each in asked.free if each.priority <= best]
    return Wave(sorted(able, key=by_list)[: asked.room])
