"""In which call the customer cancelled a callback."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute("alter table bookings add column closed_in text")
    op.execute(
        """update bookings set closed_in = journal.body ->> 'call' from journal
        where bookings.status = 'cancelled' and journal.day = (bookings.closed_at at time zone 'UTC')::date
        and journal.organisation_id = bookings.organisation_id and journal.kind = 'booking_cancelled'
        and journal.body ->> 'booking' = bookings.id"""
    )


def downgrade() -> None:
    op.execute("alter table bookings drop column closed_in")
