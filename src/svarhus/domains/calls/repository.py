"""Reads the call log and the journal."""

from datetime import date, timedelta

import msgspec
from sqlalchemy import ColumnElement, Row, Select, Text, and_, cast, false, func, or_, select, text
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from svarhus.domains.calls.model import CallKind, CallRecord, LegRecord, LegRole, Outcome
from svarhus.domains.calls.reasons import LegCause
from svarhus.domains.calls.spoken import Spoken, spoken
from svarhus.domains.calls.tables import calls, journal
from svarhus.domains.calls.talk import Step
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Columns, Page, Session, after_cursor, page
from svarhus.kit.ids import CallId, CategoryKey, OrganisationId, PersonKey, QueueKey


class CallFilter(msgspec.Struct, frozen=True):
    """Which calls are wanted; what is None does not matter."""

    began_from: Instant | None = None
    began_before: Instant | None = None
    number: str | None = None
    """The caller's or the dialled one, E.164 or an extension."""
    queue: QueueKey | None = None
    """One in which the caller stood."""
    person: PersonKey | None = None
    """Who spoke with the caller last."""
    took_part: PersonKey | None = None
    """Whose phone called, rang or spoke."""
    outcome: Outcome | None = None
    kind: CallKind | None = None
    unanswered: bool = False
    """Only those in which nobody spoke with the other side: of `took_part`, those that they missed."""
    text: "TextFilter | None" = None


class TextFilter(msgspec.Struct, frozen=True):
    """What somebody has typed, and what it may stand for: any of it is enough."""

    text: str
    digits: str = ""
    """Of a number, when it looks like one; without the zero or the country's code in front."""
    numbers: tuple[str, ...] = ()
    """Of contacts with such a name."""
    people: tuple[str, ...] = ()
    """Colleagues with such a name."""
    queues: tuple[str, ...] = ()
    """Queues with such a name."""


class TookPart(msgspec.Struct, frozen=True):
    """What a person had to do with a call."""

    called: bool
    """They called; else their phone rang."""
    spoke: bool
    talk: float = 0.0
    """Seconds."""
    elsewhere: bool = False
    """Their phone rang for a caller whom a colleague took meanwhile: they have missed nothing."""


class CallLine(msgspec.Struct, frozen=True):
    """A line of the call log, without parts and legs."""

    call: CallId
    kind: CallKind
    began_at: Instant
    answered_at: Instant | None
    ended_at: Instant
    caller: str | None
    caller_name: str
    dialled: str
    queue: QueueKey | None
    person: PersonKey | None
    outcome: Outcome
    wait: float
    talk: float
    calling: PersonKey | None = None
    """The colleague who called, of a call from inside."""
    mine: TookPart | None = None
    """What the one whose calls are wanted had to do with it."""
    spoken: tuple[Spoken, ...] = ()
    """Who of us talked, and for how long."""
    billing: str = ""
    """To what it is charged; of several calls to the outside, the first."""
    category: CategoryKey | None = None
    """What it was about."""


class JournalLine(msgspec.Struct, frozen=True):
    """A fact of a call's journal."""

    seq: int
    at: Instant
    kind: str
    body: dict[str, object]
    """The fact itself, as JSON."""


async def find_calls(
    session: Session, organisation: OrganisationId, wanted: CallFilter, cursor: str | None, limit: int
) -> Page[CallLine]:
    """The newest first.

    What is frequent is found among the newest calls, read in their order; what is rare by its own index, and sorted.
    How frequent something is, PostgreSQL cannot tell beforehand: reading a million calls in order for what is not
    there takes seconds.
    """
    legs = cast(calls.c.record["legs"], Text).label("legs")
    path = cast(calls.c.record["path"], Text).label("path")
    columns = [column for column in calls.c if column.name not in _HEAVY]
    about = calls.c.record["category"].astext.label("category")
    query = _filtered(select(*columns, legs, path, about).where(calls.c.organisation_id == organisation), wanted)
    order = [calls.c.began_at, calls.c.call_id]
    oldest = await _oldest_of_the_newest(session, organisation, wanted, cursor)
    if oldest is not None:
        near = query.where(calls.c.began_at >= oldest)
        found = await page(session, near, order, cursor, limit, newest_first=True)
        if found.next is not None:
            return found.map(lambda row: _line(row, wanted.took_part))
        await session.execute(_BY_ITS_INDEX)
    found = await page(session, query, order, cursor, limit, newest_first=True)
    return found.map(lambda row: _line(row, wanted.took_part))


