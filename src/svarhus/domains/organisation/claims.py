"""What only one organisation in the installation may have: by it we know whose a sign-in, a phone or a call is."""

import ipaddress
from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from svarhus.domains.numbers.model import Number, Trunk
from svarhus.domains.organisation.difference import Difference
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.reading import Path
from svarhus.domains.organisation.shape import Finding
from svarhus.domains.people.model import Person
from svarhus.domains.presence.device import browser_endpoint
from svarhus.domains.queues.model import Queue
from svarhus.kit.document import DocumentPart
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


class Claim(msgspec.Struct, frozen=True, order=True):
    """A name that only one in the whole installation may have."""

    kind: str
    value: str
    key: str
    """Of the person, queue, trunk or number that has it."""

    @property
    def network(self) -> Network | None:
        """For the address of a trunk or of a carrier with which one registers."""
        return network_of(self.value.partition(" ")[0]) if self.kind in NETWORKS else None


CLAIMING = ("people", "queues", "numbers", "trunks")
"""Lists whose parts have such names."""


def claims_of(configuration: Configuration) -> dict[Path, Claim]:
    """All that a configuration claims, by where it stands there."""
    whose = configuration.organisation.key
    return {
        (list_name, index, *inner): claim
        for list_name in CLAIMING
        for index, part in enumerate(getattr(configuration, list_name))
        for inner, claim in _claims(whose, part)
    }


class Claims(msgspec.Struct, frozen=True):
    """What one change does to the claims of an organisation."""

    gone: frozenset[Claim]
    come: Mapping[Path, Claim]
    """By where they stand, without those that stay."""
    twice: frozenset[Path]
    """Of those: what the organisation itself has already."""
    kept: frozenset[tuple[str, str]]
    """Kinds and values that it had before, also where it was given twice before that was looked at."""
    everything: bool = False
    """These are all that there are, whatever there was."""

    def refused(self, taken: frozenset[Claim]) -> Iterator[tuple[Path, Claim]]:
        """Those that the organisation cannot have. `taken`: what another one has."""
        for path, claim in self.come.items():
            if (claim.kind, claim.value) not in self.kept and (claim in taken or path in self.twice or unfit(claim)):
                yield path, claim


def all_claims(before: Configuration | None, after: Configuration) -> Claims:
    """All that a configuration claims after the change."""
    come = claims_of(after)
    kept = frozenset((claim.kind, claim.value) for claim in claims_of(before).values()) if before else frozenset()
    return Claims(frozenset(), come, frozenset(doubles(come)), kept, everything=True)


def claims_changed(before: Configuration, after: Configuration, difference: Difference) -> Claims:
    """`before`: a configuration in which nothing is given twice."""
    whose = after.organisation.key
    gone: set[Claim] = set()
    come: dict[Path, Claim] = {}
    for list_name in CLAIMING:
        differing = difference.of(list_name)
        gone.update(claim for part in differing.old.values() for _, claim in _claims(whose, part))
        new = {id(part) for part in differing.new.values()}
        for index, part in enumerate(getattr(after, list_name) if new else ()):
            if id(part) in new:
                come |= {(list_name, index, *inner): claim for inner, claim in _claims(whose, part)}
    stay = gone.intersection(come.values())
    come = {path: claim for path, claim in come.items() if claim not in stay}
    kept = frozenset((claim.kind, claim.value) for claim in gone)
    return Claims(frozenset(gone - stay), come, frozenset(_doubles_in(after, come)), kept)


def _doubles_in(after: Configuration, come: Mapping[Path, Claim]) -> Iterator[Path]:
    """Only networks can be given twice in a faultless configuration."""
    new = {path: claim for path, claim in come.items() if claim.network is not None}
    if new:
        trunks = claims_of(Configuration(organisation=after.organisation, trunks=after.trunks))
        old = {path: claim for path, claim in trunks.items() if path not in new}
        yield from (path for path in doubles({**old, **new}) if path in new)


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
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    networks: list[Claim] = []
    for path, claim in claims.items():
        if claim.network is not None:
            if any(other.key != claim.key and overlapping(other, claim) for other in networks):
                yield path
            networks.append(claim)
        else:
            if names[claim.kind, claim.value] - {claim.key}:
                yield path
            names[claim.kind, claim.value].add(claim.key)


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
    alike: dict[tuple[str, str], list[tuple[OrganisationId, Claim]]] = defaultdict(list)
    for whose, claim in held:
        alike[("", "") if claim.network else (claim.kind, claim.value)].append((whose, claim))
    found = []
    for whose, claim in held:
        rivals = alike[("", "") if claim.network else (claim.kind, claim.value)]
        rivals.pop(0)
        for other, rival in rivals:
            if whose != other and overlapping(claim, rival):
                found.append(f"{_name(claim)} of `{whose}` and {_name(rival)} of `{other}`")
    return found


def _name(claim: Claim) -> str:
    return f"{claim.kind.replace('_', ' ')} {claim.value}"


def _claims(whose: str, part: DocumentPart) -> Iterator[tuple[Path, Claim]]:
    """What a part claims, and where in it. `whose`: the key of the organisation."""
    match part:
        case Person():
            yield ("email",), Claim(EMAIL, part.email.lower(), part.key)
            if part.extension:
                yield ("extension",), Claim(SIP_NAME, part.extension, part.key)
        case Queue():
            if part.extension:
                yield ("extension",), Claim(SIP_NAME, part.extension, part.key)
        case Number():
            yield ("number",), Claim(NUMBER, part.number, part.number)
        case Trunk():
            yield from _claims_of_trunk(whose, part)


def _claims_of_trunk(whose: str, trunk: Trunk) -> Iterator[tuple[Path, Claim]]:
    if trunk.accepts_registration:
        yield ("username",), Claim(SIP_NAME, _as_phone(trunk.username), trunk.key)
    for place, address in enumerate(trunk.addresses):
        yield ("addresses", place), _place(address, trunk.key)
    if trunk.register_ and trunk.host:
        # Calls that come from there are taken for its calls too.
        host = network_of(trunk.host.partition(":")[0])
        if host:
            yield ("host",), Claim(TRUNK_HOST, f"{host} {whose}", trunk.key)


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


def refusal(path: Path, claim: Claim, taken: bool, twice: bool) -> Finding:
    """Why a claim cannot be had. `taken`: somebody else has it; `twice`: the document gives it twice."""
    shown = claim.value.partition(" ")[0]
    if taken:
        words, reason = f"`{shown}` is taken in this installation, or lies within what is", "taken-here"
    elif twice:
        words, reason = f"`{shown}` is given twice", "named-twice"
    else:
        words, reason = unfit(claim) or "", "not-to-have"
    return Finding(path, words, "Choose another.", reason, (shown,))
