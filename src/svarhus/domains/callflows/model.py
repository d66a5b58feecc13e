"""Call flows: what a caller meets, as a graph of elements."""

from typing import Annotated

from pydantic import Field, JsonValue

from svarhus.kit.document import DocumentPart, Key, Keyed, Language, UnitRef

Exit = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_\-]{0,47}|[0-9]|\*|#)$")]


class Element(DocumentPart):
    """One step. Its type decides which settings and exits it has; see `elements/`."""

    type: str = Field(pattern=r"^[a-z][a-z_]{0,31}$")
    settings: dict[str, JsonValue] = Field(default={})
    exits: dict[Exit, Key] = Field(default={}, description="Where to go on, by exit. An exit left out ends the call.")


class CallFlow(Keyed):
    """A graph of elements, begun at `start`."""

    unit: UnitRef = None
    language: Language | None = Field(default=None, description="The organisation's language when left out.")
    start: Key
    elements: dict[Key, Element] = Field(min_length=1)
