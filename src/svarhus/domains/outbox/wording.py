"""The words of messages, in the language of who gets them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from svarhus.domains.outbox.model import Purpose

LANGUAGES = ("sv", "en", "nb", "da", "fi")


def worded(purpose: Purpose, language: str, **values: str) -> tuple[str, str]:
    """Subject and text."""
    words = _words(language if language in LANGUAGES else "en")[purpose.value]
    # On one line each: a name must not look like a part of the text of its own.
    filled = {name: " ".join(value.split()) for name, value in values.items()}
    return words["subject"].format_map(filled), words["text"].format_map(filled)


@cache
def _words(language: str) -> Mapping[str, Mapping[str, str]]:
    text = (files("svarhus") / "locale" / language / "messages.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found
