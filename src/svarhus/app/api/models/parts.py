"""Lists of parts of the configuration."""

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from svarhus.kit.document import DocumentPart

P = TypeVar("P", bound=DocumentPart)


class Listed(BaseModel, Generic[P]):
    """Some parts of a list, in the order of the document."""

    items: tuple[P, ...]
    next: str | None = Field(description="Cursor of the next page; null at the end.")
