"""The journal with its snapshots, and what is read from it: calls, bookings, voicemails."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        """create table journal (
            organisation_id text not null,
            seq bigint not null,
            day date not null,
            at timestamptz not null,
            call_id text,
            kind text not null,
            body jsonb not null,
            primary key (organisation_id, seq, day)
        ) partition by range (day)"""
    )
    op.execute("create index journal_by_call on journal (organisation_id, call_id, seq) where call_id is not null")
    # A day without a partition of its own must not stop calls.
    op.execute("create table journal_other partition of journal default")
    op.execute(
        """create table snapshots (
            organisation_id text primary key references organisations on delete cascade,
            seq bigint not null,
            at timestamptz not null,
            format integer not null,
            body bytea not null
        )"""
    )
    op.execute(
        """create table calls (
            organisation_id text not null references organisations on delete cascade,
            call_id text not null,
            kind text not null,
            began_at timestamptz not null,
            answered_at timestamptz,
            ended_at timestamptz not null,
            caller text,
            caller_name text not null,
            dialled text not null,
            queue text,
            person text,
            outcome text not null,
            wait double precision not null,
            talk double precision not null,
            record jsonb not null,
            primary key (organisation_id, call_id)
        )"""
    )
    op.execute("create index calls_by_time on calls (organisation_id, began_at, call_id)")
    op.execute("create index calls_by_caller on calls (organisation_id, caller, began_at)")
    op.execute("create index calls_by_dialled on calls (organisation_id, dialled, began_at)")
    op.execute(
        """create table bookings (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            queue text not null,
            schedule text not null,
            number text not null,
            promised_at timestamptz not null,
            due_at timestamptz not null,
            booked_at timestamptz not null,
            call_id text,
            booked_by text,
            language text not null,
            status text not null,
            attempts integer not null,
            first_attempt_at timestamptz,
            connected boolean not null default false,
            person text,
            closed_at timestamptz,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create index bookings_by_due on bookings (organisation_id, due_at, id)")
    op.execute(
        """create table voicemails (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            call_id text not null,
            queue text not null,
            caller text,
            at timestamptz not null,
            seconds double precision not null,
            file text not null,
            handled_at timestamptz,
            handled_by text,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create index voicemails_by_time on voicemails (organisation_id, at, id)")


def downgrade() -> None:
    op.execute("drop table voicemails, bookings, calls, snapshots, journal")
