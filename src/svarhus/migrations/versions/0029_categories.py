"""What calls are about: on bookings and on the episodes of cases. Of calls it stands in their records."""

from alembic import op

revision = "0029"
down_revision = "0033"


def upgrade() -> None:
    op.execute("alter table bookings add column category text")
    op.execute("alter table case_episodes add column category text")
    op.execute(
        "create index bookings_category on bookings (organisation_id, category, due_at) where category is not null"
    )


def downgrade() -> None:
    op.execute("drop index bookings_category")
    op.execute("alter table case_episodes drop column category")
    op.execute("alter table bookings drop column category")
