"""Devices from which somebody has signed in before."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    # Which kinds there are is the counters' own business; nobody else reads them.
    op.execute("alter table sign_in_attempts drop constraint sign_in_attempts_kind_check")
    op.execute(
        """create table known_devices (
            device_hash bytea not null,
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            seen_at timestamptz not null,
            primary key (device_hash, organisation_id, person)
        )"""
    )
    op.execute("create index known_devices_by_person on known_devices (organisation_id, person)")


def downgrade() -> None:
    op.execute("delete from sign_in_attempts where kind not in ('account', 'address')")
    op.execute(
        "alter table sign_in_attempts add constraint sign_in_attempts_kind_check check (kind in ('account', 'address'))"
    )
    op.execute("drop table known_devices")
