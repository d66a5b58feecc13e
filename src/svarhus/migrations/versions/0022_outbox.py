"""Messages that are sent, and who brings them."""

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.execute(
        """create table outbox (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            channel text not null,
            purpose text not null,
            receiver text not null,
            subject text not null,
            text text,
            person text,
            lets_in boolean not null,
            status text not null,
            reason text not null default '',
            detail text not null default '',
            attempts int not null default 0,
            provider_id text not null default '',
            report_key text not null,
            parts int not null default 1,
            made_by text not null,
            made_at timestamptz not null,
            tried_at timestamptz,
            sent_at timestamptz,
            ended_at timestamptz,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create index outbox_by_time on outbox (organisation_id, made_at, id)")
    op.execute("create index outbox_by_provider on outbox (organisation_id, provider_id) where provider_id <> ''")
    op.execute(
        """create table message_providers (
            organisation_id text not null references organisations on delete cascade,
            channel text not null,
            settings jsonb not null,
            password text not null,
            changed_by text not null,
            changed_at timestamptz not null,
            primary key (organisation_id, channel)
        )"""
    )


def downgrade() -> None:
    op.execute("drop table message_providers")
    op.execute("drop table outbox")
