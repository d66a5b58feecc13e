"""What we ask of mail: to be brought to one address."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

import msgspec

from svarhus.kit.clock import Instant


@dataclass(frozen=True)
class MailServer:
    """Who takes our mail (RFC 6409, or a relay in the house)."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    """From the first byte on, from STARTTLS on, or not at all."""
    user: str = ""
    password: str = field(default="", repr=False)


class Mail(msgspec.Struct, frozen=True):
    """One mail in plain text, perhaps with a calendar file."""

    id: str
    """The same at each attempt: becomes the Message-ID, by which a double is known."""
    at: Instant
    """When it was written."""
    sender: str
    """An address."""
    sender_name: str
    receiver: str
    """An address."""
    subject: str
    text: str
    calendar: str = ""
    """RFC 5545, with the method that it has (RFC 5546)."""


class MailSender(Protocol):
    async def send(self, mail: Mail) -> None:
        """Hand it over. NotSent. Ends within a minute, whatever happens."""
        ...
