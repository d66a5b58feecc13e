"""The noticeboard and links to wallboards."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(
        """create table notices (
            organisation_id text not null references organisations on delete cascade,
            id bigint generated always as identity,
            unit text,
            at timestamptz not null,
            author text not null,
            author_name text not null,
            body text not null,
            important boolean not null,
            pinned_at timestamptz,
            pinned_by text,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create index notices_by_time on notices (organisation_id, at, id)")
    op.execute("create index notices_pinned on notices (organisation_id, id) where pinned_at is not null")
    op.execute(
        """create table notices_read (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            read_to bigint not null,
            primary key (organisation_id, person)
        )"""
    )
    op.execute(
        """create table wallboard_links (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            token_hash bytea not null unique,
            name text not null,
            unit text,
            queues jsonb not null,
            shows_agents boolean not null,
            theme text not null,
            language text not null,
            made_at timestamptz not null,
            made_by text not null,
            seen_at timestamptz,
            primary key (organisation_id, id)
        )"""
    )


def downgrade() -> None:
    op.execute("drop table wallboard_links, notices_read, notices")
