"""What alerts there were."""

from sqlalchemy import TIMESTAMP, Column, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from svarhus.kit.database import metadata

queue_alerts = Table(
    "queue_alerts",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("queue", Text, nullable=False),
    Column("watches", Text, nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("raised_at", TIMESTAMP(timezone=True), nullable=False),
    Column("over_at", TIMESTAMP(timezone=True)),
    Column("why", Text),
    Column("told", JSONB, nullable=False),
)
"""`told`: mail addresses and telephone numbers to which it was told that it began."""
