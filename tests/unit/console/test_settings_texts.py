"""Every setting that the console's forms show has words in all five languages."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from svarhus.domains.organisation.schema import json_schema

LOCALES = Path(__file__).parents[3] / "console" / "src" / "locale"
LANGUAGES = ("sv", "en", "nb", "da", "fi")
SHOWN = {
    "organisation": "Organisation",
    "units": "Unit",
    "numbers": "Number",
    "lists": "NumberList",
    "hours": "OpeningHours",
    "categories": "Category",
    "messages": "Message",
    "schedules": "Schedule",
    "queues": "Queue",
    "pauses": "PauseReason",
    "trunks": "Trunk",
}
OWN = ("boards", "forms", "noticeboard", "settings", "tags")

Schema = dict[str, Any]


@pytest.mark.parametrize("list_name", SHOWN)
def test_every_setting_is_named(list_name: str) -> None:
    schema: Schema = json_schema()
    for language in LANGUAGES:
        texts = read(language, "settings")["fields"][list_name]
        missing = list(unnamed(schema, schema["$defs"][SHOWN[list_name]], texts))
        assert not missing, f"{language}: {missing}"


@pytest.mark.parametrize("file", OWN)
def test_all_languages_say_the_same(file: str) -> None:
    swedish = keys(read("sv", file))
    for language in LANGUAGES[1:]:
        assert keys(read(language, file)) == swedish, language


def unnamed(root: Schema, shape: Schema, texts: Schema, around: str = "") -> Iterator[str]:
    for name, setting in shape.get("properties", {}).items():
        if name == "key":
            continue
        path, own = f"{around}{name}", texts.get(name, {})
        if not own.get("label"):
            yield path
        inner = resolved(root, setting)
        yield from unnamed(root, inner, own, f"{path}.")
        yield from unnamed(root, resolved(root, inner.get("items", {})), texts.get(f"{name}[]", {}), f"{path}[].")


def resolved(root: Schema, schema: Schema) -> Schema:
    if "$ref" in schema:
        found: Schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
        return found
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return resolved(root, option)
    return schema


def read(language: str, file: str) -> Schema:
    texts: Schema = json.loads((LOCALES / language / f"{file}.json").read_text())
    return texts


def keys(texts: Schema, around: str = "") -> set[str]:
    found: set[str] = set()
    for name, value in texts.items():
        found |= keys(value, f"{around}{name}.") if isinstance(value, dict) else {f"{around}{name}"}
    return found
