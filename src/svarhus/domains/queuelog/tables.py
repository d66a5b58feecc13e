"""Where the lines of the queue log are kept, and who took care of them."""

from sqlalchemy import TIMESTAMP, Boolean, Column, Integer, Table, Text

from svarhus.kit.database import metadata

call_follow_ups = Table(
    "call_follow_ups",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("call_id", Text, primary_key=True),
    Column("handled_at", TIMESTAMP(timezone=True), nullable=False),
    Column("handled_by", Text, nullable=False),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("call_id", Text, primary_key=True),
    Column("queue", Text, nullable=False),
    Column("began_at", TIMESTAMP(timezone=True), nullable=False),
    Column("caller", Text),
    Column("earlier", Integer, nullable=False),
    Column("newest", Boolean, nullable=False),
    Column("how", Text),
    Column("resolved_at", TIMESTAMP(timezone=True)),
    Column("resolved_by", Text),
    Column("resolved_call", Text),
    Column("resolved_booking", Text),
)
"""`newest`: no later line of the same caller and queue has taken its place. Written as `lines.py` says."""