NEWEST = 20_000
"""Calls that are read in their order, in some hundredths of a second."""

_BY_ITS_INDEX = text(
    "select set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true),"
    " set_config('enable_seqscan', 'off', true)"
)
"""Until the unit of work ends."""


async def _oldest_of_the_newest(
    session: Session, organisation: OrganisationId, wanted: CallFilter, cursor: str | None
) -> Instant | None:
    """When the last of the newest calls began. None when there are not so many, or all calls are wanted."""
    if wanted == CallFilter(began_from=wanted.began_from, began_before=wanted.began_before):
        return None
    columns = calls.c
    query = select(columns.began_at, columns.call_id).where(columns.organisation_id == organisation)
    query = _filtered(query, CallFilter(began_from=wanted.began_from, began_before=wanted.began_before))
    order = [columns.began_at, columns.call_id]
    row = (
        await session.execute(after_cursor(query, order, cursor, newest_first=True).offset(NEWEST).limit(1))
    ).one_or_none()
    return instant(row.began_at) if row else None


_HEAVY = frozenset({"organisation_id", "record", "people", "queues"})


def _line(row: Row[*tuple[object, ...]], who: PersonKey | None) -> CallLine:
    columns = row._mapping
    legs = msgspec.json.decode(columns["legs"] or "[]", type=tuple[LegRecord, ...])
    answered = columns["answered_at"]
    path = msgspec.json.decode(columns["path"] or "[]", type=tuple[Step, ...])
    each = spoken(path, instant(columns["ended_at"]))
    return CallLine(
        call=CallId(columns["call_id"]),
        kind=CallKind(columns["kind"]),
        began_at=instant(columns["began_at"]),
        answered_at=instant(answered) if answered else None,
        ended_at=instant(columns["ended_at"]),
        caller=columns["caller"],
        caller_name=columns["caller_name"],
        dialled=columns["dialled"],
        queue=columns["queue"],
        person=columns["person"],
        outcome=Outcome(columns["outcome"]),
        wait=columns["wait"],
        talk=columns["talk"],
        calling=next((leg.person for leg in legs if leg.role is LegRole.CALLER), None),
        mine=_took_part(legs, who, CallKind(columns["kind"]), columns["talk"], each) if who else None,
        spoken=each,
        billing=next((leg.billing for leg in legs if leg.billing), ""),
        category=columns["category"],
    )


def _took_part(
    legs: tuple[LegRecord, ...], who: PersonKey, kind: CallKind, talk: float, each: tuple[Spoken, ...]
) -> TookPart:
    own = [leg for leg in legs if leg.person == who]
    called = any(leg.role is LegRole.CALLER for leg in own) or (kind is CallKind.CALLBACK and bool(own))
    spoke = talk > 0 and any(leg.answered_at for leg in own)
    # Calls of long ago say nothing of each.
    own_talk = next((one.talk for one in each if one.person == who), talk if spoke and not each else 0.0)
    elsewhere = bool(own) and all(leg.cause is LegCause.ANSWERED_ELSEWHERE for leg in own)
    return TookPart(called, spoke, own_talk, elsewhere)


