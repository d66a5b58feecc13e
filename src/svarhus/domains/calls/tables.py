"""Where the call log and the journal are kept. The running organisation writes them; here they are read."""

from sqlalchemy import TIMESTAMP, BigInteger, Column, Computed, Date, Double, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from svarhus.kit.database import metadata

calls = Table(
    "calls",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("call_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("began_at", TIMESTAMP(timezone=True), nullable=False),
    Column("answered_at", TIMESTAMP(timezone=True)),
    Column("ended_at", TIMESTAMP(timezone=True), nullable=False),
    Column("caller", Text),
    Column("caller_name", Text, nullable=False),
    Column("dialled", Text, nullable=False),
    Column("queue", Text),
    Column("person", Text),
    Column("outcome", Text, nullable=False),
    Column("wait", Double, nullable=False),
    Column("talk", Double, nullable=False),
    Column("record", JSONB, nullable=False),
    Column("people", JSONB, Computed("jsonb_path_query_array(record, '$.legs[*].person ? (@ != null)')")),
    Column("queues", JSONB, Computed("jsonb_path_query_array(record, '$.parts[*].queue')")),
)
"""`people`: whose phones rang or spoke; `queues`: all in which the caller stood."""

journal = Table(
    "journal",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("call_id", Text),
    Column("kind", Text, nullable=False),
    Column("body", JSONB, nullable=False),
)
