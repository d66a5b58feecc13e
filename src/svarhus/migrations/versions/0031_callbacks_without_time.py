"""Callbacks for which no time was stated."""

from alembic import op

revision = "0031"
down_revision = "0028"


def upgrade() -> None:
    op.execute("alter table bookings add column kind text not null default 'timed'")
    op.execute("alter table bookings alter column kind drop default")
    op.execute("alter table bookings alter column promised_at drop not null")


def downgrade() -> None:
    op.execute("update bookings set promised_at = due_at where promised_at is null")
    op.execute("alter table bookings alter column promised_at set not null")
    op.execute("alter table bookings drop column kind")