def _filtered(query: Select[*Columns], wanted: CallFilter) -> Select[*Columns]:
    columns = calls.c
    if wanted.began_from is not None:
        query = query.where(columns.began_at >= wanted.began_from)
    if wanted.began_before is not None:
        query = query.where(columns.began_at < wanted.began_before)
    if wanted.number is not None:
        query = query.where(or_(columns.caller == wanted.number, columns.dialled == wanted.number))
    if wanted.queue is not None:
        query = query.where(or_(columns.queue == wanted.queue, columns.queues.contains([wanted.queue])))
    if wanted.took_part is not None:
        query = query.where(columns.people.contains([wanted.took_part]))
    if wanted.unanswered:
        query = query.where(_unanswered(wanted.took_part))
    if wanted.text is not None:
        query = query.where(_says(wanted.text))
    for column, value in (
        (columns.person, wanted.person),
        (columns.outcome, wanted.outcome),
        (columns.kind, wanted.kind),
    ):
        if value is not None:
            query = query.where(column == str(value))
    return query


def _unanswered(who: PersonKey | None) -> ColumnElement[bool]:
    if who is None:
        return calls.c.person.is_(None)
    spoke = "$.legs[*] ? (@.person == $who && @.answered_at != null)"
    took_part = f'$.legs[*] ? (@.person == $who && @.cause != "{LegCause.ANSWERED_ELSEWHERE.value}")'
    return and_(~_has_leg(spoke, who), _has_leg(took_part, who))


def _has_leg(path: str, who: PersonKey) -> ColumnElement[bool]:
    return func.jsonb_path_exists(calls.c.record, cast(path, JSONPATH), cast({"who": who}, JSONB))


def _says(wanted: TextFilter) -> ColumnElement[bool]:
    columns = calls.c
    found: list[ColumnElement[bool]] = []
    if wanted.digits:
        found += [columns.caller.contains(wanted.digits), columns.dialled.contains(wanted.digits)]
    else:
        found += _named(wanted.text)
    if wanted.numbers:
        found += [columns.caller.in_(wanted.numbers), columns.dialled.in_(wanted.numbers)]
    found += [columns.people.contains([person]) for person in wanted.people]
    found += [columns.queues.contains([queue]) for queue in wanted.queues]
    return or_(false(), *found)


def _named(text: str) -> list[ColumnElement[bool]]:
    """A part of a caller's name; of a word's beginning when it is too short for the index of parts."""
    name = calls.c.caller_name
    if len(text) >= _SHORTEST_PART:
        return [name.icontains(text, autoescape=True)]
    return [name.istartswith(text, autoescape=True), name.icontains(f" {text}", autoescape=True)]


_SHORTEST_PART = 3


async def find_call(session: Session, organisation: OrganisationId, call: CallId) -> CallRecord | None:
    query = select(cast(calls.c.record, Text)).where(calls.c.organisation_id == organisation, calls.c.call_id == call)
    record = (await session.execute(query)).scalar_one_or_none()
    return msgspec.json.decode(record, type=CallRecord) if record else None


async def find_journal(
    session: Session, organisation: OrganisationId, call: CallId, cursor: str | None, limit: int
) -> Page[JournalLine]:
    """The facts of a call in order."""
    columns = journal.c
    query = select(columns.seq, columns.at, columns.kind, columns.body).where(
        columns.organisation_id == organisation, columns.call_id == call
    )
    days = await _days(session, organisation, call)
    if days is not None:
        # Lets the database look into these days' partitions alone.
        query = query.where(columns.day.between(*days))
    found = await page(session, query, [columns.seq], cursor, limit)
    return found.map(
        lambda row: JournalLine(
            row.seq, instant(row.at), row.kind, {name: value for name, value in row.body.items() if name != "type"}
        )
    )


async def _days(session: Session, organisation: OrganisationId, call: CallId) -> tuple[date, date] | None:
    """The days that the facts of a call are of; None for one in progress."""
    columns = calls.c
    query = select(columns.began_at, columns.ended_at).where(
        columns.organisation_id == organisation, columns.call_id == call
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        return None
    return instant(row.began_at).date(), instant(row.ended_at).date() + timedelta(days=1)
