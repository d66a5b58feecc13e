"""Where links to wallboards are kept. Of their tokens only the hash is."""

from sqlalchemy import TIMESTAMP, Boolean, Column, LargeBinary, Table, Text
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
