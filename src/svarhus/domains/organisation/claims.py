"""What only one organisation in the installation may have: by it we know whose a sign-in, a phone or a call is."""

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.reading import Path
from svarhus.domains.presence.device import browser_endpoint
from svarhus.kit.ids import OrganisationId

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

EMAIL, SIP_NAME, NUMBER, TRUNK_ADDRESS, TRUNK_HOST = "email", "sip_name", "number", "trunk_address", "trunk_host"

NETWORKS = (TRUNK_ADDRESS, TRUNK_HOST)

OWN_NAMES = ("guest-", "trunk-", "svarhus")
"""How SIP names begin that we give ourselves: to visitors, and to trunks that are known by their addresses."""

BROWSERS = ipaddress.ip_network("127.0.83.0/24")
"""From here our own browsers' calls come."""

WIDEST = {4: 8, 6: 32}
"""The shortest prefixes, by IP version, that may be one carrier's."""


@dataclass(frozen=True, order=True)
class Claim:
    """A name that only one in the whole installation may have."""

    kind: str
    value: str
    key: str
    """Of the person, queue, trunk or number that has it."""

    @property
    def network(self) -> Network | None:
        """For the address of a trunk or of a carrier with which one registers."""
        return network_of(self.value.partition(" ")[0]) if self.kind in NETWORKS else None


def claims_of(configuration: Configuration) -> dict[Path, Claim]:
    """All that a configuration claims, by where it stands there."""
    return dict(_claims(configuration))


def network_of(text: str) -> Network | None:
    """The network of an address or a network as it is written; None for a name."""
    try:
        network = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return None
    if isinstance(network, ipaddress.IPv6Network) and network.network_address.ipv4_mapped and network.prefixlen >= 96:
        inner = f"{network.network_address.ipv4_mapped}/{network.prefixlen - 96}"
        return ipaddress.ip_network(inner, strict=False)
    return network


def overlapping(one: Claim, other: Claim) -> bool:
    """Whether it could not be told whose a name is, or a call.

    Several may register with the same carrier: such calls carry a mark of whom they are for.
    """
    first, second = one.network, other.network
    if first is None or second is None:
        return (one.kind, one.value) == (other.kind, other.value)
    return TRUNK_ADDRESS in (one.kind, other.kind) and _overlap(first, second)


def doubles(claims: Mapping[Path, Claim]) -> Iterator[Path]:
    """Where one organisation gives something twice that tells calls or phones apart."""
    listed = list(claims.items())
    for place, (path, claim) in enumerate(listed):
        if any(other.key != claim.key and overlapping(other, claim) for _, other in listed[:place]):
            yield path


def unfit(claim: Claim) -> str | None:
    """Why nobody may have it, whoever asks; None when it can be had."""
    if claim.kind == TRUNK_ADDRESS:
        return _unfit_address(claim)
    if claim.kind == SIP_NAME and claim.value.lower().startswith(OWN_NAMES):
        return f"`{claim.value}` begins as names that the installation gives itself"
    return None


def clashes(configurations: Mapping[OrganisationId, Configuration]) -> list[str]:
    """In words, what several organisations have, from times when it was not looked at."""
    held = [(whose, claim) for whose, one in configurations.items() for claim in claims_of(one).values()]
    found = []
    for place, (whose, claim) in enumerate(held):
        for other, rival in held[place + 1 :]:
            if whose != other and overlapping(claim, rival):
                found.append(f"{_name(claim)} of `{whose}` and {_name(rival)} of `{other}`")
    return found


def _name(claim: Claim) -> str:
    return f"{claim.kind.replace('_', ' ')} {claim.value}"


def _claims(configuration: Configuration) -> Iterator[tuple[Path, Claim]]:
    for index, person in enumerate(configuration.people):
        yield ("people", index, "email"), Claim(EMAIL, person.email.lower(), person.key)
        if person.extension:
            yield ("people", index, "extension"), Claim(SIP_NAME, person.extension, person.key)
    for index, queue in enumerate(configuration.queues):
        if queue.extension:
            yield ("queues", index, "extension"), Claim(SIP_NAME, queue.extension, queue.key)
    for index, number in enumerate(configuration.numbers):
        yield ("numbers", index, "number"), Claim(NUMBER, number.number, number.number)
    for index, trunk in enumerate(configuration.trunks):
        if trunk.accepts_registration:
            yield ("trunks", index, "username"), Claim(SIP_NAME, _as_phone(trunk.username), trunk.key)
        for place, address in enumerate(trunk.addresses):
            yield ("trunks", index, "addresses", place), _place(address, trunk.key)
        if trunk.register_ and trunk.host:
            # Calls that come from there are taken for its calls too.
            host = network_of(trunk.host.partition(":")[0])
            if host:
                yield (
                    ("trunks", index, "host"),
                    Claim(TRUNK_HOST, f"{host} {configuration.organisation.key}", trunk.key),
                )


def _as_phone(username: str) -> str:
    """A person has two SIP names; whoever has one of them has both."""
    extension = username.partition("-")[0]
    return extension if username == browser_endpoint(extension) else username


def _place(text: str, key: str) -> Claim:
    network = network_of(text)
    return Claim(TRUNK_ADDRESS, str(network) if network else text.strip().lower(), key)


def _overlap(one: Network, other: Network) -> bool:
    if isinstance(one, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and one.overlaps(other)
    return isinstance(other, ipaddress.IPv6Network) and one.overlaps(other)


def _unfit_address(claim: Claim) -> str | None:
    network = claim.network
    if network is None:
        return f"`{claim.value}` is neither an address nor a network: a name could lead to another's"
    first = network.network_address
    if first.is_multicast or first.is_unspecified or network.prefixlen < WIDEST[network.version]:
        return f"`{claim.value}` is no address of a carrier"
    if first.is_loopback and network.prefixlen < network.max_prefixlen:
        return f"`{claim.value}` is this machine itself"
    if _overlap(network, BROWSERS):
        return f"`{claim.value}` is where our own browsers' calls come from"
    return None
