"""Where voicemails are kept. The running organisation adds them; the sound is a file."""

from sqlalchemy import TIMESTAMP, Column, Double, Table, Text

from svarhus.kit.database import metadata

voicemails = Table(
    "voicemails",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("call_id", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("caller", Text),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("seconds", Double, nullable=False),
    Column("file", Text, nullable=False),
    Column("handled_at", TIMESTAMP(timezone=True)),
    Column("handled_by", Text),
)
