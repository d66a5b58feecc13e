"""Where a person answers: a phone on the desk, the browser, or a number such as a mobile's."""

from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant

_BROWSER = "-browser"


class DeviceKind(StrEnum):
    DESK = "desk"
    """A SIP phone or program that registers under the extension."""
    BROWSER = "browser"
    """The softphone in the console."""
    NUMBER = "number"
    """A number outside, reached over a trunk."""


class Device(msgspec.Struct, frozen=True):
    kind: DeviceKind
    number: str | None = None
    """E.164, for a number."""


class BrowserSession(msgspec.Struct, frozen=True):
    """The page that is a person's softphone: the newest one that said so."""

    id: str
    opened_at: Instant
    registered: bool = False
    """It says so itself, again and again; false also when it has been silent for too long."""


def desk_endpoint(extension: str) -> str:
    """The SIP user of the person's phone."""
    return extension


def browser_endpoint(extension: str) -> str:
    """The SIP user of the person's browser."""
    return f"{extension}{_BROWSER}"


def device_of_endpoint(endpoint: str) -> DeviceKind:
    """Which of a person's two phones registers under this name."""
    return DeviceKind.BROWSER if endpoint.endswith(_BROWSER) else DeviceKind.DESK


def extension_of(endpoint: str) -> str:
    """Under which extension the phone of this name is reached."""
    return endpoint.removesuffix(_BROWSER)
