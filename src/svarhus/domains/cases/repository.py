"""Reads and writes what people add to cases."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.cases.model import Act, CaseRef, ChannelName, Marks, Note, NoteVersion, TagSet
from svarhus.domains.cases.priority import Priority
from svarhus.domains.cases.tables import case_acts, case_note_versions, case_notes, case_tags, cases
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId, PersonKey

# ------------------------------------------------------------------ marks


async def find_marks(session: Session, organisation: OrganisationId, case: CaseRef) -> Marks:
    row = cases.c
    query = select(cases).where(row.organisation_id == organisation, row.kind == case.kind, row.case_id == case.id)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return Marks()
    notes = select(func.count()).where(
        case_notes.c.organisation_id == organisation,
        case_notes.c.kind == case.kind,
        case_notes.c.case_id == case.id,
    )
    count = (await session.execute(notes)).scalar_one()
    tags = await find_tags(session, organisation, case)
    return _marks(found, count, tuple(each.tag for each in tags))


async def open_marks(
    session: Session, organisation: OrganisationId, kind: ChannelName, waits: ColumnElement[bool]
) -> dict[str, Marks]:
    """Of the cases of a channel that `waits` is true of, by the cases' keys."""
    row = cases.c
    query = select(cases).where(row.organisation_id == organisation, row.kind == kind, waits)
    found = (await session.execute(query)).all()
    refs = [CaseRef(ChannelName(each.kind), each.case_id) for each in found]
    notes = await note_counts(session, organisation, refs)
    tags = await tags_of(session, organisation, refs)
    return {
        ref.key: _marks(each, notes.get(ref.key, 0), tags.get(ref.key, ()))
        for ref, each in zip(refs, found, strict=True)
    }


def _marks(row: Row[*tuple[object, ...]], notes: int, tags: tuple[str, ...]) -> Marks:
    columns = row._mapping
    taken_at, priority = columns["taken_at"], columns["priority"]
    return Marks(
        revision=columns["revision"],
        taken_by=columns["taken_by"],
        taken_at=instant(taken_at) if taken_at else None,
        priority=Priority(priority) if priority else None,
        notes=notes,
        tags=tags,
    )


async def lock(session: Session, organisation: OrganisationId, case: CaseRef) -> None:
    """Until the unit of work ends, nobody else changes what people add to the case."""
    row = insert(cases).values(organisation_id=organisation, kind=case.kind, case_id=case.id, revision=0)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[cases.c.organisation_id, cases.c.kind, cases.c.case_id],
            set_={"revision": cases.c.revision},
        )
    )


async def changed(session: Session, organisation: OrganisationId, case: CaseRef) -> None:
    """One more revision."""
    made = insert(cases).values(organisation_id=organisation, kind=case.kind, case_id=case.id, revision=1)
    await session.execute(
        made.on_conflict_do_update(
            index_elements=[cases.c.organisation_id, cases.c.kind, cases.c.case_id],
            set_={"revision": cases.c.revision + 1},
        )
    )


async def set_taken(
    session: Session, organisation: OrganisationId, case: CaseRef, by: PersonKey | None, at: Instant | None
) -> None:
    row = cases.c
    await session.execute(
        update(cases)
        .where(row.organisation_id == organisation, row.kind == case.kind, row.case_id == case.id)
        .values(taken_by=by, taken_at=at)
    )


async def set_priority(
    session: Session, organisation: OrganisationId, case: CaseRef, priority: Priority | None
) -> None:
    row = cases.c
    await session.execute(
        update(cases)
        .where(row.organisation_id == organisation, row.kind == case.kind, row.case_id == case.id)
        .values(priority=priority)
    )


async def forget(session: Session, organisation: OrganisationId, case: CaseRef) -> None:
    """Everything that people have added, for good."""
    for table in (case_notes, case_tags, case_acts, cases):
        row = table.c
        await session.execute(
            delete(table).where(row.organisation_id == organisation, row.kind == case.kind, row.case_id == case.id)
        )


# ------------------------------------------------------------------ notes


async def add_note(
    session: Session, organisation: OrganisationId, case: CaseRef, id: str, author: str, at: Instant, text: str
) -> None:
    values = {"id": id, "kind": case.kind, "case_id": case.id, "author": author, "at": at, "text": text}
    await session.execute(insert(case_notes).values(organisation_id=organisation, **values))


async def edit_note(session: Session, organisation: OrganisationId, note: Note, text: str, at: Instant) -> None:
    """The text as it was is kept."""
    await session.execute(
        insert(case_note_versions).values(organisation_id=organisation, note_id=note.id, until=at, text=note.text)
    )
    await session.execute(
        update(case_notes)
        .where(case_notes.c.organisation_id == organisation, case_notes.c.id == note.id)
        .values(text=text, edited_at=at)
    )


