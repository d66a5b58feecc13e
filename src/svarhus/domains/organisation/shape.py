"""Whether a value has the shape that a model asks for, and if not, where and in which words."""

import types
from collections.abc import Iterator, Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import replace
from pydantic import JsonValue, ValidationError
from pydantic_core import ErrorDetails

from svarhus.domains.callflows.model import Exit
from svarhus.domains.numbers.model import CountryCode
from svarhus.domains.organisation.reading import Path
from svarhus.domains.people.model import Extension
from svarhus.kit.document import E164, DocumentPart, Key, Language, TimeOfDay
from svarhus.kit.text import tidy
from svarhus.kit.unfit import Unfit

P = TypeVar("P", bound=DocumentPart)

SECRETS = frozenset({"password", "phone_password"})
"""Settings that are never shown, whatever is wrong with them."""


class Finding(msgspec.Struct, frozen=True):
    """A fault, before it is known on which line it stands."""

    path: Path
    message: str
    remedy: str = ""
    reason: str = ""
    """Stable id, and what the message names: see Fault."""
    values: tuple[str, ...] = ()


def tidied(value: JsonValue) -> JsonValue:
    """What was written, without what cannot be seen; passwords stay to the letter."""
    if isinstance(value, dict):
        return {name: inner if name in SECRETS else tidied(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [tidied(inner) for inner in value]
    return tidy(value) if isinstance(value, str) else value


def shaped(model: type[P], value: JsonValue, path: Path = ()) -> tuple[P | None, list[Finding]]:
    """The value as the model, or everything that keeps it from being so.

    A whole number where text is asked for (an extension, a name) is taken as the text that it was written as.
    """
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    numbers = [each["loc"] for each in errors if each["type"] == "string_type" and type(each["input"]) is int]
    if numbers:
        value = deepcopy(value)
        for location in numbers:
            _write_as_text(value, _path_in(value, location))
        return shaped(model, value, path)
    return None, list(_findings(model, value, errors, path))


def _write_as_text(value: JsonValue, path: Path) -> None:
    step, rest = path[0], path[1:]
    inner = _entry(value, step)
    assert inner is not None, "pydantic names places that are there"
    if rest:
        _write_as_text(inner.value, rest)
    elif isinstance(value, list) and isinstance(step, int):
        value[step] = str(inner.value)
    elif isinstance(value, dict):
        value[str(step)] = str(inner.value)


def _path_in(value: JsonValue, location: tuple[int | str, ...], *, missing: bool = False) -> Path:
    """Pydantic's location without the branches of unions and the marks of keys, which are no places."""
    path: list[str | int] = []
    for index, step in enumerate(location):
        inner = _entry(value, step)
        if inner is not None:
            value = inner.value
            path.append(step)
        elif missing and index == len(location) - 1:
            path.append(step)
    return tuple(path)


class _Entry(msgspec.Struct, frozen=True):
    value: JsonValue


def _entry(value: JsonValue, step: int | str) -> _Entry | None:
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return _Entry(value[step])
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return _Entry(value[step])
    return None


def _findings(
    model: type[DocumentPart], value: JsonValue, errors: list[ErrorDetails], around: Path
) -> Iterator[Finding]:
    found: dict[Path, Finding] = {}
    for error in errors:
        path = _path_in(value, error["loc"], missing=error["type"] == "missing")
        message, remedy = _words(error, path, _model_at(model, path[:-1]))
        before = found.get(path)
        if before is None:
            found[path] = Finding(around + path, message, remedy, *reason_of(error["type"], error.get("ctx", {})))
        elif remedy and remedy not in before.remedy:
            found[path] = replace(before, remedy=f"{before.remedy} Or: {remedy}")
    yield from found.values()


# ------------------------------------------------------------------ the words


def _words(error: ErrorDetails, path: Path, model: type[DocumentPart] | None) -> tuple[str, str]:
    name = str(path[-1]) if path else ""
    shown = "the value" if name in SECRETS else f"`{_short(error['input'])}`"
    limits: Mapping[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"`{name}` is missing", f"Add `{name}`."
        case "extra_forbidden":
            return f"there is no setting `{name}` here", _nearest(name, _settings_of(model))
        case "string_pattern_mismatch":
            pattern = str(limits["pattern"])
            return f"{shown} is not allowed here", _PATTERNS.get(pattern, f"It must match {pattern}.")
        case "literal_error" | "enum":
            choices = _choices(str(limits["expected"]))
            return f"{shown} is not one of the choices", _nearest(str(error["input"]), choices)
        case "value_error":
            return str(limits["error"]), ""
        case "greater_than_equal" | "greater_than":
            return f"{shown} is too little", f"The least is {limits.get('ge', limits.get('gt'))}."
        case "less_than_equal" | "less_than":
            return f"{shown} is too much", f"The most is {limits.get('le', limits.get('lt'))}."
        case "string_too_short":
            return "the text is too short", f"At least {_characters(limits['min_length'])}."
        case "string_too_long":
            return "the text is too long", f"At most {_characters(limits['max_length'])}."
        case "too_short":
            return "this is empty", f"Name at least {limits['min_length']}."
        case kind:
            return _wrong_type(kind, shown, error)


def reason_of(kind: str, limits: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The stable id of one of pydantic's errors, and the values that its text names.

    `kind` and `limits`: pydantic's `type` and `ctx`.
    """
    match kind:
        case "string_pattern_mismatch":
            return _PATTERN_REASONS.get(str(limits.get("pattern")), "shape-pattern"), ()
        case "value_error":
            error = limits.get("error")
            return (error.reason, error.values) if isinstance(error, Unfit) else ("shape-wrong", ())
        case "string_too_short" | "too_short" if limits["min_length"] == 1:
            return "shape-empty", ()
        case _ if kind in _LIMITS:
            reason, limit = _LIMITS[kind]
            return reason, (str(limits[limit]),)
        case _:
            return next((reason for start, reason in _REASONS if kind.startswith(start)), "shape-wrong"), ()


_LIMITS = {
    "greater_than_equal": ("shape-least", "ge"),
    "greater_than": ("shape-more", "gt"),
    "less_than_equal": ("shape-most", "le"),
    "less_than": ("shape-less", "lt"),
    "string_too_short": ("shape-short", "min_length"),
    "string_too_long": ("shape-long", "max_length"),
    "too_short": ("shape-few", "min_length"),
    "too_long": ("shape-many", "max_length"),
}

_REASONS = (
    ("missing", "shape-missing"),
    ("extra_forbidden", "shape-unknown"),
    ("literal_error", "shape-choice"),
    ("enum", "shape-choice"),
    ("int", "shape-whole-number"),
    ("bool", "shape-true-false"),
    ("string", "shape-text"),
    ("tuple", "shape-list"),
    ("list", "shape-list"),
    ("dict", "shape-map"),
    ("model", "shape-map"),
    ("datetime", "shape-moment"),
    ("timezone", "shape-moment"),
    ("date", "shape-date"),
    ("float", "shape-number"),
    ("decimal", "shape-number"),
    ("json_invalid", "shape-json"),
)
"""By how the kind begins."""


def _wrong_type(kind: str, shown: str, error: ErrorDetails) -> tuple[str, str]:
    for start, wanted, remedy in _TYPES:
        if kind.startswith(start):
            given = error["input"]
            what = shown if isinstance(given, str | int | float) else _kind_of(given)
            return f"{what} is not {wanted}", remedy
    return error["msg"], ""


_TYPES = (
    ("int", "a whole number", "Write digits only."),
    ("bool", "true or false", "Write true or false."),
    ("string", "text", "Put the text in quotes."),
    ("tuple", "a list", "Write each entry on a line of its own, beginning with a hyphen."),
    ("dict", "a set of names and values", "Write `name: value`, one a line."),
    ("model", "a set of names and values", "Write `name: value`, one a line."),
    ("date", "a date", "Write it as year-month-day, such as 2027-12-24."),
    ("float", "a number", ""),
)

_ALIASES = {
    "shape-key": Key,
    "shape-e164": E164,
    "shape-time": TimeOfDay,
    "shape-language": Language,
    "shape-country": CountryCode,
    "shape-extension": Extension,
    "shape-exit": Exit,
}
_PATTERNS = {
    str(constraint.pattern): field.description
    for alias in _ALIASES.values()
    for field in get_args(alias)[1:]
    for constraint in field.metadata
    if getattr(constraint, "pattern", None) and field.description
}
_PATTERN_REASONS = {
    str(constraint.pattern): reason
    for reason, alias in _ALIASES.items()
    for field in get_args(alias)[1:]
    for constraint in field.metadata
    if getattr(constraint, "pattern", None)
}


def _kind_of(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case list():
            return "a list"
        case dict():
            return "a set of names and values"
        case _:
            return "this"


def _short(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _characters(count: object) -> str:
    return "1 character" if count == 1 else f"{count} characters"


def _choices(expected: str) -> list[str]:
    """The choices out of pydantic's words: `'a', 'b' or 'c'`."""
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]


def _nearest(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean `{near[0]}`?"
    return f"Possible are {', '.join(f'`{each}`' for each in known)}." if known else ""


# ------------------------------------------------------------------ which model is where


def _settings_of(model: type[DocumentPart] | None) -> list[str]:
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[DocumentPart], path: Path) -> type[DocumentPart] | None:
    """The model of the settings at a path, None where it has none."""
    annotation: object = model
    for step in path:
        annotation = _inside(annotation, step)
    found = _models(annotation)
    return found[0] if found else None


def _inside(annotation: object, step: str | int) -> object:
    if isinstance(step, str) and (found := _models(annotation)):
        fields = {field.alias or name: field for name, field in found[0].model_fields.items()}
        return fields[step].annotation if step in fields else None
    for option in _options(annotation):
        if get_origin(option) in {tuple, dict}:
            return get_args(option)[1 if get_origin(option) is dict else 0]
    return None


def _models(annotation: object) -> list[type[DocumentPart]]:
    return [each for each in _options(annotation) if isinstance(each, type) and issubclass(each, DocumentPart)]


def _options(annotation: object) -> list[object]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _options(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return [option for each in get_args(annotation) for option in _options(each)]
    return [annotation]
