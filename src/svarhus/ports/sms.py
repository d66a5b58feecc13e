"""What we ask of text messages: to be brought to one mobile phone, and to be told what became of them."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

import msgspec

from svarhus.kit.clock import Instant


@dataclass(frozen=True)
class HttpProvider:
    """A provider with an interface in the manner of 46elks (https://46elks.com/docs/send-sms)."""

    url: str
    """To which messages are posted."""
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class SmppProvider:
    """A provider whom we reach over SMPP 3.4."""

    host: str
    port: int
    tls: bool
    user: str
    """`system_id`."""
    password: str = field(repr=False)
    system_type: str = ""


class Sms(msgspec.Struct, frozen=True):
    """One text message; a long one goes in several parts."""

    sender: str
    """E.164, or up to eleven letters and digits."""
    receiver: str
    """E.164."""
    text: str
    report_to: str = ""
    """Address at which we want to be told what becomes of it; empty when we cannot be reached."""


class Accepted(msgspec.Struct, frozen=True):
    """The provider will bring it."""

    id: str
    """By which the provider calls it."""
    parts: int = 1


class IncomingSms(msgspec.Struct, frozen=True):
    """A text that somebody has sent to us, as the provider tells of it."""

    id: str
    """By which the provider calls it; empty where it has no name."""
    sender: str
    receiver: str
    text: str


class SmsSender(Protocol):
    async def send(self, sms: Sms) -> Accepted:
        """Hand it over. NotSent. Ends within a minute, whatever happens."""
        ...

    async def sent_since(self, sms: Sms, since: Instant) -> tuple[Accepted, ...]:
        """Messages with these words to this receiver that were taken since then: asked when an answer was lost.

        Empty: none, or the provider cannot tell. NotSent when it cannot be asked now.
        """
        ...


class ReportState(StrEnum):
    """What became of a message."""

    DELIVERED = "delivered"
    FAILED = "failed"


class Report(msgspec.Struct, frozen=True):
    """What a provider tells of a message that it took."""

    id: str
    state: ReportState
    reason: str = ""
    """In the provider's words."""
