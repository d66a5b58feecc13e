"""How many examples are tried by tests that make up their own: few, or ten times as many by `./svarhus test --deep`."""

import os

DEEP = os.environ.get("SVARHUS_DEEP") == "1"

EXAMPLES = 500 if DEEP else 50
"""Of a test that does not say how many it needs."""


def examples(usual: int) -> int:
    """So many, or ten times as many when it is to go deep."""
    return usual * 10 if DEEP else usual
