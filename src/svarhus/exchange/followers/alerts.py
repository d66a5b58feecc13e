"""Those who look after a queue are told that it is not as it should be, and that it is so again."""

from svarhus.domains.alerts.jobs import TELL_ALERT, TellAlert
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


def _told(alert: TellAlert) -> Write:
    return Write(TELL, values(TELL_ALERT.job(alert)))


FOLLOWER: Follower = {AlertRaised: _raised, AlertOver: _over}
