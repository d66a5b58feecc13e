"""Messages that callers have left."""

from svarhus.domains.calls.facts import VoicemailLeft
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId


def _left(organisation: OrganisationId, fact: VoicemailLeft, at: Instant) -> Write:
    return Write(
        """insert into voicemails (organisation_id, id, call_id, queue, caller, at, seconds, file)
        values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        (organisation, fact.recording, fact.call, fact.queue, fact.caller, at, fact.seconds, fact.file),
    )


FOLLOWER: Follower = {VoicemailLeft: _left}
