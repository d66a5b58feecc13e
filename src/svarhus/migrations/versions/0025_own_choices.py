"""What people choose of their own cards has a table of its own, in which the languages are that they have chosen."""

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.execute("alter table organisations add column choices_version integer not null default 0")
    op.execute(
        """create table own_choices (
            organisation_id text not null references organisations on delete cascade,
            person text not null,
            choice jsonb not null,
            version integer not null,
            primary key (organisation_id, person)
        )"""
    )
    op.execute("create index own_choices_by_version on own_choices (organisation_id, version)")
    op.execute(
        """insert into own_choices (organisation_id, person, choice, version)
        select id, chosen.key, jsonb_build_object('language', chosen.value), 1
        from organisations, jsonb_each(languages) chosen"""
    )
    op.execute("update organisations set choices_version = 1 where languages <> '{}'")
    op.execute("alter table organisations drop column languages")


def downgrade() -> None:
    """Chosen numbers are lost: before, they stood in the document."""
    op.execute("alter table organisations add column languages jsonb not null default '{}'")
    op.execute(
        """update organisations set languages = chosen.languages from (
            select organisation_id, jsonb_object_agg(person, choice -> 'language') languages
            from own_choices where choice ? 'language' group by organisation_id
        ) chosen where chosen.organisation_id = organisations.id"""
    )
    op.execute("drop table own_choices")
    op.execute("alter table organisations drop column choices_version")
