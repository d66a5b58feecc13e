"""The one way in which lists are paged: `items`, and `next` to hand in as `cursor`."""

from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

from svarhus.kit.database import LONGEST_PAGE, Page

M = TypeVar("M")

Cursor = Annotated[str | None, Query(max_length=1000, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=LONGEST_PAGE, description="Items a page.")]


class Paged(BaseModel, Generic[M]):
    """Some items of a longer list."""

    items: tuple[M, ...]
    next: str | None = Field(description="Cursor of the next page; null at the end.")


def paged(page: Page[M]) -> Paged[M]:
    return Paged(items=page.items, next=page.next)
