"""The languages that people have chosen for themselves, beside the organisation's settings."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.execute("alter table organisations add column languages jsonb not null default '{}'")


def downgrade() -> None:
    op.execute("alter table organisations drop column languages")
