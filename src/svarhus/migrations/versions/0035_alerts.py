"""What alerts there were, and who was told; those of before, as far as the journal still has them."""

from alembic import op

revision = "0035"
down_revision = "0034"

_OF_BEFORE = """
insert into queue_alerts (organisation_id, id, queue, watches, threshold, minutes, seen, raised_at)
select organisation_id, body->>'alert', body->>'queue', body->>'on', (body->>'limit')::int, (body->>'minutes')::int,
    (body->>'seen')::int, at
from journal where body->>'type' = 'alert_raised'
on conflict do nothing
"""
_THEIR_ENDS = """
update queue_alerts set over_at = ended.at, why = ended.body->>'why'
from journal ended
where ended.body->>'type' = 'alert_over' and ended.organisation_id = queue_alerts.organisation_id
    and ended.body->>'alert' = queue_alerts.id
"""


def upgrade() -> None:
    op.execute(
        """create table queue_alerts (
            organisation_id text not null references organisations on delete cascade,
            id text not null,
            queue text not null,
            watches text not null,
            threshold int not null,
            minutes int not null,
            seen int not null,
            raised_at timestamptz not null,
            over_at timestamptz,
            why text,
            told jsonb not null default '[]',
            primary key (organisation_id, id)
        )"""
    )
    op.execute("create index queue_alerts_by_time on queue_alerts (organisation_id, raised_at)")
    op.execute(_OF_BEFORE)
    op.execute(_THEIR_ENDS)


def downgrade() -> None:
    op.execute("drop table queue_alerts")
