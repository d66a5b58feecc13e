"""The one way in which lists are paged: `items`, and `next` to hand in as `cursor`."""

from collections.abc import Callable, Sequence
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


def page_of(items: Sequence[M], key: Callable[[M], str], cursor: str | None, limit: int) -> Page[M]:
    """A page of what is in memory, in the order of its keys. The cursor is the key of the last item before."""
    rest = [item for item in items if cursor is None or key(item) > cursor]
    page = tuple(rest[:limit])
    return Page(page, key(page[-1]) if len(rest) > limit else None)


def paged(page: Page[M]) -> Paged[M]:
    return Paged(items=page.items, next=page.next)
