"""Organisations, sign-in, tokens, secrets, recordings of messages, audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import BYTEA, JSON, JSONB

revision = "0001"
down_revision = None


def _organisation(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "organisation_id",
        sa.Text,
        sa.ForeignKey("organisations.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.TIMESTAMP(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Text, primary_key=True),
        _moment("created_at"),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    op.create_table(
        "organisation_revisions",
        _organisation(primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        # json, not jsonb: the order of elements and of a message's languages is part of the document.
        sa.Column("document", JSON, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        _moment("at"),
        sa.Column("comment", sa.Text, nullable=False, server_default=""),
        sa.CheckConstraint("revision > 0"),
    )
    op.create_table(
        "claims",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        _organisation(),
        sa.Column("key", sa.Text, nullable=False),
        sa.CheckConstraint("kind in ('email', 'extension', 'trunk_username', 'trunk_address')"),
    )
    op.create_index("claims_by_organisation", "claims", ["organisation_id"])
    _sign_in()
    op.create_table(
        "phone_secrets",
        _organisation(primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("secret", sa.Text, nullable=False),
        sa.CheckConstraint("kind in ('person', 'trunk')"),
    )
    op.create_table(
        "audio_recordings",
        _organisation(primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("language", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("uploaded_by", sa.Text, nullable=False),
        _moment("at"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        _organisation(),
        _moment("at"),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
    )
    op.create_index("audit_by_time", "audit", ["organisation_id", "at", "id"])


def _sign_in() -> None:
    op.create_table(
        "credentials",
        _organisation(primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("password_hash", sa.Text, nullable=False),
        _moment("changed_at"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", BYTEA, primary_key=True),
        _organisation(),
        sa.Column("person", sa.Text, nullable=False),
        _moment("created_at"),
        _moment("seen_at"),
        _moment("expires_at"),
    )
    op.create_index("sessions_by_person", "sessions", ["organisation_id", "person"])
    op.create_table(
        "api_tokens",
        _organisation(primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("token_hash", BYTEA, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        _moment("created_at"),
        _moment("expires_at", nullable=True),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("kind", sa.Text, primary_key=True),
        # SHA-256, since people type passwords into the wrong field.
        sa.Column("subject_hash", BYTEA, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        _moment("last_at"),
        sa.CheckConstraint("kind in ('account', 'address')"),
    )
