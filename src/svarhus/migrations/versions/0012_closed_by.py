"""Who closed a callback: who marked it, or cancelled it; nobody of ours when the customer did."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute("alter table bookings add column closed_by text")
    op.execute("update bookings set closed_by = person where status in ('reached', 'not_reached')")
    op.execute(
        """update bookings set closed_by = journal.body ->> 'by' from journal
        where bookings.status = 'cancelled' and journal.day = (bookings.closed_at at time zone 'UTC')::date
        and journal.organisation_id = bookings.organisation_id and journal.kind = 'booking_cancelled'
        and journal.body ->> 'booking' = bookings.id"""
    )


def downgrade() -> None:
    op.execute("alter table bookings drop column closed_by")
