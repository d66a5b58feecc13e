"""Reads unanswered calls and what became of their callers, and keeps who took care of them."""

from sqlalchemy import Row, delete, text

from svarhus.domains.queuelog.model import Resolution, Resolved, Unanswered, Wanted
from svarhus.domains.queuelog.tables import call_follow_ups
from svarhus.kit.clock import Instant, instant
from svarhus.kit.database import Session
from svarhus.kit.ids import CallId, OrganisationId

_LOG = text(
    """
    with missed as (
        select call_id, queue, began_at, ended_at, caller, caller_name, dialled, wait
        from calls
        where organisation_id = :organisation_id and began_at >= :since
            and kind = 'incoming' and queue is not null
            and outcome in ('abandoned', 'hung_up', 'completed', 'failed') and person is null
            and (cast(:queues as text[]) = '{}' or queue = any(cast(:queues as text[])))
    ),
    followed as (
        select missed.*, later.how, later.at, later.who, later.later_call
        from missed left join lateral (
            select * from (
                (select case when calls.kind = 'incoming'
                        then case calls.outcome when 'callback_booked' then 'booked'
                            when 'voicemail' then 'voicemail' else 'called_again' end
                        else 'called_back' end as how,
                    coalesce(calls.answered_at, calls.began_at) as at, calls.person as who, calls.call_id as later_call
                from calls
                where calls.organisation_id = :organisation_id and calls.began_at > missed.began_at
                    and ((calls.caller = missed.caller and (calls.outcome in ('callback_booked', 'voicemail')
                            or (calls.person is not null and calls.talk > 0)))
                        or (calls.kind = 'outgoing' and calls.dialled = missed.caller and calls.talk > 0))
                order by calls.began_at limit 1)
                union all
                (select 'booked', bookings.booked_at, bookings.booked_by, null
                from bookings
                where bookings.organisation_id = :organisation_id and bookings.number = missed.caller
                    and bookings.booked_at > missed.began_at and bookings.status <> 'cancelled'
                order by bookings.booked_at limit 1)
                union all
                (select 'handled', handled_at, handled_by, null
                from call_follow_ups
                where call_follow_ups.organisation_id = :organisation_id and call_follow_ups.call_id = missed.call_id)
            ) as each order by at limit 1
        ) as later on true
    )
    select followed.*,
        (select count(*) from followed as before
            where before.caller = followed.caller and before.queue = followed.queue
            and before.began_at < followed.began_at
            and (before.at is null or before.at > followed.began_at)) as earlier
    from followed
    where not exists (
            select 1 from followed as next
            where next.caller = followed.caller and next.queue = followed.queue and next.began_at > followed.began_at
            and (followed.at is null or followed.at > next.began_at)
        )
        and (not :open_only or (followed.how is null and followed.caller is not null))
    order by followed.began_at desc, followed.call_id desc
    limit :most
    """
)


async def unanswered(
    session: Session, organisation: OrganisationId, wanted: Wanted, most: int
) -> tuple[Unanswered, ...]:
    """The newest first, each caller once for each queue until somebody took care of them."""
    values = {"organisation_id": organisation, "since": wanted.since, "queues": list(wanted.queues)}
    rows = await session.execute(_LOG, {**values, "open_only": wanted.open_only, "most": most})
    return tuple(_unanswered(row) for row in rows)


def _unanswered(row: Row[*tuple[object, ...]]) -> Unanswered:
    columns = row._mapping
    how = columns["how"]
    return Unanswered(
        call=columns["call_id"],
        queue=columns["queue"],
        at=instant(columns["began_at"]),
        caller=columns["caller"],
        caller_name=columns["caller_name"],
        dialled=columns["dialled"],
        wait=columns["wait"],
        earlier=columns["earlier"],
        resolved=Resolved(Resolution(how), instant(columns["at"]), columns["who"], columns["later_call"])
        if how
        else None,
    )


async def handle(session: Session, organisation: OrganisationId, call: CallId, at: Instant, by: str) -> bool:
    """Mark an unanswered call as taken care of; who was first stays. False when there is no such call."""
    marked = await session.execute(
        text(
            """insert into call_follow_ups (organisation_id, call_id, handled_at, handled_by)
            select organisation_id, call_id, :at, :by from calls
            where organisation_id = :organisation_id and call_id = :call and kind = 'incoming' and person is null
                and queue is not null
            on conflict (organisation_id, call_id) do update set handled_by = call_follow_ups.handled_by
            returning call_id"""
        ),
        {"organisation_id": organisation, "call": call, "at": at, "by": by},
    )
    return marked.one_or_none() is not None


async def take_up(session: Session, organisation: OrganisationId, call: CallId) -> bool:
    """Take the mark back. False when there was none."""
    columns = call_follow_ups.c
    gone = await session.execute(
        delete(call_follow_ups)
        .where(columns.organisation_id == organisation, columns.call_id == call)
        .returning(columns.call_id)
    )
    return gone.one_or_none() is not None
