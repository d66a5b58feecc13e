"""Where links to wallboards are kept, of whose tokens only the hash is; and what was expected of waits."""

from sqlalchemy import TIMESTAMP, Boolean, Column, Double, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from svarhus.kit.database import metadata

wallboard_links = Table(
    "wallboard_links",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text),
    Column("queues", JSONB, nullable=False),
    Column("shows_agents", Boolean, nullable=False),
    Column("theme", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("made_at", TIMESTAMP(timezone=True), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("seen_at", TIMESTAMP(timezone=True)),
)

queue_estimates = Table(
    "queue_estimates",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("call_id", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("queue", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("estimated", Double, nullable=False),
    Column("wait", Double, nullable=False),
)
"""Seconds that a caller was expected to wait, and waited until the answer; written by `exchange/followers`."""
