"""The published JSON Schema (2020-12) of the organisation file."""

from pydantic import JsonValue

from svarhus.domains.callflows.elements import ELEMENTS
from svarhus.domains.callflows.steps import AnyElementType
from svarhus.domains.organisation.model import Configuration

Schema = dict[str, JsonValue]


def json_schema() -> Schema:
    """The schema of the whole document, with the settings of each element type."""
    schema: Schema = Configuration.model_json_schema(by_alias=True)
    definitions = _definitions(schema)
    whole = definitions.pop("Element")
    assert isinstance(whole, dict), "a model's schema is an object"
    names = []
    for kind in ELEMENTS.values():
        settings = element_settings_schema(kind)
        definitions.update(_definitions(settings, take=True))
        name = f"{_camel(kind.type)}Element"
        definitions[name] = _element(kind, whole, settings)
        names.append(name)
    definitions["Element"] = {
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in names],
        "description": "One step. Its type decides which settings and exits it has.",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An organisation in Svarhus",
        **{name: value for name, value in schema.items() if name != "title"},
    }


def element_settings_schema(kind: AnyElementType) -> Schema:
    """The schema of the settings of one element type."""
    schema: Schema = kind.Settings.model_json_schema(by_alias=True)
    return schema


def _element(kind: AnyElementType, whole: Schema, settings: Schema) -> JsonValue:
    properties = whole["properties"]
    assert isinstance(properties, dict), "an object's schema has properties"
    required: list[JsonValue] = ["type", "settings"] if settings.get("required") else ["type"]
    return {
        "type": "object",
        "title": kind.title,
        "description": kind.description,
        "additionalProperties": False,
        "required": required,
        "properties": {"type": {"const": kind.type}, "settings": settings, "exits": properties["exits"]},
    }


def _definitions(schema: Schema, *, take: bool = False) -> dict[str, JsonValue]:
    found = schema.pop("$defs", {}) if take else schema.setdefault("$defs", {})
    assert isinstance(found, dict), "definitions are by name"
    return found


def _camel(type: str) -> str:
    return "".join(word.capitalize() for word in type.split("_"))
