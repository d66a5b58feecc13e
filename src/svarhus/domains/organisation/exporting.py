"""Writes a configuration as a file that reads back as the same configuration.

The order is always the same, settings at their defaults are left out, and so are secrets.
"""

from collections.abc import Mapping

import yaml
from pydantic import JsonValue

from svarhus.domains.callflows.elements import ELEMENTS
from svarhus.domains.organisation.lists import LISTS
from svarhus.domains.organisation.model import Configuration

_WIDTH = 110
_SHORT_LIST = 72


def export(configuration: Configuration) -> str:
    """The file."""
    sections = [_dump({"svarhus": configuration.svarhus, "organisation": _brief(configuration)["organisation"]})]
    brief = _brief(configuration)
    sections += [_dump({name: brief[name]}) for name in LISTS if brief.get(name)]
    return "\n".join(sections)


def _brief(configuration: Configuration) -> dict[str, JsonValue]:
    """The document with everything left out that goes without saying."""
    flows = tuple(
        flow.model_copy(
            update={
                "elements": {
                    key: element.model_copy(update={"settings": _brief_settings(element.type, element.settings)})
                    for key, element in flow.elements.items()
                }
            }
        )
        for flow in configuration.callflows
    )
    whole = configuration.model_copy(update={"callflows": flows})
    brief: dict[str, JsonValue] = whole.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return brief


def _brief_settings(type: str, settings: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    model = ELEMENTS[type].Settings.model_validate(settings)
    brief: dict[str, JsonValue] = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return brief


# ------------------------------------------------------------------ layout


class _Flow(list[JsonValue]):
    """A list written on one line."""


class _Text(str):
    """Text written in double quotes."""


class _Dumper(yaml.SafeDumper):
    """Indents the entries of lists, which PyYAML leaves flush."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.add_representer(
    _Flow, lambda dumper, entries: dumper.represent_sequence("tag:yaml.org,2002:seq", entries, flow_style=True)
)
_Dumper.add_representer(
    _Text, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)


def _dump(section: Mapping[str, JsonValue]) -> str:
    laid_out = {name: _laid_out(value) for name, value in section.items()}
    return yaml.dump(
        laid_out, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH, default_flow_style=False
    )


def _laid_out(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {_key(name): _laid_out(inner) for name, inner in value.items()}
    if isinstance(value, list):
        entries = [_laid_out(inner) for inner in value]
        plain = all(not isinstance(inner, dict | list) for inner in value)
        return _Flow(entries) if plain and sum(len(str(inner)) + 2 for inner in value) < _SHORT_LIST else entries
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    looks_like_number = bool(text) and all(character in "0123456789+-:.,_*# " for character in text)
    # Line ends of every kind would be folded into spaces without double quotes.
    return _Text(text) if looks_like_number or len(text.splitlines()) > 1 else text


def _key(name: str) -> str:
    return _text(name)
