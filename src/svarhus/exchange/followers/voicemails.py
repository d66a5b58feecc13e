"""Messages that callers have left, until they are deleted."""

from svarhus.domains.calls.facts import VoicemailLeft
from svarhus.domains.cases.model import CaseRef, case_ref
from svarhus.domains.cases.state import EpisodeDeleted, EpisodeHandled, EpisodeReopened
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId


def _left(organisation: OrganisationId, fact: VoicemailLeft, at: Instant) -> Write:
    return Write(
        """insert into voicemails (organisation_id, id, call_id, queue, caller, at, seconds, file)
        values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        (organisation, fact.recording, fact.call, fact.queue, fact.caller, at, fact.seconds, fact.file),
    )


def _handled(organisation: OrganisationId, fact: EpisodeHandled, at: Instant) -> Write | None:
    sql = "update voicemails set handled_at = $3, handled_by = $4 where organisation_id = $1 and id = $2"
    return _of_message(sql, organisation, case_ref(fact.episode), at, fact.by)


def _reopened(organisation: OrganisationId, fact: EpisodeReopened, at: Instant) -> Write | None:
    sql = "update voicemails set handled_at = null, handled_by = null where organisation_id = $1 and id = $2"
    return _of_message(sql, organisation, fact.as_it_is.ref)


def _deleted(organisation: OrganisationId, fact: EpisodeDeleted, at: Instant) -> Write | None:
    sql = "delete from voicemails where organisation_id = $1 and id = $2"
    return _of_message(sql, organisation, case_ref(fact.episode))


def _of_message(sql: str, organisation: OrganisationId, ref: CaseRef, *more: object) -> Write | None:
    return Write(sql, (organisation, ref.id, *more)) if ref.kind == "voicemail" else None


FOLLOWER: Follower = {
    VoicemailLeft: _left,
    EpisodeHandled: _handled,
    EpisodeReopened: _reopened,
    EpisodeDeleted: _deleted,
}
