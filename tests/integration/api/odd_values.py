"""Values of the right kind, or nearly, that programs trip over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from svarhus.kit.database import encoded_cursor

Shape = Mapping[str, Any]
"""A part of the OpenAPI document."""

EARLY, LATE = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"
NUL, HALF = "a\0b", "\ud800"

OF_FORMAT = {
    "date-time": (EARLY, LATE, "2027-02-29T00:00:00Z"),
    "date": ("0001-01-01", "9999-12-31", "2027-02-29"),
}
OF_TYPE: Mapping[str, tuple[object, ...]] = {
    "integer": (2**31, 2**63, 10**400),
    "number": (10**400,),
    "array": ([NUL, HALF],),
    "object": ({HALF: HALF},),
    "string": (NUL, HALF),
}
CURSORS = tuple(
    encoded_cursor(values)
    for values in ([["t", EARLY], ["v", "a"]], [["t", LATE], ["v", "a"]], [["v", NUL]], [["v", HALF]], [["v", 2**63]])
)


@dataclass(frozen=True)
class Odd:
    """A request in which one value is odd."""

    method: str
    path: str
    what: str
    json: object = None
    headers: Mapping[str, str] = field(default_factory=dict)


def odd_requests(document: Mapping[str, Any]) -> Iterator[Odd]:
    """For every place of every operation, each odd value of its kind."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield from _Operation(document, method.upper(), path, operation).odd()


class _Operation:
    def __init__(self, document: Mapping[str, Any], method: str, path: str, operation: Shape) -> None:
        self._document = document
        self._method = method
        self._path = path
        self._parameters = operation.get("parameters", [])
        sent = operation.get("requestBody", {}).get("content", {}).get("application/json")
        self._body = self._resolved(sent["schema"]) if sent else None

    def odd(self) -> Iterator[Odd]:
        right = self._right(self._body) if self._body else None
        for parameter in self._parameters:
            name, place = parameter["name"], parameter["in"]
            for value in self._odd_texts(name, parameter["schema"]):
                what = f"{place} {name}={value[:40]!r}"
                if place == "path":
                    yield Odd(self._method, self._address({name: value}), what, right)
                elif place == "query":
                    query = urlencode({name: value}, errors="surrogatepass")
                    yield Odd(self._method, f"{self._address()}?{query}", what, right)
                elif value.isascii() and value.isprintable():
                    yield Odd(self._method, self._address(), what, right, {name: value})
        for name, shape in (self._body or {}).get("properties", {}).items():
            for odd in self._odd_values(shape):
                sent = {**(right if isinstance(right, dict) else {}), name: odd}
                yield Odd(self._method, self._address(), f"body {name}={str(odd)[:40]!r}", sent)

    def _address(self, others: Mapping[str, str] | None = None) -> str:
        address = self._path
        for parameter in self._parameters:
            name = parameter["name"]
            if parameter["in"] == "path":
                value = (others or {}).get(name) or str(self._right(parameter["schema"]))
                address = address.replace(f"{{{name}}}", quote(value.encode("utf-8", "surrogatepass"), safe=""))
        return address

    def _odd_texts(self, name: str, shape: Shape) -> Iterator[str]:
        if name == "cursor":
            yield from CURSORS
        yield from (str(value) for value in self._odd_values(shape))

    def _odd_values(self, shape: Shape) -> Iterator[object]:
        for each in self._choices(shape):
            yield from OF_FORMAT.get(each.get("format", ""), OF_TYPE.get(each.get("type", ""), ()))

    def _choices(self, shape: Shape) -> Iterator[Shape]:
        shape = self._resolved(shape)
        choices = [*shape.get("anyOf", ()), *shape.get("oneOf", ())]
        if not choices:
            yield shape
        for choice in choices:
            yield from self._choices(choice)

    def _resolved(self, shape: Shape) -> Shape:
        while "$ref" in shape:
            shape = self._document["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        return shape

    def _right(self, shape: Shape) -> object:
        """A value that is near to right."""
        shape = next(self._choices(shape), {})
        for known in ("default", "const"):
            if known in shape:
                return shape[known]
        if "enum" in shape:
            return shape["enum"][0]
        match shape.get("type"), shape.get("format"):
            case "string", "date-time":
                return "2027-12-01T10:00:00Z"
            case "string", "date":
                return "2027-12-01"
            case "string", _:
                return "+46701740605" if "+" in shape.get("pattern", "") else "abc"
            case (("integer" | "number"), _):
                return shape.get("minimum", 1)
            case "boolean", _:
                return True
            case "array", _:
                return []
            case "object", _:
                needed = shape.get("required", [])
                return {
                    name: self._right(inner) for name, inner in shape.get("properties", {}).items() if name in needed
                }
        return None
