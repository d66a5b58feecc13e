"""The words of a language: templates of what is said, and how numbers, dates and times are said."""

from functools import lru_cache
from importlib.resources import files
from typing import Annotated

import msgspec
import yaml

LANGUAGES = ("sv", "en", "nb", "da", "fi")

FALLBACK = "en"
"""Spoken where a language has no words of its own."""

Words = Annotated[str, msgspec.Meta(min_length=1)]


class Power(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hundreds or thousands: one of them, many (`{number}`), and what joins them to what is left."""

    one: str
    many: str
    join: str


class ClockWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole hour, its first nine minutes, and the later ones."""

    whole: str
    early: str
    late: str
    halves: tuple[str, str] | None = None
    """Words before and after noon, where the clock has twelve hours (`{half}`)."""
    named: dict[str, str] = {}
    """Times HH:MM with words of their own."""
    one_is: dict[str, str] = {}
    """The form that a number ending in one has here."""


class MinuteWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Lengths of time: below one minute, one, many, and two hours or more."""

    none: str
    one: str
    many: str
    more: str
    one_is: dict[str, str] = {}
    """The form that a number ending in one has here."""


class Symbols(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of what is not a digit in a number or on a telephone's keys."""

    plus: str
    star: str
    hash: str


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All words of one language."""

    templates: dict[str, Words]
    numbers: str
    """0 to 99, separated by spaces."""
    ordinals: str
    """The first to the thirty-first, as in a date, separated by spaces."""
    hundred: Power
    thousand: Power
    symbols: Symbols
    today: str
    tomorrow: str
    weekdays: Annotated[tuple[str, ...], msgspec.Meta(min_length=7, max_length=7)]
    """With what makes "on Monday" of Monday; Monday first."""
    months: Annotated[tuple[str, ...], msgspec.Meta(min_length=12, max_length=12)]
    date: str
    clock: ClockWords
    minutes: MinuteWords


@lru_cache(maxsize=len(LANGUAGES))
def lexicon(language: str) -> Lexicon:
    """The words of the language, or English where we have none."""
    chosen = language if language in LANGUAGES else FALLBACK
    text = (files("svarhus") / "locale" / chosen / "spoken.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Lexicon)
