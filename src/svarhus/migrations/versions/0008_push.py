"""Where a browser is told of an offered call."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # With the session goes the device: whoever has signed out is told nothing.
    op.execute(
        """create table push_subscriptions (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            endpoint text not null,
            session_hash bytea not null references sessions (token_hash) on delete cascade,
            public_key bytea not null,
            secret bytea not null,
            language text not null,
            made_at timestamptz not null,
            primary key (organisation_id, person, endpoint)
        )"""
    )
    op.execute("create index push_subscriptions_by_session on push_subscriptions (session_hash)")
    op.execute("create index push_subscriptions_by_endpoint on push_subscriptions (endpoint)")


def downgrade() -> None:
    op.execute("drop table push_subscriptions")
