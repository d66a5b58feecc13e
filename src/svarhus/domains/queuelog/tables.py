"""Where it is kept who took care of unanswered calls."""

from sqlalchemy import TIMESTAMP, Column, Table, Text

from svarhus.kit.database import metadata

call_follow_ups = Table(
    "call_follow_ups",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("call_id", Text, primary_key=True),
    Column("handled_at", TIMESTAMP(timezone=True), nullable=False),
    Column("handled_by", Text, nullable=False),
)
