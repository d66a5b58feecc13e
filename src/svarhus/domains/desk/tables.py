"""How each person looks at the desk."""

from sqlalchemy import Column, Table, Text
from sqlalchemy.dialects.postgresql import ARRAY

from svarhus.kit.database import metadata

desk_views = Table(
    "desk_views",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("hidden_queues", ARRAY(Text), nullable=False),
    Column("hidden_units", ARRAY(Text), nullable=False),
    Column("hidden_kinds", ARRAY(Text), nullable=False),
)
"""What each person has hidden."""
