"""Where contacts and everybody's favourites are kept."""

from sqlalchemy import TIMESTAMP, Column, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from svarhus.kit.database import metadata

contacts = Table(
    "contacts",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("numbers", JSONB, nullable=False),
    Column("tags", ARRAY(Text), nullable=False),
    Column("fields", JSONB, nullable=False),
    Column("notes", Text, nullable=False),
    Column("folded_name", Text, nullable=False),
    Column("sort_name", Text, nullable=False),
    Column("searched", Text, nullable=False),
    Column("changed_at", TIMESTAMP(timezone=True), nullable=False),
    Column("changed_by", Text, nullable=False),
)
"""`folded_name`, `sort_name` and `searched` are made of the others, see `folding.py`."""

favourites = Table(
    "favourites",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
)