async def find_notes(session: Session, organisation: OrganisationId, case: CaseRef) -> tuple[Note, ...]:
    """The earliest first."""
    row, version = case_notes.c, case_note_versions.c
    query = (
        select(case_notes)
        .where(row.organisation_id == organisation, row.kind == case.kind, row.case_id == case.id)
        .order_by(row.at, row.id)
    )
    found = (await session.execute(query)).all()
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
            author=each.author,
            at=instant(each.at),
            text=each.text,
            edited_at=instant(each.edited_at) if each.edited_at else None,
            versions=tuple(versions.get(each.id, ())),
        )
        for each in found
    )


async def note_counts(session: Session, organisation: OrganisationId, refs: Sequence[CaseRef]) -> dict[str, int]:
    """How many notes each case has, by the cases' keys."""
    row = case_notes.c
    query = (
        select(row.kind, row.case_id, func.count().label("notes"))
        .where(row.organisation_id == organisation, row.case_id.in_({ref.id for ref in refs}))
        .group_by(row.kind, row.case_id)
    )
    return {f"{each.kind}:{each.case_id}": each.notes for each in (await session.execute(query)).all()}


async def last_notes(session: Session, organisation: OrganisationId, refs: Sequence[CaseRef]) -> dict[str, str]:
    """The text of each case's latest note, by the cases' keys."""
    row = case_notes.c
    query = (
        select(row.kind, row.case_id, row.text)
        .where(row.organisation_id == organisation, row.case_id.in_({ref.id for ref in refs}))
        .order_by(row.at, row.id)
    )
    return {f"{each.kind}:{each.case_id}": each.text for each in (await session.execute(query)).all()}


# ------------------------------------------------------------------ tags


async def find_tags(session: Session, organisation: OrganisationId, case: CaseRef) -> tuple[TagSet, ...]:
    """In the order in which they were set."""
    row = case_tags.c
    query = (
        select(case_tags)
        .where(row.organisation_id == organisation, row.kind == case.kind, row.case_id == case.id)
        .order_by(row.at, row.tag)
    )
    return tuple(TagSet(each.tag, each.who, instant(each.at)) for each in (await session.execute(query)).all())


async def tags_of(
    session: Session, organisation: OrganisationId, refs: Sequence[CaseRef]
) -> dict[str, tuple[str, ...]]:
    """The tags of each case, by the cases' keys."""
    row = case_tags.c
    query = (
        select(case_tags)
        .where(row.organisation_id == organisation, row.case_id.in_({ref.id for ref in refs}))
        .order_by(row.at, row.tag)
    )
    found: dict[str, tuple[str, ...]] = {}
    for each in (await session.execute(query)).all():
        key = f"{each.kind}:{each.case_id}"
        found[key] = (*found.get(key, ()), each.tag)
    return found


async def add_tag(
    session: Session, organisation: OrganisationId, case: CaseRef, tag: str, who: str, at: Instant
) -> bool:
    """False when the case has it already."""
    values = {"kind": case.kind, "case_id": case.id, "tag": tag, "who": who, "at": at}
    made = insert(case_tags).values(organisation_id=organisation, **values).on_conflict_do_nothing()
    return (await session.execute(made.returning(case_tags.c.tag))).one_or_none() is not None


async def remove_tag(session: Session, organisation: OrganisationId, case: CaseRef, tag: str) -> bool:
    """False when the case has not got it."""
    row = case_tags.c
    gone = await session.execute(
        delete(case_tags)
        .where(row.organisation_id == organisation, row.kind == case.kind, row.case_id == case.id, row.tag == tag)
        .returning(row.tag)
    )
    return gone.one_or_none() is not None


# ------------------------------------------------------------------ who did what


async def add_act(
    session: Session, organisation: OrganisationId, case: CaseRef, at: Instant, who: str, act: str, detail: str = ""
) -> None:
    values = {"kind": case.kind, "case_id": case.id, "at": at, "who": who, "act": act, "detail": detail}
    await session.execute(insert(case_acts).values(organisation_id=organisation, **values))


async def find_acts(session: Session, organisation: OrganisationId, case: CaseRef) -> tuple[Act, ...]:
    """What people did, in order."""
    row = case_acts.c
    query = (
        select(case_acts)
        .where(row.organisation_id == organisation, row.kind == case.kind, row.case_id == case.id)
        .order_by(row.id)
    )
    found = (await session.execute(query)).all()
    return tuple(Act(instant(each.at), each.who, each.act, each.detail) for each in found)
