"""How our things are called inside Asterisk, and what a channel's arguments say."""

from urllib.parse import unquote

from svarhus.adapters.asterisk.configuration import APPLICATION
from svarhus.adapters.asterisk.wire import Bridge, Channel
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.ports.telephony import CallOffered

PHONES = f"{APPLICATION}-phones"
"""A second application on the same socket for the state of phones. Subscribing the first one to
endpoints would give every channel event twice."""

STATE = "SVARHUS_STATE"
"""Channel variable with what a new process must know of a leg."""

OFFERED, DIALLED, SNOOP = "offered", "dialled", "snoop"
"""First application argument of a channel: a call that came in, one that we made, an ear on another."""

WITHHELD = frozenset({"", "anonymous", "unknown", "unavailable", "restricted", "private", "asterisk"})


def trunk_endpoint(organisation: OrganisationId, key: str) -> str:
    """Organisations may use the same key, so the name carries both; neither contains a slash."""
    return f"trunk-{organisation}-{key}"


def owner(organisation: OrganisationId, kind: str, name: str) -> str:
    """What an endpoint's calls carry: whose they are and by which trunk or phone they come."""
    return f"{organisation}/{kind}/{name}"


def bridge_name(organisation: OrganisationId) -> str:
    return f"{APPLICATION}/{organisation}"


def bridge_owner(bridge: Bridge) -> OrganisationId | None:
    """None when the bridge is not a join of ours."""
    application, _, organisation = bridge.name.partition("/")
    return OrganisationId(organisation) if application == APPLICATION and organisation else None


def arguments_of(channel: Channel) -> list[str]:
    """The application arguments of a channel found in a list; empty when it is not with us."""
    application, *arguments = channel.dialplan.app_data.split(",")
    return arguments if channel.dialplan.app_name == "Stasis" and application == APPLICATION else []


def organisation_of(arguments: list[str]) -> OrganisationId | None:
    if len(arguments) < 3 or arguments[0] not in (OFFERED, DIALLED):
        return None
    return OrganisationId(arguments[1].partition("/")[0]) or None


def offer_of(channel: Channel, arguments: list[str]) -> CallOffered | None:
    """The offer that a channel's arguments describe; None for a leg that we dialled."""
    if arguments[0] != OFFERED:
        return None
    padded = [*arguments, "", "", ""]
    _, kind, name = [*padded[1].split("/", 2), "", ""][:3]
    number = channel.caller.number
    withheld = number.lower() in WITHHELD or padded[3].startswith("prohib")
    return CallOffered(
        leg=LegId(channel.id),
        dialled=unquote(padded[2]),
        caller=None if withheld else number,
        caller_name="" if withheld else channel.caller.name,
        trunk=name if kind == "trunk" else None,
        endpoint=name if kind == "phone" else None,
        diversion=unquote(padded[4]) or None,
    )
