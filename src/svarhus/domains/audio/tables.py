"""Where it is kept which recordings an organisation has uploaded. The sound is in files."""

from sqlalchemy import TIMESTAMP, Column, Double, Table, Text

from svarhus.kit.database import metadata

audio_recordings = Table(
    "audio_recordings",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("uploaded_by", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
)
