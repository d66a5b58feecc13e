"""Alerts are kept, and those who look after the queue are told that it is not as it should be, and that it is so again;
and of new entries in its list of callbacks."""

from svarhus.domains.alerts.entries import TELL_ENTRY, TellEntry
from svarhus.domains.alerts.jobs import TELL_ALERT, TellAlert
from svarhus.domains.callbacks.state import Booked, BookingKind
from svarhus.domains.queues.alerts import AlertEnd, AlertOver, AlertRaised
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId
from svarhus.kit.jobs.telling import TELL, values


def _raised(organisation: OrganisationId, fact: AlertRaised, at: Instant) -> Write:
    return _told(TellAlert(organisation, fact.alert, fact.queue, fact.rule, at, fact.seen))


def _over(organisation: OrganisationId, fact: AlertOver, at: Instant) -> Write | None:
    if fact.why is AlertEnd.RULE_GONE:
        return None  # Whoever has taken it away knows, and who would be told stood in it.
    alert = TellAlert(organisation, fact.alert, fact.queue, fact.rule, at, lasted=fact.lasted, why=fact.why)
    return _told(alert)


def _booked(organisation: OrganisationId, fact: Booked, at: Instant) -> Write | None:
    if not fact.told:
        return None
    timed = fact.kind is BookingKind.TIMED
    entry = TellEntry(organisation, fact.booking, fact.queue, fact.at, timed)
    return Write(TELL, values(TELL_ENTRY.job(entry)))


def _told(alert: TellAlert) -> Write:
    return Write(TELL, values(TELL_ALERT.job(alert)))


def _kept(organisation: OrganisationId, fact: AlertRaised, at: Instant) -> Write:
    return Write(
        """insert into queue_alerts (organisation_id, id, queue, watches, threshold, minutes, seen, raised_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        (organisation, fact.alert, fact.queue, fact.on.value, fact.limit, fact.minutes, fact.seen, at),
    )


def _ended(organisation: OrganisationId, fact: AlertOver, at: Instant) -> Write:
    return Write(
        "update queue_alerts set over_at = $3, why = $4 where organisation_id = $1 and id = $2",
        (organisation, fact.alert, at, fact.why.value),
    )


KEPT: Follower = {AlertRaised: _kept, AlertOver: _ended}
FOLLOWER: Follower = {AlertRaised: _raised, AlertOver: _over, Booked: _booked}
