"""Reads cases and what people have added to them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Row, func, literal, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.cases.model import Act, CaseRef, ChannelName, EpisodeLine, Marks, Note, NoteVersion, TagSet
from svarhus.domains.cases.priority import Priority
from svarhus.domains.cases.state import Episode
from svarhus.domains.cases.tables import case_acts, case_episodes, case_note_versions, case_notes, case_tags
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import CaseId, OrganisationId

NOTE_ACTS = ("noted", "note_edited")
"""Acts that show in the history of every episode of the case, as the notes do."""


async def find_episode(session: Session, organisation: OrganisationId, case: CaseRef) -> Episode | None:
    """With what people have added; None when nothing is kept of it."""
    row = case_episodes.c
    query = select(case_episodes).where(
        row.organisation_id == organisation, row.channel == case.kind, row.id == case.id
    )
    found = (await session.execute(query)).one_or_none()
    return (await _episodes(session, organisation, [found]))[0] if found else None


async def open_episodes(session: Session, organisation: OrganisationId) -> tuple[Episode, ...]:
    """All that wait for somebody or are in progress, the earliest first."""
    row = case_episodes.c
    query = select(case_episodes).where(row.organisation_id == organisation, row.ended_at.is_(None))
    return await _episodes(session, organisation, (await session.execute(query.order_by(row.came_at, row.id))).all())


async def _episodes(
    session: Session, organisation: OrganisationId, rows: Sequence[Row[*tuple[object, ...]]]
) -> tuple[Episode, ...]:
    refs = [CaseRef(ChannelName(row._mapping["channel"]), row._mapping["id"]) for row in rows]
    notes = await note_counts(session, organisation, refs)
    tags = await tags_of(session, organisation, refs)
    return tuple(
        _episode(row, notes.get(ref.key, 0), tags.get(ref.key, ())) for ref, row in zip(refs, rows, strict=True)
    )


def _episode(row: Row[*tuple[object, ...]], notes: int, tags: tuple[str, ...]) -> Episode:
    columns = row._mapping
    taken_at, priority = columns["taken_at"], columns["priority"]
    return Episode(
        ref=CaseRef(ChannelName(columns["channel"]), columns["id"]),
        case=CaseId(columns["case_id"]),
        came_at=instant(columns["came_at"]),
        queue=columns["queue"],
        number=columns["number"],
        name=columns["name"],
        call=columns["call_id"],
        language=columns["language"],
        seconds=columns["seconds"],
        category=columns["category"],
        marks=Marks(
            revision=columns["revision"],
            taken_by=columns["taken_by"],
            taken_at=instant(taken_at) if taken_at else None,
            priority=Priority(priority) if priority else None,
            notes=notes,
            tags=tags,
        ),
    )


async def find_episodes(session: Session, organisation: OrganisationId, case: CaseId) -> tuple[EpisodeLine, ...]:
    """All of a case, the earliest first."""
    row = case_episodes.c
    query = select(case_episodes).where(row.organisation_id == organisation, row.case_id == case)
    found = (await session.execute(query.order_by(row.came_at, row.channel, row.id))).all()
    return tuple(
        EpisodeLine(ChannelName(each.channel), each.id, instant(each.came_at), each.ended_at is None) for each in found
    )


def _named(refs: Sequence[CaseRef]) -> list[tuple[str, str]]:
    return [(ref.kind, ref.id) for ref in refs]


# ------------------------------------------------------------------ notes


async def find_notes(session: Session, organisation: OrganisationId, case: CaseId) -> tuple[Note, ...]:
    """The earliest first."""
    row, version = case_notes.c, case_note_versions.c
    query = select(case_notes).where(row.organisation_id == organisation, row.case_id == case)
    found = (await session.execute(query.order_by(row.at, row.id))).all()
    before = (
        select(case_note_versions)
        .where(version.organisation_id == organisation, version.note_id.in_([each.id for each in found]))
        .order_by(version.until)
    )
    versions: dict[str, list[NoteVersion]] = {}
    for each in (await session.execute(before)).all():
        versions.setdefault(each.note_id, []).append(NoteVersion(instant(each.until), each.text))
    return tuple(
        Note(
            id=each.id,
            kind=ChannelName(each.channel),
            author=each.author,
            at=instant(each.at),
            text=each.text,
            edited_at=instant(each.edited_at) if each.edited_at else None,
            versions=tuple(versions.get(each.id, ())),
        )
        for each in found
    )


async def note_counts(session: Session, organisation: OrganisationId, refs: Sequence[CaseRef]) -> dict[str, int]:
    """How many notes the case of each episode has, by the episodes' keys."""
    episode, note = case_episodes.c, case_notes.c
    query = (
        select(episode.channel, episode.id, func.count().label("notes"))
        .join(case_notes, (note.organisation_id == episode.organisation_id) & (note.case_id == episode.case_id))
        .where(episode.organisation_id == organisation, tuple_(episode.channel, episode.id).in_(_named(refs)))
        .group_by(episode.channel, episode.id)
    )
    return {f"{each.channel}:{each.id}": each.notes for each in (await session.execute(query)).all()}


