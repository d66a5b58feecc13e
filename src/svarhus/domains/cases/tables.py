"""Where it is kept what people add to cases."""

from sqlalchemy import TIMESTAMP, BigInteger, Column, Identity, Integer, Table, Text

from svarhus.kit.database import metadata

cases = Table(
    "cases",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("taken_by", Text),
    Column("taken_at", TIMESTAMP(timezone=True)),
    Column("priority", Text),
)
"""A row is made when somebody first adds something to the case."""

case_notes = Table(
    "case_notes",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("text", Text, nullable=False),
    Column("edited_at", TIMESTAMP(timezone=True)),
)

case_note_versions = Table(
    "case_note_versions",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("note_id", Text, primary_key=True),
    Column("until", TIMESTAMP(timezone=True), primary_key=True),
    Column("text", Text, nullable=False),
)
"""What a note said until it was edited."""

case_tags = Table(
    "case_tags",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("tag", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
)

case_acts = Table(
    "case_acts",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("organisation_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
"""Who did what with a case, beside what is in the journal."""
