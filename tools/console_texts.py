"""The console's texts: every language has the same keys with the same placeholders, and none is
empty that is not meant to be."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

LOCALES = Path(__file__).resolve().parents[1] / "console/src/locale"
FIRST = "sv"
"""The language in which texts are written first; the others are compared with it."""

_PLACEHOLDER = re.compile(r"{{\s*-?\s*([A-Za-z0-9_.]+)[^}]*}}|<(\w+)[\s>]")
_PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")


def faults(folder: Path = LOCALES) -> Iterator[str]:
    """What is wrong, in words, one for each place."""
    languages = sorted(path.name for path in folder.iterdir() if path.is_dir())
    names = sorted({path.name for path in folder.glob("*/*.json")})
    for name in names:
        first = _texts(folder / FIRST / name)
        for language in languages:
            file = folder / language / name
            if not file.exists():
                yield f"{language}/{name} is missing"
            else:
                yield from _differences(f"{language}/{name}", first, _texts(file))


def _differences(where: str, first: Mapping[str, str], texts: Mapping[str, str]) -> Iterator[str]:
    # Languages differ in their plurals, not in what there is to say.
    wanted, present = _without_plurals(first), _without_plurals(texts)
    for key in sorted(wanted.keys() - present.keys()):
        yield f"{where}: {key} is missing"
    for key in sorted(present.keys() - wanted.keys()):
        yield f"{where}: {key} is not in {FIRST}"
    for key, text in texts.items():
        # Where the first language has nothing to add, the others have not either.
        if not text.strip() and first.get(key, FIRST).strip():
            yield f"{where}: {key} is empty"
    for key in sorted(wanted.keys() & present.keys()):
        if wanted[key] != present[key]:
            yield f"{where}: {key} has the placeholders {_list(present[key])}, in {FIRST} {_list(wanted[key])}"


def _without_plurals(texts: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """The placeholders of each text; of a text with plurals those of all its forms."""
    found: dict[str, frozenset[str]] = {}
    for key, text in texts.items():
        placeholders = frozenset(one or other for one, other in _PLACEHOLDER.findall(text))
        stem = _PLURAL.sub("", key)
        found[stem] = found.get(stem, frozenset()) | placeholders
    return found


def _texts(file: Path) -> Mapping[str, str]:
    return dict(_flat(json.loads(file.read_text(encoding="utf-8")), "")) if file.exists() else {}


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _flat(inner, f"{path}.{index}")
    else:
        yield path, str(value)


def _list(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"


def main() -> int:
    found = list(faults())
    for fault in found:
        print(f"console/src/locale/{fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
