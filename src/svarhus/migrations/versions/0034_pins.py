"""PINs, by which people say at any telephone who they are."""

from alembic import op

revision = "0034"
down_revision = "0032"


def upgrade() -> None:
    op.execute(
        """create table pins (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            pin_hash text not null,
            changed_at timestamptz not null,
            primary key (organisation_id, person)
        )"""
    )


def downgrade() -> None:
    op.execute("drop table pins")
