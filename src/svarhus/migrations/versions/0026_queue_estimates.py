"""How right the waits were that were expected; of calls that are over, as far as it was kept."""

from alembic import op

revision = "0026"
down_revision = "0025"

_OF_BEFORE = """
insert into queue_estimates (organisation_id, call_id, part, queue, at, estimated, wait)
select organisation_id, call_id, number, part->>'queue', (part->>'left_at')::timestamptz,
    (part->>'estimated')::float8, (part->>'wait')::float8
from calls, jsonb_array_elements(record->'parts') with ordinality as parts(part, number)
where part->>'outcome' = 'answered' and part->>'estimated' is not null and part->>'left_at' is not null
    and coalesce((part->>'at_once')::boolean, false) = false
on conflict do nothing
"""


def upgrade() -> None:
    op.execute(
        """create table queue_estimates (
            organisation_id text not null references organisations on delete cascade,
            call_id text not null,
            part int not null,
            queue text not null,
            at timestamptz not null,
            estimated float8 not null,
            wait float8 not null,
            primary key (organisation_id, call_id, part)
        )"""
    )
    op.execute("create index queue_estimates_by_time on queue_estimates (organisation_id, at)")
    op.execute(_OF_BEFORE)


def downgrade() -> None:
    op.execute("drop table queue_estimates")
