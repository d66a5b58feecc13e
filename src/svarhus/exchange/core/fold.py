"""Folds facts into the state, each as its domain says."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.exchange.core.facts import ConfigurationTaken, Fact, TimerCleared, TimerSet
from svarhus.exchange.core.folds import alerts, callbacks, calls, cases, presence, queues, recordings, talks, trying
from svarhus.exchange.core.folds.state import Folds
from svarhus.exchange.core.state import State, Timer
from svarhus.kit.clock import Instant

replace = msgspec.structs.replace


def fold(state: State, fact: Fact, at: Instant, zone: ZoneInfo) -> None:
    """The state after the fact."""
    _FOLDS[type(fact)](state, fact, at, zone)
    state.stored.seq += 1


def _timer_set(state: State, fact: TimerSet, at: Instant, zone: ZoneInfo) -> None:
    state.set_timer(fact.timer, Timer(fact.due, fact.purpose, fact.call))
    if fact.call and fact.call in state.calls:
        call = state.calls[fact.call]
        state.calls[fact.call] = replace(call, timers=call.timers | {fact.timer})


def _timer_cleared(state: State, fact: TimerCleared, at: Instant, zone: ZoneInfo) -> None:
    timer = state.timers.pop(fact.timer, None)
    if timer and timer.call and timer.call in state.calls:
        call = state.calls[timer.call]
        state.calls[timer.call] = replace(call, timers=call.timers - {fact.timer})


def _configuration_taken(state: State, fact: ConfigurationTaken, at: Instant, zone: ZoneInfo) -> None:
    state.stored.revision = fact.revision
    state.touch("configuration", str(fact.revision))


_FOLDS: Folds = {
    **calls.FOLDS,
    **recordings.FOLDS,
    **talks.FOLDS,
    **trying.FOLDS,
    **queues.FOLDS,
    **alerts.FOLDS,
    **presence.FOLDS,
    **callbacks.FOLDS,
    **cases.FOLDS,
    TimerSet: _timer_set,
    TimerCleared: _timer_cleared,
    ConfigurationTaken: _configuration_taken,
}
