"""The console's texts are compared between languages."""

import json
from pathlib import Path

from console_texts import faults


def _written(folder: Path, texts: dict[str, dict[str, object]]) -> list[str]:
    for language, content in texts.items():
        (folder / language).mkdir()
        (folder / language / "common.json").write_text(json.dumps(content))
    return list(faults(folder))


def test_the_same_keys_in_all_languages_are_right(tmp_path: Path) -> None:
    texts: dict[str, dict[str, object]] = {
        "sv": {"hello": "Hej {{name}}", "calls_one": "Ett samtal", "calls_other": "{{count}} samtal"},
        "fi": {"hello": "Hei {{name}}", "calls_one": "{{count}} puhelu", "calls_other": "{{count}} puhelua"},
    }
    assert _written(tmp_path, texts) == []


def test_what_is_missing_empty_or_too_much_is_named(tmp_path: Path) -> None:
    found = _written(tmp_path, {"sv": {"a": {"b": "Bra"}, "c": "Se"}, "en": {"a": {"d": "Good"}, "c": " "}})
    assert found == [
        "en/common.json: a.b is missing",
        "en/common.json: a.d is not in sv",
        "en/common.json: c is empty",
    ]


def test_a_lost_placeholder_is_named(tmp_path: Path) -> None:
    found = _written(tmp_path, {"sv": {"hello": "Hej {{name}}"}, "da": {"hello": "Hej"}})
    assert found == ["da/common.json: hello has the placeholders none, in sv name"]
