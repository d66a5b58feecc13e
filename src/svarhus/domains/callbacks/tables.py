"""Where bookings are kept. The running organisation writes them; here they are read."""

from sqlalchemy import TIMESTAMP, Boolean, Column, Integer, Table, Text, false

from svarhus.kit.database import metadata

bookings = Table(
    "bookings",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("queue", Text, nullable=False),
    Column("schedule", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("promised_at", TIMESTAMP(timezone=True)),
    Column("due_at", TIMESTAMP(timezone=True), nullable=False),
    Column("booked_at", TIMESTAMP(timezone=True), nullable=False),
    Column("call_id", Text),
    Column("booked_by", Text),
    Column("language", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_attempt_at", TIMESTAMP(timezone=True)),
    Column("connected", Boolean, nullable=False),
    Column("person", Text),
    Column("closed_at", TIMESTAMP(timezone=True)),
    Column("closed_by", Text),
    Column("closed_in", Text),
    Column("email", Text),
    Column("category", Text),
    Column("above_capacity", Boolean, nullable=False, server_default=false()),
)
