"""Where messages and the settings of those who bring them are kept."""

from sqlalchemy import TIMESTAMP, Boolean, Column, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from svarhus.kit.database import metadata

outbox = Table(
    "outbox",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text),
    Column("person", Text),
    Column("lets_in", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("provider_id", Text, nullable=False),
    Column("report_key", Text, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", TIMESTAMP(timezone=True), nullable=False),
    Column("tried_at", TIMESTAMP(timezone=True)),
    Column("sent_at", TIMESTAMP(timezone=True)),
    Column("ended_at", TIMESTAMP(timezone=True)),
    Column("booking", Text),
    Column("useful_until", TIMESTAMP(timezone=True)),
    Column("calendar", Text, nullable=False),
)

message_providers = Table(
    "message_providers",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("settings", JSONB, nullable=False),
    Column("password", Text, nullable=False),  # sealed
    Column("incoming_key", Text),  # sealed
    Column("changed_by", Text, nullable=False),
    Column("changed_at", TIMESTAMP(timezone=True), nullable=False),
)
