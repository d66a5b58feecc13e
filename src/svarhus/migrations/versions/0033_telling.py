"""What customers are told of their callbacks, and the texts that they send."""

from alembic import op

revision = "0033"
down_revision = "0031"


def upgrade() -> None:
    op.execute("alter table bookings add column email text")
    op.execute(
        """alter table outbox add column booking text, add column useful_until timestamptz,
        add column calendar text not null default ''"""
    )
    op.execute("create index outbox_booking on outbox (organisation_id, booking) where booking is not null")
    op.execute("create index outbox_receiver on outbox (organisation_id, receiver, made_at)")
    op.execute("alter table message_providers add column incoming_key text")
    op.execute(
        """create table texts_received (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            provider_id text not null,
            sender text not null,
            receiver text not null,
            text text not null,
            received_at timestamptz not null,
            outcome text,
            booking text,
            read_at timestamptz,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create unique index texts_received_once on texts_received (organisation_id, provider_id)")
    op.execute("create index texts_received_sender on texts_received (organisation_id, sender, received_at)")
    op.execute("create index texts_received_unread on texts_received (organisation_id) where outcome is null")


def downgrade() -> None:
    op.execute("drop table texts_received")
    op.execute("alter table message_providers drop column incoming_key")
    op.execute("drop index outbox_receiver")
    op.execute("drop index outbox_booking")
    op.execute("update outbox set status = 'failed' where status = 'dropped'")
    op.execute("alter table outbox drop column booking, drop column useful_until, drop column calendar")
    op.execute("alter table bookings drop column email")
