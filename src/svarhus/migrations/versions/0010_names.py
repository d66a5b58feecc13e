"""Contacts by any part of their name: what is typed stands more often in the name than anywhere else."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute(
        """do $$ begin
            create index contacts_by_part_of_name on contacts using gin (folded_name gin_trgm_ops);
        exception when others then
            raise notice 'pg_trgm is not there: %', sqlerrm;
        end $$"""
    )


def downgrade() -> None:
    op.execute("drop index if exists contacts_by_part_of_name")
