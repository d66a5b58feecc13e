"""How the lines of the queue log are kept, so that it is read at once however many calls there were.

A call that stood in a queue and was answered by nobody is a line. A later call, callback or mark resolves the lines of
its caller; the line that follows an open one of the same caller and queue takes its place and counts it. All this is
SQL over what was just written: `$1` is always the organisation.
"""

_MISSED = """calls.kind = 'incoming' and calls.queue is not null and calls.person is null
    and calls.outcome in ('abandoned', 'hung_up', 'completed', 'failed')"""
"""What makes a call a line."""

_ANSWERS_ITS_CALLER = """(calls.outcome in ('callback_booked', 'voicemail')
    or (calls.person is not null and calls.talk > 0))"""
_REACHES_WHOM_IT_DIALLED = "calls.kind = 'outgoing' and calls.talk > 0"

_HOW = """case when calls.kind <> 'incoming' then 'called_back' when calls.outcome = 'callback_booked' then 'booked'
    when calls.outcome = 'voicemail' then 'voicemail' else 'called_again' end"""
_WHEN = "coalesce(calls.answered_at, calls.began_at)"

_RESOLUTION = f"""
select * from (
    (select {_HOW} as how, {_WHEN} as at, calls.person as who, calls.call_id as later_call, null as booking
    from calls where calls.organisation_id = $1 and calls.caller = line.caller and calls.began_at > line.began_at
        and {_ANSWERS_ITS_CALLER}
    order by calls.began_at limit 1)
    union all
    (select {_HOW}, {_WHEN}, calls.person, calls.call_id, null
    from calls where calls.organisation_id = $1 and calls.dialled = line.caller and calls.began_at > line.began_at
        and {_REACHES_WHOM_IT_DIALLED}
    order by calls.began_at limit 1)
    union all
    (select 'booked', bookings.booked_at, bookings.booked_by, null, bookings.id
    from bookings where bookings.organisation_id = $1 and bookings.number = line.caller
        and bookings.booked_at > line.began_at and bookings.status <> 'cancelled'
    order by bookings.booked_at limit 1)
    union all
    (select 'handled', handled_at, handled_by, null, null
    from call_follow_ups where call_follow_ups.organisation_id = $1 and call_follow_ups.call_id = line.call_id)
) as each order by at limit 1
"""
"""What resolved `line` first; no row while nothing has."""

CALL_ANSWERED = f"""
update unanswered set how = {_HOW}, resolved_at = {_WHEN}, resolved_by = calls.person, resolved_call = calls.call_id
from calls
where calls.organisation_id = $1 and calls.call_id = $2 and unanswered.organisation_id = $1
    and unanswered.caller in (
        case when {_ANSWERS_ITS_CALLER} then calls.caller end,
        case when {_REACHES_WHOM_IT_DIALLED} then calls.dialled end)
    and unanswered.how is null and unanswered.began_at < calls.began_at
"""
"""`$2` is a call that was just written: it resolves the lines of its caller, if it is one that does."""

CALL_CLOSED = f"""
with line as materialized (
    select calls.call_id, calls.queue, calls.began_at, calls.caller
    from calls where calls.organisation_id = $1 and calls.call_id = $2 and {_MISSED}
),
found as materialized (
    select line.*, later.* from line left join lateral ({_RESOLUTION}) as later on true
),
superseded as (
    update unanswered set newest = false from found
    where unanswered.organisation_id = $1 and unanswered.caller = found.caller and unanswered.queue = found.queue
        and unanswered.newest and unanswered.began_at < found.began_at
        and (unanswered.how is null or unanswered.resolved_at > found.began_at)
    returning unanswered.earlier
),
taken_over as (
    update unanswered set earlier = unanswered.earlier + 1 from found
    where unanswered.organisation_id = $1 and unanswered.caller = found.caller and unanswered.queue = found.queue
        and unanswered.newest and unanswered.began_at > found.began_at
        and (found.how is null or found.at > unanswered.began_at)
    returning 1
),
resolved as ({CALL_ANSWERED} returning 1)
insert into unanswered (organisation_id, call_id, queue, began_at, caller, earlier, newest,
    how, resolved_at, resolved_by, resolved_call, resolved_booking)
select $1, call_id, queue, began_at, caller, coalesce((select max(earlier) + 1 from superseded), 0),
    not exists (select 1 from taken_over), how, at, who, later_call, booking
from found
"""
"""`$2` is a call that was just written: a line of its own, or what resolves those of its caller, or neither."""

BOOKED = """
update unanswered set how = 'booked', resolved_at = $3, resolved_by = $4, resolved_booking = $5
where organisation_id = $1 and caller = $2 and how is null and began_at < $3
"""
"""The number `$2` is promised a callback."""


MARKED = """
update unanswered set how = 'handled', resolved_at = $3, resolved_by = $4
where organisation_id = $1 and call_id = $2 and how is null
"""


def _anew(which: str) -> str:
    """Lines out of the tables that they follow from. `which` must take all of a caller's calls, or none."""
    return f"""
with line as materialized (
    select calls.call_id, calls.queue, calls.began_at, calls.caller
    from calls where calls.organisation_id = $1 and {_MISSED} and {which}
),
found as materialized (
    select line.*, later.* from line left join lateral ({_RESOLUTION}) as later on true
),
begun as (
    select found.*, coalesce(found.caller is null or lag(at) over chain <= began_at, false) as anew from found
    window chain as (partition by caller, queue order by began_at, call_id)
),
chained as (
    select begun.*, count(*) filter (where anew) over chain as chain_number from begun
    window chain as (partition by caller, queue order by began_at, call_id)
)
insert into unanswered (organisation_id, call_id, queue, began_at, caller, earlier, newest,
    how, resolved_at, resolved_by, resolved_call, resolved_booking)
select $1, call_id, queue, began_at, caller, row_number() over (same order by began_at, call_id) - 1,
    lead(call_id) over (same order by began_at, call_id) is null, how, at, who, later_call, booking
from chained window same as (partition by caller, queue, chain_number)
on conflict (organisation_id, call_id) do update set earlier = excluded.earlier, newest = excluded.newest,
    how = excluded.how, resolved_at = excluded.resolved_at, resolved_by = excluded.resolved_by,
    resolved_call = excluded.resolved_call, resolved_booking = excluded.resolved_booking
"""


BOOKING_CANCELLED = _anew(
    """calls.caller in (select caller from unanswered
    where unanswered.organisation_id = $1 and unanswered.resolved_booking = $2)"""
)
"""What the booking `$2` had resolved is open again, unless something else resolves it."""

MARK_TAKEN_BACK = _anew(
    """(calls.call_id = $2 or calls.caller in (select caller from unanswered
    where unanswered.organisation_id = $1 and unanswered.call_id = $2))"""
)
"""The line `$2` is open again, unless something else resolves it."""

ALL_ANEW = _anew("true")
