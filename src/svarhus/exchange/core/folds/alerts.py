"""Alerts that are not over."""

from zoneinfo import ZoneInfo

from svarhus.domains.queues import alerts
from svarhus.domains.queues.alerts import Alert
from svarhus.exchange.core.folds.state import Folds
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant


def _raised(state: State, fact: alerts.AlertRaised, at: Instant, zone: ZoneInfo) -> None:
    key = f"{fact.queue}:{fact.rule}"
    state.alerts[key] = Alert(fact.alert, fact.queue, fact.rule, fact.on, fact.limit, at)
    state.stored.alerts_raised += 1
    state.touch("queues", fact.queue)


def _over(state: State, fact: alerts.AlertOver, at: Instant, zone: ZoneInfo) -> None:
    state.alerts.pop(f"{fact.queue}:{fact.rule}", None)
    state.touch("queues", fact.queue)


FOLDS: Folds = {alerts.AlertRaised: _raised, alerts.AlertOver: _over}
