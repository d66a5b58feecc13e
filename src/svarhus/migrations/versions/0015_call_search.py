"""Indexes for what the call log is filtered and searched by."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute("create index calls_by_queue on calls (organisation_id, queue, began_at)")
    op.execute("create index calls_by_outcome on calls (organisation_id, outcome, began_at)")
    op.execute("create index calls_by_kind on calls (organisation_id, kind, began_at)")
    # An operator's own PostgreSQL may not let us have the extension: rare names are then looked for in all calls.
    op.execute(
        """do $$ begin
            create index calls_by_part_of_name on calls using gin (caller_name gin_trgm_ops);
            create index calls_by_part_of_caller on calls using gin (caller gin_trgm_ops);
            create index calls_by_part_of_dialled on calls using gin (dialled gin_trgm_ops);
        exception when others then
            raise notice 'pg_trgm is not there: %', sqlerrm;
        end $$"""
    )


def downgrade() -> None:
    op.execute("drop index calls_by_queue, calls_by_outcome, calls_by_kind")
    op.execute("drop index if exists calls_by_part_of_name, calls_by_part_of_caller, calls_by_part_of_dialled")
