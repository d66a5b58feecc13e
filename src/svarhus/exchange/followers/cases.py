"""Cases with their episodes, notes, tags, and who did what with them."""

from svarhus.domains.cases import state as cases
from svarhus.domains.cases.model import case_ref
from svarhus.domains.cases.state import CaseFact, Episode
from svarhus.exchange.followers.follower import Follower, Write
from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId

_BEGAN = """
with opened as (
    insert into cases (organisation_id, id, queue, number, opened_at, closed_at)
    values ($1, $4, $5, $6, $8, $12::timestamptz)
    on conflict (organisation_id, id) do update
    set closed_at = case when $12::timestamptz is null then null else cases.closed_at end
)
insert into case_episodes (organisation_id, channel, id, case_id, queue, number, name, came_at, call_id, language,
    seconds, category, ended_at, revision)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13, $12, 0)
on conflict do nothing
"""

_OF_EPISODE = "organisation_id = $1 and channel = $2 and id = $3"

_ACT = """
act as (
    insert into case_acts (organisation_id, channel, episode_id, case_id, at, who, act, detail)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
)
"""

_CLOSED = """
update cases set closed_at = $5 where organisation_id = $1 and id = $4 and not exists (
    select from case_episodes as other where other.organisation_id = $1 and other.case_id = $4
    and other.ended_at is null and (other.channel, other.id) <> ($2, $3))
"""
"""When nothing else of the case is open."""

_ENDED = f"""
with ended as (
    update case_episodes set ended_at = $5, ended_by = $6, outcome = $7 where {_OF_EPISODE}
) {_CLOSED}
"""

_HANDLED = f"""
with {_ACT}, ended as (
    update case_episodes set ended_at = $5, ended_by = $6, outcome = $7, revision = revision + 1 where {_OF_EPISODE}
) {_CLOSED}
"""

_REOPENED = f"""
with {_ACT}, opened as (update cases set closed_at = null where organisation_id = $1 and id = $4)
update case_episodes set ended_at = null, ended_by = null, outcome = null, revision = revision + 1
where {_OF_EPISODE}
"""

_MOVED = f"update case_episodes set queue = $4 where {_OF_EPISODE}"
_TAKEN = f"""
with {_ACT} update case_episodes set revision = revision + 1, taken_by = $6, taken_at = $5 where {_OF_EPISODE}
"""
_RELEASED = f"""
with {_ACT} update case_episodes set revision = revision + 1, taken_by = null, taken_at = null where {_OF_EPISODE}
"""
_PRIORITISED = f"""
with {_ACT} update case_episodes set revision = revision + 1, priority = nullif($8, '') where {_OF_EPISODE}
"""
_TAGGED = f"""
with {_ACT}, tagged as (
    insert into case_tags (organisation_id, channel, episode_id, tag, who, at) values ($1, $2, $3, $8, $6, $5)
    on conflict do nothing
)
update case_episodes set revision = revision + 1 where {_OF_EPISODE}
"""
_UNTAGGED = f"""
with {_ACT}, untagged as (
    delete from case_tags where organisation_id = $1 and channel = $2 and episode_id = $3 and tag = $8
)
update case_episodes set revision = revision + 1 where {_OF_EPISODE}
"""
_NOTED = f"""
with {_ACT}, noted as (
    insert into case_notes (organisation_id, id, channel, episode_id, case_id, author, at, text)
    values ($1, $9, $2, $3, $4, $6, $5, $10)
)
update case_episodes set revision = revision + 1 where organisation_id = $1 and case_id = $4
"""
_EDITED = f"""
with {_ACT}, before as (
    insert into case_note_versions (organisation_id, note_id, until, text)
    select organisation_id, id, $5, text from case_notes where organisation_id = $1 and id = $9
    on conflict do nothing
),
edited as (
    update case_notes set text = $10, edited_at = $5 where organisation_id = $1 and id = $9
)
update case_episodes set revision = revision + 1 where organisation_id = $1 and case_id = $4
"""
_DELETED = f"""
with notes as (
    delete from case_notes where organisation_id = $1 and channel = $2 and episode_id = $3 returning id
),
forgotten as (
    update journal set body = jsonb_set(body, '{{text}}', '""')
    where organisation_id = $1 and body->>'note' in (select id from notes)
),
tags as (delete from case_tags where organisation_id = $1 and channel = $2 and episode_id = $3),
acts as (delete from case_acts where organisation_id = $1 and channel = $2 and episode_id = $3),
closed as (
    delete from cases where organisation_id = $1 and id = $4 and not exists (
        select from case_episodes as other where other.organisation_id = $1 and other.case_id = $4
        and (other.channel, other.id) <> ($2, $3))
)
delete from case_episodes where {_OF_EPISODE}
"""
"""Also what the journal says of its notes: deletion is real."""


