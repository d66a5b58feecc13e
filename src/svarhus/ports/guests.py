"""What we ask of the engine for visitors who call from a public page, without a phone of their own."""

from typing import Protocol

import msgspec

from svarhus.kit.ids import OrganisationId


class GuestPhone(msgspec.Struct, frozen=True):
    """A browser's phone for a visitor. Its calls come in as a carrier's do: to the organisation's numbers alone."""

    organisation: OrganisationId
    name: str
    """SIP user name, unique in the installation."""
    password: str
    display: str
    number: str
    """E.164; what is shown to who answers. Calls that go out to it ring in the visitor's browser."""
    language: str = "sv"


class GuestPhones(Protocol):
    async def open(self, phone: GuestPhone) -> None:
        """Let it register and call. Unavailable when the engine does not answer."""
        ...

    async def close(self, name: str) -> None:
        """Let it register and call no more. A call that it is in goes on."""
        ...
