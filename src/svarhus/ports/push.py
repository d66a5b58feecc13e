"""What we ask of browsers' push services: to bring a short message to a device whose page is perhaps not open."""

from enum import StrEnum
from typing import Protocol

import msgspec


class PushTarget(msgspec.Struct, frozen=True):
    """One browser on one device, as it describes itself."""

    endpoint: str
    """Address at the browser's push service; whoever knows it can send."""
    public_key: bytes
    """P-256, uncompressed: 65 bytes."""
    secret: bytes
    """16 bytes."""


class PushOutcome(StrEnum):
    TAKEN = "taken"
    """The push service will bring it."""
    GONE = "gone"
    """The browser takes no more of them: forget it."""
    FAILED = "failed"
    """Not this time."""


class PushSender(Protocol):
    @property
    def public_key(self) -> str:
        """With what browsers subscribe: base64url of the uncompressed P-256 point."""
        ...

    def may_send_to(self, endpoint: str) -> bool:
        """Whether the address belongs to a push service, and not to anything else that we could be made to call."""
        ...

    async def send(self, target: PushTarget, message: bytes, seconds: int) -> PushOutcome:
        """Hand it over, to be brought within `seconds` or not at all. Ends within ten seconds, whatever happens."""
        ...
