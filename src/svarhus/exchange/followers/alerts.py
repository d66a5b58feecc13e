"""Those who look after a queue are told that it is not as it should be, and that it is so again; and of new entries in
its list of callbacks."""

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


FOLLOWER: Follower = {AlertRaised: _raised, AlertOver: _over, Booked: _booked}
