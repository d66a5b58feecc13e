"""Where a tag is moved to."""

from pydantic import BaseModel, Field

from svarhus.kit.document import Key


class TagPlace(BaseModel):
    """Where a tag is to be."""

    parent: Key | None = Field(default=None, description="The tag above it; null: at the top.")
    before: Key | None = Field(default=None, description="The neighbour that comes after it; null: it is the last.")
