"""Contacts and favourites; whose phones a call rang, in which queues it stood, and who took up unanswered ones."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute(
        """create table contacts (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            name text not null,
            company text not null,
            title text not null,
            department text not null,
            place text not null,
            email text not null,
            numbers jsonb not null,
            tags text[] not null,
            fields jsonb not null,
            notes text not null,
            folded_name text not null collate "C",
            sort_name text not null collate "C",
            searched text not null,
            changed_at timestamptz not null,
            changed_by text not null,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create index contacts_by_name on contacts (organisation_id, sort_name, id)")
    op.execute("create index contacts_by_folded_name on contacts (organisation_id, folded_name)")
    op.execute("create index contacts_by_number on contacts using gin (numbers jsonb_path_ops)")
    # An operator's own PostgreSQL may not let us have the extension: the search then reads all contacts.
    op.execute(
        """do $$ begin
            create extension if not exists pg_trgm;
            create index contacts_by_text on contacts using gin (searched gin_trgm_ops);
        exception when others then
            raise notice 'pg_trgm is not there: %', sqlerrm;
        end $$"""
    )
    op.execute(
        """create table favourites (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            kind text not null check (kind in ('colleague', 'contact')),
            key text not null,
            primary key (organisation_id, person, kind, key)
        )"""
    )
    _calls()


def _calls() -> None:
    op.execute(
        """alter table calls
            add column people jsonb generated always as
                (jsonb_path_query_array(record, '$.legs[*].person ? (@ != null)')) stored,
            add column queues jsonb generated always as
                (jsonb_path_query_array(record, '$.parts[*].queue')) stored"""
    )
    op.execute("create index calls_by_people on calls using gin (people)")
    op.execute("create index calls_by_queues on calls using gin (queues)")
    op.execute(
        """create index calls_unanswered on calls (organisation_id, began_at)
            where kind = 'incoming' and queue is not null
            and outcome in ('abandoned', 'hung_up', 'completed', 'failed')"""
    )
    op.execute(
        """create table call_follow_ups (
            organisation_id text not null references organisations on delete cascade,
            call_id text not null,
            handled_at timestamptz not null,
            handled_by text not null,
            primary key (organisation_id, call_id)
        )"""
    )


def downgrade() -> None:
    op.execute("drop table call_follow_ups, favourites, contacts")
    op.execute("alter table calls drop column people, drop column queues")
