"""A tag in another place of the tree."""

from collections.abc import Sequence

from svarhus.domains.tags.model import Tag, TagTree
from svarhus.kit.errors import Invalid, NotFound


class NoTag(NotFound):
    id = "no-such-tag"
    title = "There is no such tag"


class BelowItself(Invalid):
    id = "tag-below-itself"
    title = "A tag cannot be below itself"


def moved(tags: Sequence[Tag], key: str, parent: str | None, before: str | None) -> tuple[Tag, ...]:
    """The tags with one under another parent (None: at the top), before one of its new neighbours (None: last).

    What is below it follows. NoTag; BelowItself.
    """
    by_key = {tag.key: tag for tag in tags}
    for named in (key, parent, before):
        if named is not None and named not in by_key:
            raise NoTag(f"There is no tag `{named}`.", "Read the tags again; somebody may have deleted it.")
    if parent is not None and any(tag.key == key for tag in TagTree(tags).path(parent)):
        raise BelowItself(f"`{parent}` is below `{key}`.", "Choose a place outside of it.")
    if before is not None and (before == key or by_key[before].parent != parent):
        raise Invalid(f"`{before}` is not beside the new place.", "Name a tag with the same parent, or none.")
    wanted = by_key[key].model_copy(update={"parent": parent})
    others = [tag for tag in tags if tag.key != key]
    place = len(others) if before is None else next(i for i, tag in enumerate(others) if tag.key == before)
    return _as_shown((*others[:place], wanted, *others[place:]))


def _as_shown(tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """Each after its parent, as whoever reads the file expects it."""
    below: dict[str | None, list[Tag]] = {}
    for tag in tags:
        below.setdefault(tag.parent, []).append(tag)
    found: list[Tag] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        tag = waiting.pop()
        found.append(tag)
        waiting.extend(reversed(below.get(tag.key, [])))
    return tuple(found)
