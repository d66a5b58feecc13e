"""The call log: a line for each call that is over."""

import msgspec

from svarhus.domains.calls.facts import CallClosed
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId


def _call_closed(organisation: OrganisationId, fact: CallClosed, at: Instant) -> Write:
    record = fact.record
    return Write(
        """insert into calls (organisation_id, call_id, kind, began_at, answered_at, ended_at, caller,
        caller_name, dialled, queue, person, outcome, wait, talk, record)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)""",
        (
            organisation,
            record.call,
            record.kind.value,
            record.began_at,
            record.answered_at,
            record.ended_at,
            record.caller,
            record.caller_name,
            record.dialled,
            record.queue,
            record.person,
            record.outcome.value,
            record.wait,
            record.talk,
            msgspec.json.encode(record).decode(),
        ),
    )


FOLLOWER: Follower = {CallClosed: _call_closed}
