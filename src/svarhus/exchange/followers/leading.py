"""Who has listened to a conversation of others, or talked in it, stands in the audit log: from when it was so."""

import json

from svarhus.domains.calls.facts import Supervised
from svarhus.domains.calls.supervision import Supervision
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId

_ACTIONS = {
    Supervision.LISTENS: "call-listened-to",
    Supervision.WHISPERS: "call-whispered-in",
    Supervision.JOINS: "call-joined",
    Supervision.TAKES_OVER: "call-taken-over",
}


def _supervised(organisation: OrganisationId, fact: Supervised, at: Instant) -> Write | None:
    if fact.person is None:
        return None
    return Write(
        "insert into audit (organisation_id, at, who, action, subject, after) values ($1, $2, $3, $4, $5, $6)",
        (organisation, at, fact.person, _ACTIONS[fact.how], fact.call, json.dumps({"member": fact.member})),
    )


FOLLOWER: Follower = {Supervised: _supervised}
