"""What a follower is: which facts it follows, and what it writes for each of them.

It is written in the transaction of the facts themselves, so that what is kept never says anything else than the
journal. A follower decides nothing and reads nothing but the fact, the moment, and the tables in its own statement.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from svarhus.kit.clock import Instant
from svarhus.kit.ids import OrganisationId


class Write(msgspec.Struct, frozen=True):
    """A statement for asyncpg, whose `$1` is the organisation."""

    sql: str
    values: tuple[Any, ...]


Writer = Callable[[OrganisationId, Any, Instant], Write | None]
"""Whose fact it is, the fact, and when it was. None: nothing follows from this one."""

Follower = Mapping[type, Writer]
"""By the kind of fact."""
