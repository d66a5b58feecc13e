"""Bookings whose time stands although the work schedule has no place for it."""

from alembic import op

revision = "0032"
down_revision = "0029"


def upgrade() -> None:
    op.execute("alter table bookings add column above_capacity boolean not null default false")


def downgrade() -> None:
    op.execute("alter table bookings drop column above_capacity")
