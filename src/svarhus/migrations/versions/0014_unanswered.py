"""The lines of the queue log, kept as calls end, so that reading it does not depend on how many there were."""

from alembic import op

revision = "0014"
down_revision = "0013"

_MISSED = """calls.kind = 'incoming' and calls.queue is not null and calls.person is null
    and calls.outcome in ('abandoned', 'hung_up', 'completed', 'failed')"""

_HOW = """case when calls.kind <> 'incoming' then 'called_back' when calls.outcome = 'callback_booked' then 'booked'
    when calls.outcome = 'voicemail' then 'voicemail' else 'called_again' end"""

_RESOLUTION = f"""
select * from (
    (select {_HOW} as how, coalesce(calls.answered_at, calls.began_at) as at, calls.person as who,
        calls.call_id as later_call, null as booking
    from calls where calls.organisation_id = line.organisation_id and calls.caller = line.caller
        and calls.began_at > line.began_at and (calls.outcome in ('callback_booked', 'voicemail')
            or (calls.person is not null and calls.talk > 0))
    order by calls.began_at limit 1)
    union all
    (select {_HOW}, coalesce(calls.answered_at, calls.began_at), calls.person, calls.call_id, null
    from calls where calls.organisation_id = line.organisation_id and calls.dialled = line.caller
        and calls.began_at > line.began_at and calls.kind = 'outgoing' and calls.talk > 0
    order by calls.began_at limit 1)
    union all
    (select 'booked', bookings.booked_at, bookings.booked_by, null, bookings.id
    from bookings where bookings.organisation_id = line.organisation_id and bookings.number = line.caller
        and bookings.booked_at > line.began_at and bookings.status <> 'cancelled'
    order by bookings.booked_at limit 1)
    union all
    (select 'handled', handled_at, handled_by, null, null
    from call_follow_ups where call_follow_ups.organisation_id = line.organisation_id
        and call_follow_ups.call_id = line.call_id)
) as each order by at limit 1
"""

_FILL = f"""
with line as materialized (
    select calls.organisation_id, calls.call_id, calls.queue, calls.began_at, calls.caller from calls where {_MISSED}
),
found as materialized (
    select line.*, later.* from line left join lateral ({_RESOLUTION}) as later on true
),
begun as (
    select found.*, coalesce(found.caller is null or lag(at) over chain <= began_at, false) as anew from found
    window chain as (partition by organisation_id, caller, queue order by began_at, call_id)
),
chained as (
    select begun.*, count(*) filter (where anew) over chain as chain_number from begun
    window chain as (partition by organisation_id, caller, queue order by began_at, call_id)
)
insert into unanswered (organisation_id, call_id, queue, began_at, caller, earlier, newest,
    how, resolved_at, resolved_by, resolved_call, resolved_booking)
select organisation_id, call_id, queue, began_at, caller, row_number() over (same order by began_at, call_id) - 1,
    lead(call_id) over (same order by began_at, call_id) is null, how, at, who, later_call, booking
from chained window same as (partition by organisation_id, caller, queue, chain_number)
"""


def upgrade() -> None:
    op.execute(
        """create table unanswered (
            organisation_id text not null,
            call_id text not null,
            queue text not null,
            began_at timestamptz not null,
            caller text,
            earlier integer not null,
            newest boolean not null,
            how text,
            resolved_at timestamptz,
            resolved_by text,
            resolved_call text,
            resolved_booking text,
            primary key (organisation_id, call_id),
            foreign key (organisation_id, call_id) references calls on delete cascade
        )"""
    )
    op.execute(_FILL)
    op.execute("create index unanswered_by_time on unanswered (organisation_id, began_at, call_id) where newest")
    op.execute(
        """create index unanswered_open on unanswered (organisation_id, began_at, call_id)
            where newest and how is null and caller is not null"""
    )
    op.execute(
        "create index unanswered_by_queue on unanswered (organisation_id, queue, began_at, call_id) where newest"
    )
    op.execute(
        """create index unanswered_open_by_queue on unanswered (organisation_id, queue, began_at, call_id)
            where newest and how is null and caller is not null"""
    )
    op.execute("create index unanswered_by_caller on unanswered (organisation_id, caller, queue, began_at)")
    op.execute(
        """create index unanswered_by_booking on unanswered (organisation_id, resolved_booking)
            where resolved_booking is not null"""
    )
    op.execute("drop index calls_unanswered")


def downgrade() -> None:
    op.execute("drop table unanswered")
    op.execute(
        """create index calls_unanswered on calls (organisation_id, began_at)
            where kind = 'incoming' and queue is not null
            and outcome in ('abandoned', 'hung_up', 'completed', 'failed')"""
    )
