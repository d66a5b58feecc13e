"""Priority list: the member of the lowest number is rung; inside one number, the first of the list."""

from svarhus.domains.queues.distribution.strategy import Question, Wave, by_list


def choose(asked: Question) -> Wave:
    return Wave((min(asked.free, key=by_list),))
