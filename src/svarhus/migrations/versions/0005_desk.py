"""Notes and tags of what has been."""

from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    op.execute(
        """create table cases (
            organisation_id text not null references organisations on delete cascade,
            kind text not null check (kind in ('call', 'callback', 'voicemail')),
            case_id text not null,
            revision integer not null,
            taken_by text,
            taken_at timestamptz,
            priority text check (priority in ('low', 'normal', 'high', 'very_high')),
            primary key (organisation_id, kind, case_id)
        )"""
    )
    op.execute(
        """create table case_notes (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            kind text not null,
            case_id text not null,
            author text not null,
            at timestamptz not null,
            text text not null,
            edited_at timestamptz,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create index case_notes_by_case on case_notes (organisation_id, kind, case_id, at)")
    op.execute(
        """create table case_note_versions (
            organisation_id text not null,
            note_id text not null,
            until timestamptz not null,
            text text not null,
            primary key (organisation_id, note_id, until),
            foreign key (organisation_id, note_id) references case_notes on delete cascade
        )"""
    )
    op.execute(
        """create table case_tags (
            organisation_id text not null references organisations on delete cascade,
            kind text not null,
            case_id text not null,
            tag text not null,
            who text not null,
            at timestamptz not null,
            primary key (organisation_id, kind, case_id, tag)
        )"""
    )
    op.execute(
        """create table case_acts (
            id bigint generated always as identity primary key,
            organisation_id text not null references organisations on delete cascade,
            kind text not null,
            case_id text not null,
            at timestamptz not null,
            who text not null,
            act text not null,
            detail text not null default ''
        )"""
    )
    op.execute("create index case_acts_by_case on case_acts (organisation_id, kind, case_id, id)")
    op.execute(
        """create table desk_views (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            hidden_queues text[] not null,
            hidden_units text[] not null,
            hidden_kinds text[] not null,
            primary key (organisation_id, person)
        )"""
    )
    op.execute("create index voicemails_by_caller on voicemails (organisation_id, caller, at)")
    op.execute("create index bookings_by_number on bookings (organisation_id, number, booked_at)")
    op.execute("create index calls_by_person on calls (organisation_id, person, ended_at)")
    # What was done for a promise, also by requests that belong to no call.
    op.execute(
        "create index journal_by_booking on journal (organisation_id, (body->>'booking'), seq)"
        " where body->>'booking' is not null"
    )


def downgrade() -> None:
    op.execute("drop index journal_by_booking, calls_by_person, bookings_by_number, voicemails_by_caller")
    op.execute("drop table desk_views, case_acts, case_tags, case_note_versions, case_notes, cases")
