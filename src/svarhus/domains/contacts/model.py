"""External contacts: people and companies outside the organisation whom it has to do with."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NewType

import msgspec

from svarhus.kit.clock import Instant

ContactId = NewType("ContactId", str)


class NumberLabel(StrEnum):
    WORK = "work"
    MOBILE = "mobile"
    HOME = "home"
    OTHER = "other"
    EXTENSION = "extension"
    """Of a colleague: the number inside."""


class Numbered(msgspec.Struct, frozen=True):
    """A number at which somebody is reached."""

    number: str
    """E.164; a short number of the country such as 1177; an extension for a colleague's own."""
    label: NumberLabel = NumberLabel.WORK
    note: str = ""
    """What was written beside it: `x12, vxl`."""

    @property
    def written(self) -> str:
        """As it is read again."""
        return f"{self.number} {self.note}".rstrip()


class ContactCard(msgspec.Struct, frozen=True):
    """What is known of a contact."""

    name: str
    company: str = ""
    title: str = ""
    department: str = ""
    place: str = ""
    email: str = ""
    numbers: tuple[Numbered, ...] = ()
    tags: tuple[str, ...] = ()
    fields: Mapping[str, str] = {}
    """Own fields: values by their labels."""
    notes: str = ""


class Contact(msgspec.Struct, frozen=True):
    """A contact as it is kept."""

    id: ContactId
    card: ContactCard
    changed_at: Instant
    changed_by: str


class EntryKind(StrEnum):
    COLLEAGUE = "colleague"
    CONTACT = "contact"


class Position(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Where an entry stands in a list of findings: compared field by field, the lowest first."""

    rank: int
    """0: the name begins with what was searched for; 1: words of the name do; 2: the name has it; 3: else."""
    common: int
    """0 for a favourite, else 1."""
    kind: int
    """0 for a colleague, 1 for a contact."""
    name: str
    """The sort key of the name."""
    key: str


class Entry(msgspec.Struct, frozen=True):
    """A line of the directory: a colleague or a contact."""

    kind: EntryKind
    key: str
    """Key of the person, or id of the contact."""
    name: str
    company: str
    title: str
    department: str
    place: str
    email: str
    numbers: tuple[Numbered, ...]
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    units: tuple[str, ...]
    favourite: bool


class Found(msgspec.Struct, frozen=True):
    """An entry, and where it stands in the list."""

    entry: Entry
    position: Position
