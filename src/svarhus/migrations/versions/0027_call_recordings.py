"""Which conversations were recorded, and for how long that is kept. Their sound is in sealed files."""

from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.execute(
        """create table call_recordings (
            organisation_id text not null,
            id text not null,
            call_id text not null,
            leg_id text not null,
            party text not null,
            person text,
            queue text,
            asked_by text,
            began_at timestamptz not null,
            keep_days integer not null,
            ended_at timestamptz,
            seconds double precision,
            why text,
            sealed_at timestamptz,
            peaks bytea,
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create index call_recordings_by_call on call_recordings (organisation_id, call_id)")
    op.execute(
        """create index call_recordings_to_be_sealed on call_recordings (organisation_id, ended_at)
        where sealed_at is null"""
    )


def downgrade() -> None:
    op.execute("drop table call_recordings")
