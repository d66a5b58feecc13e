"""Every case has its episodes: what came of it in each channel. What people had added to one goes with the case."""

from alembic import op

revision = "0024"
down_revision = "0023"

_CASE_OF_BOOKING = "coalesce('call:' || bookings.call_id, 'callback:' || bookings.id)"

_CALLBACKS = f"""
insert into case_episodes (organisation_id, channel, id, case_id, queue, number, came_at, call_id, language, revision,
    ended_at, ended_by, outcome)
select organisation_id, 'callback', id, {_CASE_OF_BOOKING}, queue, number, booked_at, call_id, language, 0,
    closed_at, closed_by, case when closed_at is not null then status end
from bookings
on conflict (organisation_id, channel, id) do update set case_id = excluded.case_id, queue = excluded.queue,
    number = excluded.number, came_at = excluded.came_at, call_id = excluded.call_id, language = excluded.language,
    ended_at = excluded.ended_at, ended_by = excluded.ended_by, outcome = excluded.outcome
"""

_VOICEMAILS = """
insert into case_episodes (organisation_id, channel, id, case_id, queue, number, came_at, call_id, seconds, revision,
    ended_at, ended_by, outcome)
select organisation_id, 'voicemail', id, 'call:' || call_id, queue, caller, at, call_id, seconds, 0,
    handled_at, handled_by, case when handled_at is not null then 'handled' end
from voicemails
on conflict (organisation_id, channel, id) do update set case_id = excluded.case_id, queue = excluded.queue,
    number = excluded.number, came_at = excluded.came_at, call_id = excluded.call_id, seconds = excluded.seconds,
    ended_at = excluded.ended_at, ended_by = excluded.ended_by, outcome = excluded.outcome
"""

_CALLS = f"""
with wanted as (
    select organisation_id, call_id from case_episodes where call_id is not null
    union select organisation_id, id from case_episodes where channel = 'call'
)
insert into case_episodes (organisation_id, channel, id, case_id, queue, number, name, came_at, call_id, language,
    revision, ended_at, ended_by, outcome)
select calls.organisation_id, 'call', calls.call_id,
    coalesce(case when bookings.id is not null then {_CASE_OF_BOOKING} end, 'call:' || calls.call_id),
    calls.queue, coalesce(calls.caller, case when calls.kind = 'outgoing' then calls.dialled end), calls.caller_name,
    calls.began_at, calls.call_id, coalesce(calls.record->>'language', ''), 0, calls.ended_at, calls.person,
    calls.outcome
from wanted
join calls on calls.organisation_id = wanted.organisation_id and calls.call_id = wanted.call_id
left join bookings on bookings.organisation_id = calls.organisation_id and bookings.id = calls.record->>'booking'
on conflict (organisation_id, channel, id) do update set case_id = excluded.case_id, queue = excluded.queue,
    number = excluded.number, name = excluded.name, came_at = excluded.came_at, call_id = excluded.call_id,
    language = excluded.language, ended_at = excluded.ended_at, ended_by = excluded.ended_by,
    outcome = excluded.outcome
"""
"""Those that led to more, or to which somebody has added something."""

_LED_TO = """
update case_episodes set case_id = its.case_id from case_episodes as its
where its.organisation_id = case_episodes.organisation_id and its.channel = 'call' and its.id = case_episodes.call_id
    and case_episodes.channel <> 'call' and case_episodes.case_id <> its.case_id
"""
"""What was promised in a call that was itself a callback."""

_CASES = """
insert into cases (organisation_id, id, queue, number, opened_at, closed_at)
select organisation_id, case_id, (array_agg(queue order by came_at))[1], (array_agg(number order by came_at))[1],
    min(came_at), case when bool_and(ended_at is not null) then max(ended_at) end
from case_episodes group by organisation_id, case_id
"""

_GO_WITH = """
update {table} set case_id = case_episodes.case_id from case_episodes
where case_episodes.organisation_id = {table}.organisation_id and case_episodes.channel = {table}.channel
    and case_episodes.id = {table}.episode_id
"""


