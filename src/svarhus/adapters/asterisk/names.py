"""How our things are called inside Asterisk, and what a channel's arguments say."""

from dataclasses import dataclass
from urllib.parse import unquote

from svarhus.adapters.asterisk import identity
from svarhus.adapters.asterisk.configuration import APPLICATION
from svarhus.adapters.asterisk.wire import Bridge, Channel
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.kit.text import seen
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


def owner(organisation: OrganisationId, kind: str, name: str, dialled_in: str = "") -> str:
    """What an endpoint's calls carry: whose they are, by which trunk or phone they come, and, for a trunk, the
    header in which it says what was dialled."""
    return f"{organisation}/{kind}/{name}" + (f"/{dialled_in}" if dialled_in else "")


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
    said = _Said(*(unquote(text) for text in [*arguments[2:], *[""] * 9][:9]))
    _, kind, name = [*arguments[1].split("/", 3), "", ""][:3]
    who = identity.caller(channel.caller.number, channel.caller.name, said.asserted, said.privacy)
    # The engine's own word counts where nothing was asserted: it knows the older headers too.
    hidden = said.presentation.startswith("prohib") and not any(said.asserted)
    withheld = hidden or who.number is None or who.number.lower() in WITHHELD
    diverted = [line for line in (said.diversion, said.history, said.history_on) if line]
    return CallOffered(
        leg=LegId(channel.id),
        dialled=seen(identity.dialled(said.dialled)),
        caller=None if withheld else seen(who.number or "") or None,
        caller_name="" if withheld else seen(who.name),
        trunk=name if kind == "trunk" else None,
        endpoint=name if kind == "phone" else None,
        diversion=seen((said.diverted_by if diverted else said.redirecting) or "") or None,
    )


@dataclass(frozen=True)
class _Said:
    """A channel's arguments behind its owner, in the order in which the dialplan writes them."""

    dialled: str
    presentation: str
    redirecting: str
    first_asserted: str
    second_asserted: str
    privacy: str
    diversion: str
    history: str
    history_on: str

    @property
    def asserted(self) -> tuple[str, str]:
        return self.first_asserted, self.second_asserted

    @property
    def diverted_by(self) -> str | None:
        return identity.diverted_by([self.diversion], [self.history, self.history_on], self.privacy)
