"""Whether the tags make a tree: no circle, not too deep, and no tag in a queue that its parent is not in."""

from collections.abc import Iterator, Mapping

from svarhus.domains.organisation.draft import Draft
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.tags.model import DEEPEST, Tag


def faulty_tags(draft: Draft) -> Iterator[Finding]:
    """Everything wrong among the tags, beyond their shape and what they name."""
    tags = {tag.key: tag for _, tag in draft.each("tags", Tag)}
    for path, tag in draft.each("tags", Tag):
        above = _above(tags, tag)
        if above is None:
            yield Finding(
                (*path, "parent"),
                f"`{tag.key}` is above itself",
                "Choose a parent that is not below it.",
                reason="above-itself",
                values=(tag.key,),
            )
            continue
        if len(above) >= DEEPEST:
            yield Finding(
                (*path, "parent"),
                f"the tag is on level {len(above) + 1}",
                f"There are at most {DEEPEST} levels.",
                reason="tag-too-deep",
                values=(str(len(above) + 1),),
            )
        yield from _queues(path, tag, above)
    yield from _same_names(draft)


def _above(tags: Mapping[str, Tag], tag: Tag) -> list[Tag] | None:
    """The tags above it, the nearest first; None when it is one of them."""
    above: dict[str, Tag] = {}
    parent = tags.get(tag.parent) if tag.parent else None
    while parent is not None:
        if parent.key == tag.key:
            return None
        if parent.key in above:
            break
        above[parent.key] = parent
        parent = tags.get(parent.parent) if parent.parent else None
    return list(above.values())


def _queues(path: Path, tag: Tag, above: list[Tag]) -> Iterator[Finding]:
    limiting = next((each for each in above if each.queues), None)
    if limiting is None:
        return
    for index, queue in enumerate(tag.queues):
        if queue not in limiting.queues:
            yield Finding(
                (*path, "queues", index),
                f"the tag `{limiting.key}` above it is not for the queue `{queue}`",
                f"Add the queue to `{limiting.key}`, or take it out here.",
                reason="tag-queue",
                values=(limiting.key, queue),
            )


def _same_names(draft: Draft) -> Iterator[Finding]:
    first: dict[tuple[str | None, str], str] = {}
    for path, tag in draft.each("tags", Tag):
        name = (tag.parent, tag.name.casefold())
        if name in first:
            yield Finding(
                (*path, "name"),
                f"the tag `{first[name]}` beside it has the same name",
                "Give each a name of its own.",
                reason="same-name",
                values=(first[name],),
            )
        first.setdefault(name, tag.key)
