"""How right the waits were that were expected: for each caller who was answered, what was expected and what it was."""

from svarhus.domains.calls.facts import CallClosed
from svarhus.domains.calls.model import Part
from svarhus.domains.queues.ways import LeftBy
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId


def _call_closed(organisation: OrganisationId, fact: CallClosed, at: Instant) -> Write | None:
    parts = [(number, part) for number, part in enumerate(fact.record.parts, 1) if _says_something(part)]
    if not parts:
        return None
    columns = zip(
        *((number, part.queue, part.left_at, part.estimated, part.wait) for number, part in parts), strict=True
    )
    return Write(
        """insert into queue_estimates (organisation_id, call_id, part, queue, at, estimated, wait)
        select $1, $2, * from unnest($3::int[], $4::text[], $5::timestamptz[], $6::float8[], $7::float8[])
        on conflict do nothing""",
        (organisation, fact.record.call, *(list(column) for column in columns)),
    )


def _says_something(part: Part) -> bool:
    """Not of those for whom a member was free, nor of those who left: nobody knows how long they would have waited."""
    return part.outcome is LeftBy.ANSWERED and part.estimated is not None and not part.at_once


FOLLOWER: Follower = {CallClosed: _call_closed}