async def last_notes(session: Session, organisation: OrganisationId, refs: Sequence[CaseRef]) -> dict[str, str]:
    """The text of the latest note of each episode's case, by the episodes' keys."""
    episode, note = case_episodes.c, case_notes.c
    query = (
        select(episode.channel, episode.id, note.text)
        .join(case_notes, (note.organisation_id == episode.organisation_id) & (note.case_id == episode.case_id))
        .where(episode.organisation_id == organisation, tuple_(episode.channel, episode.id).in_(_named(refs)))
        .order_by(note.at, note.id)
    )
    return {f"{each.channel}:{each.id}": each.text for each in (await session.execute(query)).all()}


# ------------------------------------------------------------------ tags


async def find_tags(session: Session, organisation: OrganisationId, case: CaseRef) -> tuple[TagSet, ...]:
    """In the order in which they were set."""
    row = case_tags.c
    query = (
        select(case_tags)
        .where(row.organisation_id == organisation, row.channel == case.kind, row.episode_id == case.id)
        .order_by(row.at, row.tag)
    )
    return tuple(TagSet(each.tag, each.who, instant(each.at)) for each in (await session.execute(query)).all())


async def tags_of(
    session: Session, organisation: OrganisationId, refs: Sequence[CaseRef]
) -> dict[str, tuple[str, ...]]:
    """The tags of each episode, by the episodes' keys."""
    row = case_tags.c
    query = (
        select(case_tags)
        .where(row.organisation_id == organisation, tuple_(row.channel, row.episode_id).in_(_named(refs)))
        .order_by(row.at, row.tag)
    )
    found: dict[str, tuple[str, ...]] = {}
    for each in (await session.execute(query)).all():
        key = f"{each.channel}:{each.episode_id}"
        found[key] = (*found.get(key, ()), each.tag)
    return found


# ------------------------------------------------------------------ who did what


async def add_listened(session: Session, organisation: OrganisationId, case: CaseRef, at: Instant, who: str) -> None:
    """A line of the history by which nothing changes."""
    row = case_episodes.c
    columns = ["organisation_id", "channel", "episode_id", "case_id", "at", "who", "act", "detail"]
    words = (literal(at), literal(who), literal("listened"), literal(""))
    of_episode = select(row.organisation_id, row.channel, row.id, row.case_id, *words).where(
        row.organisation_id == organisation, row.channel == case.kind, row.id == case.id
    )
    await session.execute(insert(case_acts).from_select(columns, of_episode))


async def find_acts(
    session: Session, organisation: OrganisationId, case: CaseRef, of: CaseId, channels: Collection[str]
) -> tuple[Act, ...]:
    """What people did with it, in order; what they wrote, with any episode of the case (`of`) in these channels."""
    row = case_acts.c
    own = (row.channel == case.kind) & (row.episode_id == case.id)
    written = (row.case_id == of) & row.act.in_(NOTE_ACTS) & row.channel.in_(channels)
    query = select(case_acts).where(row.organisation_id == organisation, or_(own, written)).order_by(row.id)
    found = (await session.execute(query)).all()
    return tuple(Act(instant(each.at), each.who, each.act, each.detail) for each in found)
