"""The people of one organisation, as its document has them: what is asked about them knows no more of it than this."""

from typing import Protocol

from svarhus.domains.people.model import OwnRole, Person


class Named(Protocol):
    @property
    def key(self) -> str: ...


class Staff(Protocol):
    """An organisation's people, and the roles that it has made itself."""

    @property
    def organisation(self) -> Named: ...

    @property
    def people(self) -> tuple[Person, ...]: ...

    @property
    def roles(self) -> tuple[OwnRole, ...]: ...
