"""Which conversations were recorded; as soon as one is over, its sound is sealed."""

from svarhus.domains.calls.facts import RecordingBegan, RecordingEnded
from svarhus.domains.calls.recording import OfCall
from svarhus.domains.recordings.jobs import SEAL_RECORDING, SETTLED, SealRecording
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId
from svarhus.kit.jobs.telling import TELL, values


def _began(organisation: OrganisationId, fact: RecordingBegan, at: Instant) -> Write | None:
    if not isinstance(fact.whose, OfCall):
        return None
    return Write(
        """insert into call_recordings
        (organisation_id, id, call_id, leg_id, party, person, queue, asked_by, began_at, keep_days)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        (
            organisation,
            fact.recording,
            fact.call,
            fact.leg,
            fact.party,
            fact.person,
            fact.of_queue,
            fact.asked_by,
            at,
            fact.keep_days,
        ),
    )


def _ended(organisation: OrganisationId, fact: RecordingEnded, at: Instant) -> Write | None:
    if fact.why is None:
        return None
    return Write(
        "update call_recordings set ended_at = $3, seconds = $4, why = $5 where organisation_id = $1 and id = $2",
        (organisation, fact.recording, at, fact.seconds, fact.why.value),
    )


def _sealing(organisation: OrganisationId, fact: RecordingEnded, at: Instant) -> Write | None:
    if fact.why is None:
        return None
    # Also of one in which nothing was heard: the engine has left its empty files.
    job = SEAL_RECORDING.job(SealRecording(organisation, fact.recording), after=SETTLED, key=fact.recording)
    return Write(TELL, values(job))


FOLLOWER: Follower = {RecordingBegan: _began, RecordingEnded: _ended}
JOBS: Follower = {RecordingEnded: _sealing}
