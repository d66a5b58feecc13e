"""Where devices are kept that want to be told of calls."""

from sqlalchemy import TIMESTAMP, Column, LargeBinary, Table, Text

from svarhus.kit.database import metadata

push_subscriptions = Table(
    "push_subscriptions",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("endpoint", Text, primary_key=True),
    Column("session_hash", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("language", Text, nullable=False),
    Column("made_at", TIMESTAMP(timezone=True), nullable=False),
)
