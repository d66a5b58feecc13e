"""A queue whose pace a work schedule sets: in each period no more calls reach members than it has places.

Kept places and bookings are counted with them: who answers has promised those already, and what is to be carried out
of them passes. Outside of all periods, and for
who comes back because nobody took the call over, the schedule says nothing.
"""

from svarhus.domains.queues.model import Queue
from svarhus.domains.queues.place import Place
from svarhus.domains.queues.state import CallLetThrough
from svarhus.domains.queues.ways import CameBy
from svarhus.domains.schedules.meeting import periods_at
from svarhus.domains.schedules.model import Calling
from svarhus.domains.schedules.pace import PacePeriod, pace_at
from svarhus.domains.schedules.reserving import Asked, is_for
from svarhus.exchange.core.facts import PaceTimer
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import seconds_between
from svarhus.kit.ids import CallId, QueueKey, TimerId


def lets_through(turn: Turn, place: Place) -> bool:
    """Whether members may be asked for the place now. Who was let through once stays so."""
    if place.to_call_back:
        return True
    rules = _rules(turn, place)
    queue = rules.queues[place.queue]
    came = turn.state.calls[place.call].parts[-1].came
    if queue.pace is None or place.let_through or came is CameBy.RETURNED:
        return True
    period = _period(turn, rules, queue)
    if period is None:
        return True
    if _passed(turn, rules, queue, period) >= period.places:
        _look_again_then(turn, place.queue, period)
        return False
    turn.record(CallLetThrough(call=place.call, queue=place.queue, period=period.start))
    return True


def goes_first(turn: Turn, call: CallId, queue: Queue) -> bool:
    """Whether a period that lasts gives precedence to callers such as this one."""
    rules, caller = turn.rules_of(call), turn.state.calls[call]
    schedule = rules.schedules.get(queue.pace) if queue.pace else None
    if schedule is None or not any(period.precedence for period in schedule.periods):
        return False
    asked = Asked(caller.category, caller.language)
    lasting = periods_at(schedule, turn.now, rules.zone, rules.closing(schedule.key))
    coming = (period for period in lasting if period.precedence and period.calling is not Calling.OUT)
    return any(is_for(period, asked, rules.categories) for period in coming)


def has_room(turn: Turn, queue: QueueKey) -> bool:
    """Whether a caller who came now would be let through at once."""
    settings = turn.rules.queues.get(queue)
    if settings is None or settings.pace is None:
        return True
    period = _period(turn, turn.rules, settings)
    return period is None or _passed(turn, turn.rules, settings, period) < period.places


def _period(turn: Turn, rules: Rules, queue: Queue) -> PacePeriod | None:
    assert queue.pace is not None
    return pace_at(rules.schedules[queue.pace], turn.now, rules.zone, rules.closing(queue.pace))


def _passed(turn: Turn, rules: Rules, queue: Queue, period: PacePeriod) -> int:
    """Calls that were let through in the period, and places of it that are taken."""
    assert queue.pace is not None
    through = turn.state.stored.let_through.get(QueueKey(queue.key))
    calls = through.calls if through and through.period == period.start else 0
    return calls + turn.state.taken_between(queue.pace, period.start, period.end, turn.now)


def _look_again_then(turn: Turn, queue: QueueKey, period: PacePeriod) -> None:
    timer = f"pace:{queue}"
    if TimerId(timer) not in turn.state.timers:
        turn.set_timer(timer, seconds_between(turn.now, period.end), PaceTimer(queue))


def _rules(turn: Turn, place: Place) -> Rules:
    return turn.rules if place.queue in turn.rules.queues else turn.rules_of(place.call)