def upgrade() -> None:
    op.execute("alter table cases rename to case_episodes")
    op.execute("alter table case_episodes rename constraint cases_pkey to case_episodes_pkey")
    op.execute("alter table case_episodes rename column kind to channel")
    op.execute("alter table case_episodes rename column case_id to id")
    op.execute("alter table case_episodes drop constraint cases_kind_check")
    op.execute(
        """alter table case_episodes
            add column case_id text,
            add column queue text,
            add column number text,
            add column name text not null default '',
            add column came_at timestamptz not null default now(),
            add column call_id text,
            add column language text not null default '',
            add column seconds double precision,
            add column ended_at timestamptz,
            add column ended_by text,
            add column outcome text"""
    )
    op.execute("update case_episodes set case_id = channel || ':' || id")
    op.execute(_CALLBACKS)
    op.execute(_VOICEMAILS)
    op.execute(_CALLS)
    op.execute(_LED_TO)
    op.execute("alter table case_episodes alter column case_id set not null")
    op.execute("create index case_episodes_by_case on case_episodes (organisation_id, case_id)")
    op.execute(
        """create index case_episodes_by_end on case_episodes (organisation_id, channel, ended_at)
            where ended_at is not null"""
    )
    # Earlier and done messages are found among the episodes now.
    op.execute("drop index voicemails_by_caller, voicemails_by_handling")
    op.execute("create index case_episodes_open on case_episodes (organisation_id) where ended_at is null")
    op.execute(
        """create index case_episodes_by_number on case_episodes (organisation_id, number, came_at)
            where number is not null"""
    )
    op.execute(
        """create table cases (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            queue text,
            number text,
            opened_at timestamptz not null,
            closed_at timestamptz,
            primary key (organisation_id, id)
        )"""
    )
    op.execute(_CASES)
    for table in ("case_notes", "case_tags", "case_acts"):
        op.execute(f"alter table {table} rename column kind to channel")
        op.execute(f"alter table {table} rename column case_id to episode_id")
    for table in ("case_notes", "case_acts"):
        op.execute(f"alter table {table} add column case_id text")
        op.execute(_GO_WITH.format(table=table))
        op.execute(f"update {table} set case_id = channel || ':' || episode_id where case_id is null")
        op.execute(f"alter table {table} alter column case_id set not null")
    op.execute("create index case_notes_of_case on case_notes (organisation_id, case_id, at)")
    op.execute(
        """create index case_acts_of_notes on case_acts (organisation_id, case_id, id)
            where act in ('noted', 'note_edited')"""
    )
    # What the journal says of a note is taken back when the note is deleted.
    op.execute(
        "create index journal_by_note on journal (organisation_id, (body->>'note')) where body->>'note' is not null"
    )


def downgrade() -> None:
    op.execute("drop index journal_by_note, case_acts_of_notes, case_notes_of_case")
    for table in ("case_notes", "case_acts"):
        op.execute(f"alter table {table} drop column case_id")
    for table in ("case_notes", "case_tags", "case_acts"):
        op.execute(f"alter table {table} rename column episode_id to case_id")
        op.execute(f"alter table {table} rename column channel to kind")
    op.execute("drop table cases")
    op.execute("create index voicemails_by_caller on voicemails (organisation_id, caller, at)")
    op.execute(
        "create index voicemails_by_handling on voicemails (organisation_id, handled_at) where handled_at is not null"
    )
    op.execute("drop index case_episodes_by_case, case_episodes_open, case_episodes_by_number, case_episodes_by_end")
    op.execute(
        """alter table case_episodes drop column case_id, drop column queue, drop column number, drop column name,
            drop column came_at, drop column call_id, drop column language, drop column seconds,
            drop column ended_at, drop column ended_by, drop column outcome"""
    )
    op.execute("delete from case_episodes where channel not in ('call', 'callback', 'voicemail')")
    op.execute("alter table case_episodes rename column id to case_id")
    op.execute("alter table case_episodes rename column channel to kind")
    op.execute("alter table case_episodes rename constraint case_episodes_pkey to cases_pkey")
    op.execute("alter table case_episodes rename to cases")
    op.execute("alter table cases add constraint cases_kind_check check (kind in ('call', 'callback', 'voicemail'))")
