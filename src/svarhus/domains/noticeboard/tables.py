"""Where notices are kept, and how far each person has read."""

from sqlalchemy import TIMESTAMP, BigInteger, Boolean, Column, Identity, Table, Text

from svarhus.kit.database import metadata

notices = Table(
    "notices",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("unit", Text),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("author", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("important", Boolean, nullable=False),
    Column("pinned_at", TIMESTAMP(timezone=True)),
    Column("pinned_by", Text),
)

notices_read = Table(
    "notices_read",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("read_to", BigInteger, nullable=False),
)
