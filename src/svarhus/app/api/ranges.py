"""Parts of what is served piece by piece (RFC 9110, 14)."""

import re
from typing import NamedTuple

_ONE = re.compile(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*").fullmatch


class Range(NamedTuple):
    start: int
    stop: int
    """The byte after the last."""


class Unsatisfiable(Exception):
    """Nothing of what is there was asked for."""


def wanted_range(header: str | None, length: int) -> Range | None:
    """The part that is asked for; None for all of it, also when the header says nothing that we read, such as several
    parts. Unsatisfiable."""
    found = _ONE(header) if header else None
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, stop = max(0, length - int(found[2])), length
    else:
        start, stop = int(found[1]), min(length, int(found[2]) + 1) if found[2] else length
        if found[2] and int(found[2]) < start:
            return None
    if start >= stop:
        raise Unsatisfiable
    return Range(start, stop)
