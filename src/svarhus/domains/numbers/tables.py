"""Where the rows of lists and their versions are kept."""

from sqlalchemy import TIMESTAMP, Column, Integer, Table, Text

from svarhus.kit.database import metadata

LISTS_CHANGED = "svarhus_lists"
"""Channel on which changed rows are told, with the organisation."""

list_versions = Table(
    "list_versions",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("list", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("author", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
)

list_rows = Table(
    "list_rows",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("list", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("since", Integer, primary_key=True),
    Column("until", Integer),
    Column("name", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("searched", Text, nullable=False),
)
"""A row is part of the versions from `since` on, up to the one before `until`; None: also of the newest."""
