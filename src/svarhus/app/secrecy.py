"""What opens a door stands in no log, whoever writes the line."""

import re
from collections.abc import Mapping

MASK = "…"

_NAMED = re.compile(
    r"""(?i)(password|passwd|secret|token|guest|ticket|api_key|authorization|cookie|svarhus_session|c?nonce|response)"""
    r"""(["']?\s*[:=]\s*["']?)(?:(?:bearer|basic|digest)\s+)?[^\s"'&,;)}\]]+"""
)
"""A name, and what stands after it: in an address, a header, a setting or JSON."""
_SCHEME = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}")
_USER = re.compile(r"(\w://[^\s/:@]*:)[^\s/@]+(?=@)")
_WORD = re.compile(r"[A-Za-z0-9_-]{18,}")
"""Long enough to be one of ours, which are made by chance; numbers, names of files and ids have no such mixture."""


def without_secrets(text: str) -> str:
    """The text with a mark in place of each password, token and key."""
    text = _USER.sub(rf"\1{MASK}", text)
    text = _NAMED.sub(rf"\1\2{MASK}", text)
    text = _SCHEME.sub(rf"\1 {MASK}", text)
    return _WORD.sub(lambda found: MASK if _by_chance(found[0]) else found[0], text)


def _by_chance(word: str) -> bool:
    return any(map(str.isdigit, word)) and word.lower() != word and word.upper() != word


_DOORS = frozenset({"password", "token", "secret", "ticket", "authorization", "cookie"})


def masked(value: object) -> object:
    """The same for whatever a line of the log holds."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {name: MASK if name in _DOORS else masked(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked(each) for each in value]
    return without_secrets(str(value))
