"""Where cases are kept, and what people add to them. The running organisation writes them; here they are read."""

from sqlalchemy import TIMESTAMP, BigInteger, Column, Double, Identity, Integer, Table, Text

from svarhus.kit.database import metadata

cases = Table(
    "cases",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("queue", Text),
    Column("number", Text),
    Column("opened_at", TIMESTAMP(timezone=True), nullable=False),
    Column("closed_at", TIMESTAMP(timezone=True)),
)
"""One matter of one party. A call that is over and to which nobody has added anything has no row."""

case_episodes = Table(
    "case_episodes",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("queue", Text),
    Column("number", Text),
    Column("name", Text, nullable=False),
    Column("came_at", TIMESTAMP(timezone=True), nullable=False),
    Column("call_id", Text),
    Column("language", Text, nullable=False),
    Column("seconds", Double),
    Column("revision", Integer, nullable=False),
    Column("taken_by", Text),
    Column("taken_at", TIMESTAMP(timezone=True)),
    Column("priority", Text),
    Column("ended_at", TIMESTAMP(timezone=True)),
    Column("ended_by", Text),
    Column("outcome", Text),
    Column("category", Text),
)
"""What came of a case in each channel."""

case_notes = Table(
    "case_notes",
    metadata,
    Column("organisation_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("episode_id", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("text", Text, nullable=False),
    Column("edited_at", TIMESTAMP(timezone=True)),
)
"""They go with the case; `channel` and `episode_id` say where it was written."""

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
    Column("channel", Text, primary_key=True),
    Column("episode_id", Text, primary_key=True),
    Column("tag", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
)

case_acts = Table(
    "case_acts",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("organisation_id", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("episode_id", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("at", TIMESTAMP(timezone=True), nullable=False),
    Column("who", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
"""Who did what with a case, beside what is in the journal of calls and callbacks."""