def _began(organisation: OrganisationId, fact: cases.EpisodeBegan, at: Instant) -> Write:
    return Write(_BEGAN, (organisation, *_row(fact.as_it_is), at if fact.over else None, fact.as_it_is.category))


def _row(episode: Episode) -> tuple[object, ...]:
    return (
        episode.ref.kind,
        episode.ref.id,
        episode.case,
        episode.queue,
        episode.number,
        episode.name,
        episode.came_at,
        episode.call,
        episode.language,
        episode.seconds,
    )


def _ended(organisation: OrganisationId, fact: cases.EpisodeEnded, at: Instant) -> Write:
    return Write(_ENDED, (organisation, *_named(fact), at, fact.by, fact.outcome))


def _handled(organisation: OrganisationId, fact: cases.EpisodeHandled, at: Instant) -> Write:
    return _act(_HANDLED, organisation, fact, at, fact.by, "handled")


def _reopened(organisation: OrganisationId, fact: cases.EpisodeReopened, at: Instant) -> Write:
    episode = fact.as_it_is
    named = (organisation, episode.ref.kind, episode.ref.id, fact.case)
    return Write(_REOPENED, (*named, at, fact.by, "reopened", ""))


def _moved(organisation: OrganisationId, fact: cases.EpisodeMoved, at: Instant) -> Write:
    ref = case_ref(fact.episode)
    return Write(_MOVED, (organisation, ref.kind, ref.id, fact.queue))


def _deleted(organisation: OrganisationId, fact: cases.EpisodeDeleted, at: Instant) -> Write:
    return Write(_DELETED, (organisation, *_named(fact)))


def _taken(organisation: OrganisationId, fact: cases.CaseTakenBy, at: Instant) -> Write:
    act = "taken_over" if fact.instead_of else "taken"
    return _act(_TAKEN, organisation, fact, at, fact.by, act, fact.instead_of or "")


def _released(organisation: OrganisationId, fact: cases.CaseReleased, at: Instant) -> Write:
    return _act(_RELEASED, organisation, fact, at, fact.by, "released")


def _prioritised(organisation: OrganisationId, fact: cases.CasePrioritised, at: Instant) -> Write:
    return _act(_PRIORITISED, organisation, fact, at, fact.by, "prioritised", fact.priority or "")


def _tagged(organisation: OrganisationId, fact: cases.CaseTagged, at: Instant) -> Write:
    return _act(_TAGGED, organisation, fact, at, fact.by, "tagged", fact.tag)


def _untagged(organisation: OrganisationId, fact: cases.CaseUntagged, at: Instant) -> Write:
    return _act(_UNTAGGED, organisation, fact, at, fact.by, "untagged", fact.tag)


def _noted(organisation: OrganisationId, fact: cases.CaseNoted, at: Instant) -> Write:
    return _act(_NOTED, organisation, fact, at, fact.by, "noted", "", fact.note, fact.text)


def _edited(organisation: OrganisationId, fact: cases.NoteEdited, at: Instant) -> Write:
    return _act(_EDITED, organisation, fact, at, fact.by, "note_edited", "", fact.note, fact.text)


def _act(
    sql: str,
    organisation: OrganisationId,
    fact: CaseFact,
    at: Instant,
    by: str,
    act: str,
    detail: str = "",
    *more: object,
) -> Write:
    """With its line in the history."""
    return Write(sql, (organisation, *_named(fact), at, by, act, detail, *more))


def _named(fact: CaseFact) -> tuple[str, str, str]:
    ref = case_ref(fact.episode)
    return ref.kind, ref.id, fact.case


FOLLOWER: Follower = {
    cases.EpisodeBegan: _began,
    cases.EpisodeEnded: _ended,
    cases.EpisodeHandled: _handled,
    cases.EpisodeReopened: _reopened,
    cases.EpisodeMoved: _moved,
    cases.EpisodeDeleted: _deleted,
    cases.CaseTakenBy: _taken,
    cases.CaseReleased: _released,
    cases.CasePrioritised: _prioritised,
    cases.CaseTagged: _tagged,
    cases.CaseUntagged: _untagged,
    cases.CaseNoted: _noted,
    cases.NoteEdited: _edited,
}
