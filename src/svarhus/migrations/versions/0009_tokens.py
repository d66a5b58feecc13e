"""When an API token was used last."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("alter table api_tokens add column last_used_at timestamptz")


def downgrade() -> None:
    op.execute("alter table api_tokens drop column last_used_at")
