"""How somebody who leads is with a conversation of others."""

from enum import StrEnum


class Supervision(StrEnum):
    LISTENS = "listens"
    """Hears all of it, unheard."""
    WHISPERS = "whispers"
    """Hears all of it, and is heard by the member alone."""
    JOINS = "joins"
    """Talks with them."""
    TAKES_OVER = "takes_over"
    """Talks in the member's place, who is let go."""


UNHEARD = frozenset({Supervision.LISTENS, Supervision.WHISPERS})
"""By the customer: the ways of those who are in no conversation themselves."""
