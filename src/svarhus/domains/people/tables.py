"""Where sign-in, photos and preferences are kept."""

from sqlalchemy import TIMESTAMP, BigInteger, Column, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from svarhus.kit.database import metadata

credentials = Table(
    "credentials",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("changed_at", TIMESTAMP(timezone=True), nullable=False),
)

pins = Table(
    "pins",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("pin_hash", Text, nullable=False),
    Column("changed_at", TIMESTAMP(timezone=True), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("organisation_id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Column("seen_at", TIMESTAMP(timezone=True), nullable=False),
    Column("expires_at", TIMESTAMP(timezone=True), nullable=False),
    Column("id", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("address", Text, nullable=False),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Column("expires_at", TIMESTAMP(timezone=True)),
    Column("last_used_at", TIMESTAMP(timezone=True)),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("subject_hash", LargeBinary, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", TIMESTAMP(timezone=True), nullable=False),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("begun_at", TIMESTAMP(timezone=True), nullable=False),
    Column("confirmed_at", TIMESTAMP(timezone=True)),
    Column("last_step", BigInteger, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("code_hash", LargeBinary, primary_key=True),
)

sign_in_tickets = Table(
    "sign_in_tickets",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("organisation_id", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", TIMESTAMP(timezone=True), nullable=False),
    Column("expires_at", TIMESTAMP(timezone=True), nullable=False),
    Column("allows", JSONB),
)

known_devices = Table(
    "known_devices",
    metadata,
    Column("device_hash", LargeBinary, primary_key=True),
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("seen_at", TIMESTAMP(timezone=True), nullable=False),
)

photos = Table(
    "photos",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("image", LargeBinary, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("body", JSONB, nullable=False),
)
