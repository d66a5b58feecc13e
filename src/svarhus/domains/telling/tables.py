"""Where the texts are kept that customers send."""

from sqlalchemy import TIMESTAMP, Column, Table, Text

from svarhus.kit.database import metadata

TEXTS_RECEIVED = "svarhus_texts"
"""Where it is told that there are texts to be read, with the organisation as payload."""

texts_received = Table(
    "texts_received",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("provider_id", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("receiver", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("received_at", TIMESTAMP(timezone=True), nullable=False),
    Column("outcome", Text),  # null: not read yet
    Column("booking", Text),
    Column("read_at", TIMESTAMP(timezone=True)),
)
