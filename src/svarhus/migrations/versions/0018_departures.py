"""Who has left an organisation's document, so that what is kept of them waits for their return."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.execute(
        """create table departures (
            organisation_id text not null references organisations on delete cascade,
            kind text not null,
            key text not null,
            marks jsonb not null,
            left_at timestamptz not null,
            primary key (organisation_id, kind, key)
        )"""
    )


def downgrade() -> None:
    op.execute("drop table departures")
