"""What an invitation was made for: rights that its receiver gets later do not count."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute("alter table sign_in_tickets add column allows jsonb")


def downgrade() -> None:
    op.execute("alter table sign_in_tickets drop column allows")
