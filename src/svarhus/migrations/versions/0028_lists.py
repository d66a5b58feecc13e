"""The rows of lists of numbers, with the versions to which each belongs."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.execute(
        """create table list_versions (
            organisation_id text not null references organisations on delete cascade,
            list text not null,
            version integer not null,
            at timestamptz not null,
            author text not null,
            how text not null,
            about text not null,
            note text not null,
            added integer not null,
            changed integer not null,
            removed integer not null,
            rows integer not null,
            primary key (organisation_id, list, version)
        )"""
    )
    op.execute(
        """create table list_rows (
            organisation_id text not null references organisations on delete cascade,
            list text not null,
            number text not null,
            since integer not null,
            until integer,
            name text not null,
            note text not null,
            searched text not null,
            primary key (organisation_id, list, number, since)
        )"""
    )
    op.execute("create unique index list_rows_now on list_rows (organisation_id, list, number) where until is null")
    op.execute("create index list_rows_since on list_rows (organisation_id, list, since)")
    op.execute("create index list_rows_until on list_rows (organisation_id, list, until) where until is not null")


def downgrade() -> None:
    op.execute("drop table list_rows")
    op.execute("drop table list_versions")
