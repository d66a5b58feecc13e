"""Where organisations and their revisions are kept."""

from sqlalchemy import JSON, TIMESTAMP, BigInteger, Column, FetchedValue, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from svarhus.kit.database import metadata

organisations = Table(
    "organisations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("choices_version", Integer, nullable=False, server_default="0"),
)

own_choices = Table(
    "own_choices",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("choice", JSONB, nullable=False),
    Column("version", Integer, nullable=False),
)
"""What people have chosen of their own cards, by the name of the setting: see `choices`. Where nothing is left of a
choice, the row stays, so that it is seen that something has ended."""

organisation_contents = Table(
    "organisation_contents",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("content", Text, nullable=False),
)
"""Parts of configurations and pages of their lists, each once: see `layout`."""

organisation_revisions = Table(
    "organisation_revisions",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("manifest", JSON, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("comment", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("organisation_id", Text, nullable=False),
    Column("key", Text, nullable=False),
)
"""What only one in the whole installation may have: sign-in names and SIP user names."""

phone_secrets = Table(
    "phone_secrets",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("version", BigInteger, nullable=False, server_default=FetchedValue()),
)

departures = Table(
    "departures",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("marks", JSONB, nullable=False),
    Column("left_at", TIMESTAMP(timezone=True), nullable=False),
)
