"""Queues that are not as they should be: each rule is looked at when something changes in its queue, and when time
alone can have met it."""

from datetime import timedelta

from svarhus.domains.hours.category import category_at, next_change
from svarhus.domains.hours.model import CLOSED
from svarhus.domains.presence.state import LoggedIn, LoggedOut
from svarhus.domains.queues import alerts
from svarhus.domains.queues.alerts import AlertEnd, AlertOn, AlertOver, AlertRaised, AlertRule, Standing
from svarhus.domains.queues.state import QueueEntered, QueueLeft
from svarhus.exchange.core.facts import AlertTimer, ConfigurationTaken, QueueLookTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant, after, seconds_between
from svarhus.kit.ids import AlertId, QueueKey, TimerId

_A_MOMENT = timedelta(milliseconds=1)
"""A wait is longer than its limit only after that moment."""


def follow(turn: Turn) -> None:
    """Look at the queues in which this turn has changed something."""
    if not turn.state.stored.revision or not (turn.rules.watched or turn.state.alerts):
        return
    touched = dict.fromkeys(queue for _, fact in turn.facts for queue in _touched(turn, fact))
    for queue in touched:
        look(turn, queue)


def _touched(turn: Turn, fact: object) -> tuple[QueueKey, ...]:
    match fact:
        case QueueEntered(queue=queue) | QueueLeft(queue=queue):
            return (queue,)
        case LoggedIn(queues=queues) | LoggedOut(queues=queues):
            return queues
        case ConfigurationTaken():
            raised = (alert.queue for alert in turn.state.alerts.values())
            return tuple(dict.fromkeys((*turn.rules.watched, *raised)))
        case _:
            return ()


def look(turn: Turn, queue: QueueKey) -> None:
    """Raise what is met for long enough, end what is not met any more, and look again when time changes something."""
    rules = turn.rules.watched.get(queue, ())
    for key in [key for key, alert in turn.state.alerts.items() if alert.queue == queue]:
        if all(_key(queue, rule) != key for rule in rules):
            _end(turn, key, AlertEnd.RULE_GONE)
    standing = standing_of(turn, queue)
    for rule in rules:
        _look_at(turn, queue, rule, standing)
    _look_later(turn, queue, rules, standing)


def lasted(turn: Turn, queue: QueueKey, rule_id: str) -> None:
    """It was met for as long as the rule asks, unless it was not all the time: then the timer would be gone."""
    rule = next((each for each in turn.rules.watched.get(queue, ()) if each.id == rule_id), None)
    if rule is None or _key(queue, rule) in turn.state.alerts:
        return
    standing = standing_of(turn, queue)
    if alerts.is_met(rule, standing, turn.now) and _is_open(turn, rule):
        _raise(turn, queue, rule, standing)


def standing_of(turn: Turn, queue: QueueKey) -> Standing:
    places = (turn.state.places[place] for place in turn.state.matching.line(queue))
    line = [place for place in places if not place.to_call_back]
    oldest = min((place.entered_at for place in line), default=None)
    return Standing(len(line), oldest, turn.state.logged_in(queue))


def _look_at(turn: Turn, queue: QueueKey, rule: AlertRule, standing: Standing) -> None:
    key, is_open = _key(queue, rule), _is_open(turn, rule)
    met = alerts.is_met(rule, standing, turn.now)
    if key in turn.state.alerts:
        if not (met and is_open):
            _end(turn, key, AlertEnd.CLOSED if met else AlertEnd.MENDED)
    elif not (met and is_open):
        turn.clear_timer(_timer(key))
    elif not rule.minutes:
        _raise(turn, queue, rule, standing)
    elif TimerId(_timer(key)) not in turn.state.timers:
        turn.set_timer(_timer(key), rule.minutes * 60, AlertTimer(queue, rule.id))


def _raise(turn: Turn, queue: QueueKey, rule: AlertRule, standing: Standing) -> None:
    turn.record(
        AlertRaised(
            alert=AlertId(f"{turn.state.organisation}-alert-{turn.state.stored.alerts_raised + 1}"),
            queue=queue,
            rule=rule.id,
            on=rule.on,
            limit=rule.limit,
            minutes=rule.minutes,
            seen=alerts.seen(rule, standing, turn.now),
        )
    )


def _end(turn: Turn, key: str, why: AlertEnd) -> None:
    alert = turn.state.alerts[key]
    lasted = max(0.0, seconds_between(alert.since, turn.now))
    turn.record(AlertOver(alert=alert.id, queue=alert.queue, rule=alert.rule, why=why, lasted=lasted))


def _look_later(turn: Turn, queue: QueueKey, rules: tuple[AlertRule, ...], standing: Standing) -> None:
    """A look that is due earlier stays: it costs less than to put it off with every caller."""
    wanted = min((each for rule in rules for each in _moments(turn, rule, standing)), default=None)
    if wanted is None:
        return
    timer = turn.state.timers.get(TimerId(f"look:{queue}"))
    if timer is None or timer.due > wanted:
        turn.set_timer(f"look:{queue}", seconds_between(turn.now, wanted), QueueLookTimer(queue))


def _moments(turn: Turn, rule: AlertRule, standing: Standing) -> list[Instant]:
    """When time alone changes what becomes of the rule."""
    found: list[Instant] = []
    met = alerts.is_met(rule, standing, turn.now)
    if rule.on is AlertOn.WAIT and standing.oldest and not met:
        found.append(Instant(after(standing.oldest, timedelta(seconds=rule.limit)) + _A_MOMENT))
    hours = turn.rules.hours.get(rule.hours) if rule.hours else None
    change = next_change(hours, turn.now, turn.rules.zone) if hours and met else None
    return [*found, change] if change else found


def _is_open(turn: Turn, rule: AlertRule) -> bool:
    hours = turn.rules.hours.get(rule.hours) if rule.hours else None
    return hours is None or category_at(hours, turn.now, turn.rules.zone) != CLOSED


def _key(queue: QueueKey, rule: AlertRule) -> str:
    return f"{queue}:{rule.id}"


def _timer(key: str) -> str:
    return f"alert:{key}"
