"""The words of an alert."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.organisation.model import Organisation
from svarhus.domains.outbox.wording import phrase, worded
from svarhus.domains.queues.alerts import AlertEnd, AlertOn, AlertRule
from svarhus.kit.clock import Instant, to_local


class Told(msgspec.Struct, frozen=True):
    at: Instant
    seen: int
    lasted: float
    why: AlertEnd | None
    """None: it was raised."""


def words(own: Organisation, queue: str, rule: AlertRule, told: Told, language: str) -> tuple[str, str]:
    """Subject and text."""
    what = _what(rule, language)
    time = f"{to_local(told.at, ZoneInfo(own.timezone)):%H:%M}"
    if told.why is None:
        lasting = phrase("alert-what", "lasting", language, minutes=str(rule.minutes)) if rule.minutes else ""
        seen = _amount(rule, told.seen)
        said = {"what": what, "time": time, "seen": seen, "lasting": lasting}
        subject, text = worded("alert", language, organisation=own.name, queue=queue, **said)
        return subject, text.strip()
    template = "alert-closed" if told.why is AlertEnd.CLOSED else "alert-over"
    lasted = _duration(int(told.lasted))
    return worded(template, language, organisation=own.name, queue=queue, what=what, time=time, lasted=lasted)


def _what(rule: AlertRule, language: str) -> str:
    nobody = rule.on is AlertOn.MEMBERS and rule.limit == 1
    return phrase("alert-what", "nobody" if nobody else rule.on.value, language, limit=_amount(rule, rule.limit))


def _amount(rule: AlertRule, value: int) -> str:
    return _duration(value) if rule.on is AlertOn.WAIT else str(value)


def _duration(seconds: int) -> str:
    """Units that are written alike in all five languages."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{minutes} min"] if minutes else []
    return " ".join([*parts, f"{rest} s"] if rest or not parts else parts)
