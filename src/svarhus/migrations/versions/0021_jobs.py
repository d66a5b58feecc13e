"""Jobs that are done later, and which of them are done.

The tables are pgqueuer's, made by the version that is installed; a later version that needs more brings a migration.
"""

from alembic import op
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for statement in _statements(QueryBuilderEnvironment().build_install_query()):
        op.execute(statement)
    # A worker that has died cannot say so. A job that is taken over from it counts it here.
    op.execute(
        """create function job_taken_over() returns trigger language plpgsql as $$ begin
            new.headers := coalesce(new.headers, '{}') || jsonb_build_object(
                'lost', coalesce((new.headers ->> 'lost')::int, 0) + 1);
            return new;
        end $$"""
    )
    op.execute(
        """create trigger job_taken_over before update of queue_manager_id on pgqueuer for each row
        when (old.status = 'picked' and new.status = 'picked') execute function job_taken_over()"""
    )
    op.execute("create table job_marks (job_id bigint primary key, at timestamptz not null default now())")
    op.execute("create index job_marks_by_time on job_marks (at)")


def downgrade() -> None:
    op.execute("drop table job_marks")
    op.execute("drop trigger job_taken_over on pgqueuer")
    op.execute("drop function job_taken_over")
    for statement in _statements(QueryBuilderEnvironment().build_uninstall_query()):
        op.execute(statement)


def _statements(script: str) -> list[str]:
    """One by one, as asyncpg wants prepared statements. Functions have semicolons of their own between `$$`."""
    found, quoted = [""], False
    for piece in script.split("$$"):
        parts = [piece] if quoted else piece.split(";")
        found[-1] += f"$${parts[0]}$$" if quoted else parts[0]
        found += parts[1:]
        quoted = not quoted
    return [statement for statement in found if statement.strip()]
