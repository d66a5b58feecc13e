"""Tags that mark what a case was about, in levels."""

from collections.abc import Iterable, Mapping

from pydantic import Field

from svarhus.kit.document import Key, Keyed, UnitRef

DEEPEST = 5
"""Levels that a tree of tags may have: more cannot be found again by whoever has a caller waiting."""


class Tag(Keyed):
    """A mark for cases. Tags are shown in the order of the document, each under its parent."""

    unit: UnitRef = None
    parent: Key | None = Field(default=None, description="The tag above it; without one it is at the top.")
    queues: tuple[Key, ...] = Field(
        default=(), description="Whose cases may have it. None named: those of the parent; at the top, all."
    )
    active: bool = Field(
        default=True, description="An inactive tag, and all below it, stays where it was set and cannot be set anew."
    )


class TagTree:
    """Questions about the tags of one organisation. The tags are coherent: every parent exists, none is its own."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self._tags: Mapping[str, Tag] = {tag.key: tag for tag in tags}

    def path(self, key: str) -> tuple[Tag, ...]:
        """The tag and those above it, from the top down. Empty when there is no such tag any more."""
        found: list[Tag] = []
        tag = self._tags.get(key)
        while tag is not None:
            found.append(tag)
            tag = self._tags.get(tag.parent) if tag.parent else None
        return tuple(reversed(found))

    def label(self, key: str) -> str:
        """The names from the top down: `Läkemedel › Receptförnyelse`; the key when the tag is gone."""
        return " › ".join(tag.name for tag in self.path(key)) or key

    def queues(self, key: str) -> frozenset[str] | None:
        """The queues whose cases may have the tag; None: all."""
        for tag in reversed(self.path(key)):
            if tag.queues:
                return frozenset(tag.queues)
        return None

    def settable(self, key: str, queue: str | None) -> bool:
        """Whether a case of this queue may be given the tag now. A case without a queue takes any."""
        path = self.path(key)
        if not path or not all(tag.active for tag in path):
            return False
        queues = self.queues(key)
        return queue is None or queues is None or queue in queues

    def of_queue(self, queue: str | None) -> tuple[Tag, ...]:
        """All tags that a case of this queue may be given now, in the order of the document."""
        return tuple(tag for tag in self._tags.values() if self.settable(tag.key, queue))
