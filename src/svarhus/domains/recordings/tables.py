"""Where it is kept which conversations were recorded. The running organisation adds them; the sound is a file."""

from sqlalchemy import TIMESTAMP, Column, Double, Integer, LargeBinary, Table, Text

from svarhus.kit.database import metadata

call_recordings = Table(
    "call_recordings",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("call_id", Text, nullable=False),
    Column("leg_id", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("person", Text),
    Column("queue", Text),
    Column("asked_by", Text),
    Column("began_at", TIMESTAMP(timezone=True), nullable=False),
    Column("keep_days", Integer, nullable=False),
    Column("ended_at", TIMESTAMP(timezone=True)),
    Column("seconds", Double),
    Column("why", Text),
    Column("sealed_at", TIMESTAMP(timezone=True)),
    Column("peaks", LargeBinary),
)
