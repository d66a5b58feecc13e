"""The words of messages, in the language of who gets them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("sv", "en", "nb", "da", "fi")


def worded(template: str, language: str, **values: str) -> tuple[str, str]:
    """Subject and text."""
    words = _words(language if language in LANGUAGES else "en")[template]
    # On one line each: a name must not look like a part of the text of its own.
    filled = {name: " ".join(value.split()) for name, value in values.items()}
    return words["subject"].format_map(filled), words["text"].format_map(filled)


def unfilled(template: str, language: str) -> tuple[str, str]:
    """Subject and text as they are shipped, with their placeholders."""
    words = _words(language if language in LANGUAGES else "en")[template]
    return words["subject"], words["text"]


def phrase(template: str, part: str, language: str, **values: str) -> str:
    """A piece of what is filled in."""
    return _words(language if language in LANGUAGES else "en")[template][part].format_map(values)


@cache
def _words(language: str) -> Mapping[str, Mapping[str, str]]:
    text = (files("svarhus") / "locale" / language / "messages.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found
