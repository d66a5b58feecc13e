"""What was done lately is found without reading all that was ever done."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute("create index bookings_by_closing on bookings (organisation_id, closed_at) where closed_at is not null")
    op.execute(
        "create index voicemails_by_handling on voicemails (organisation_id, handled_at) where handled_at is not null"
    )


def downgrade() -> None:
    op.execute("drop index voicemails_by_handling")
    op.execute("drop index bookings_by_closing")
