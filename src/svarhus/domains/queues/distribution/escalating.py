"""Escalating ring all: first those of priority 0 ring, after a ring time those of 1 as well, then those of 2, and on.

Nobody stops ringing before the last step is over, in which all who are free ring. A number of which nobody is free is
no step.
"""

from svarhus.domains.queues.distribution.strategy import Question, Wave, by_list


def choose(asked: Question) -> Wave:
    numbers = sorted({each.priority for each in (*asked.free, *asked.ringing)})
    step = min(asked.place.step, len(numbers) - 1)
    able = [each for each in asked.free if each.priority <= numbers[step]]
    return Wave(sorted(able, key=by_list)[: asked.room], ring_times=len(numbers) - step)
