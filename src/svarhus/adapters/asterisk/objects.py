"""The objects of PJSIP that a person's phone and a trunk consist of."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from svarhus.adapters.asterisk.configuration import APPLICATION, TRUNKS
from svarhus.adapters.asterisk.names import owner, trunk_endpoint
from svarhus.kit.ids import OrganisationId
from svarhus.ports.telephony import Endpoint, Transport, Trunk

Fields = Mapping[str, str]

Key = tuple[str, str]
"""Kind and name of an object."""


@dataclass(frozen=True)
class PjsipObject:
    """One object: PUT /asterisk/config/dynamic/res_pjsip/KIND/NAME."""

    kind: str
    name: str
    fields: tuple[tuple[str, str], ...]

    @property
    def key(self) -> Key:
        return self.kind, self.name


COMMON: Fields = {
    "context": APPLICATION,
    # Re-INVITEs that move the sound past us would take it from recording, digits and listening in.
    "direct_media": "no",
    # Who is shown to a party is decided by us, not by who it is joined with.
    "send_connected_line": "no",
    "trust_connected_line": "no",
    "rtp_symmetric": "yes",
    "force_rport": "yes",
    "dtmf_mode": "auto_info",
    # A party that hears silence gets a packet now and then, which keeps NATs and carriers content.
    "rtp_keepalive": "10",
    "allow_subscribe": "no",
    "notify_early_inuse_ringing": "no",
}

PHONE_FORMATS = "alaw,ulaw,g722,opus"
"""Cheapest first: callers come with G.711, and every other pair has to be converted."""

BROWSER_FORMATS = "opus,ulaw"
"""Opus bears the losses of wireless networks."""

NO_BROWSER: Fields = {
    # What `webrtc` has switched on stays on when it is switched off. An endpoint that is deleted and made
    # again instead is lost to ARI now and then: neither its state nor its changes are told.
    "webrtc": "no",
    "rtcp_mux": "no",
    "use_avpf": "no",
    "ice_support": "no",
    "media_use_received_transport": "no",
    "media_encryption": "no",
    "bundle": "no",
    "dtls_auto_generate_cert": "no",
}

DEATH_BY_SILENCE: Fields = {
    # A page that was reloaded leaves a dead leg, and a page that lives always sends sound.
    "timers": "yes",
    "rtp_timeout": "10",
    "rtp_timeout_hold": "300",
}

ASKED_WHETHER_IT_LIVES: Fields = {
    # Who is muted, waits or is on hold may send nothing for long. The other side is asked in the dialog every 45 s
    # (RFC 4028), also when it knows of no session timers; one that is dead ends within 105 s.
    "timers": "always",
    "timers_min_se": "90",
    "timers_sess_expires": "90",
    "rtp_timeout": "0",
    "rtp_timeout_hold": "0",
}

PHONE: Fields = {
    **ASKED_WHETHER_IT_LIVES,
    **NO_BROWSER,
    "allow": f"!all,{PHONE_FORMATS}",
    "rewrite_contact": "yes",
}

BROWSER: Fields = {
    # No `transport`: an inherited one keeps the INVITE from ever reaching the socket.
    "webrtc": "yes",
    "dtls_auto_generate_cert": "yes",
    "allow": f"!all,{BROWSER_FORMATS}",
    **DEATH_BY_SILENCE,
}

TRUNK: Fields = {
    "context": TRUNKS,
    "allow": f"!all,{PHONE_FORMATS}",
    # A carrier's word on the caller's number and on its being withheld is taken.
    "trust_id_inbound": "yes",
    "send_pai": "yes",
    **ASKED_WHETHER_IT_LIVES,
}

MARK = "accountcode"
"""The field that carries the digest of an endpoint's objects."""

SIGNING_IN = "auth_username"
"""Known by the name with which it signs in: phones, and a PBX that presents its callers' numbers."""

BY_NAME = f"{SIGNING_IN},username"
"""Known by the name in From as well."""

MEMBER_AOR: Fields = {
    # The newest registration wins: a page that was reloaded replaces its old self.
    "max_contacts": "1",
    "remove_existing": "yes",
    "minimum_expiration": "10",
    "maximum_expiration": "3600",
    "default_expiration": "300",
    "qualify_timeout": "2",
}


def of_endpoint(organisation: OrganisationId, endpoint: Endpoint, identify_by: str = SIGNING_IN) -> list[PjsipObject]:
    """A person's phone: it registers, and proves itself at every call."""
    return marked(_phone(organisation, endpoint, identify_by))


def of_trunk(organisation: OrganisationId, trunk: Trunk) -> list[PjsipObject]:
    """A trunk: an endpoint known by its addresses, and one more where it registers with us."""
    return marked(_trunk(organisation, trunk))


def marked(objects: Iterable[PjsipObject]) -> list[PjsipObject]:
    """Each endpoint carries a digest of all its objects, by which a new process sees what is current."""
    listed = list(objects)
    mark = (MARK, hashlib.sha256(repr(listed).encode()).hexdigest()[:16])
    return [replace(one, fields=(*one.fields, mark)) if one.kind == "endpoint" else one for one in listed]


def _phone(organisation: OrganisationId, endpoint: Endpoint, identify_by: str) -> Iterator[PjsipObject]:
    name = endpoint.name
    yield _object("auth", name, {"auth_type": "digest", "username": name, "password": endpoint.password})
    # A browser that is gone is noticed by this only.
    every = "5" if endpoint.webrtc else "15"
    yield _object("aor", name, {**MEMBER_AOR, "qualify_frequency": every})
    shown = "".join(letter for letter in endpoint.display if letter not in '"<>\\')
    fields = {
        **COMMON,
        **(BROWSER if endpoint.webrtc else PHONE),
        "auth": name,
        "aors": name,
        "identify_by": identify_by,
        "callerid": f'"{shown}" <{endpoint.number}>',
        "language": endpoint.language,
        "tenantid": owner(organisation, "phone", name),
    }
    yield _object("endpoint", name, fields)


def _trunk(organisation: OrganisationId, trunk: Trunk) -> Iterator[PjsipObject]:
    name = trunk_endpoint(organisation, trunk.key)
    common = {
        **COMMON,
        **TRUNK,
        # Not `set_var`: an object with one cannot be changed over ARI afterwards.
        "tenantid": owner(organisation, "trunk", trunk.key, trunk.dialled_in),
    }
    # Where it need not be encrypted it may be: an offer of both is answered whichever stands first.
    common["media_encryption"] = "sdes"
    common["media_encryption_optimistic"] = "no" if trunk.encrypted else "yes"
    if trunk.accepts_registration:
        yield from _registering(trunk, common)
    yield from _known_by_address(name, trunk, common)
    if trunk.register and trunk.host:
        yield _registration(name, trunk, trunk.host)


def _registering(trunk: Trunk, common: Fields) -> Iterator[PjsipObject]:
    name = trunk.username
    yield _object("auth", name, {"auth_type": "digest", "username": name, "password": trunk.password})
    yield _object("aor", name, {**MEMBER_AOR, "qualify_frequency": "15"})
    fields = {**common, "auth": name, "aors": name, "identify_by": SIGNING_IN}
    yield _object("endpoint", name, {**fields, "rewrite_contact": "yes"})


def _known_by_address(name: str, trunk: Trunk, common: Fields) -> Iterator[PjsipObject]:
    # By address only: anybody can write a trunk's name into From, and this one asks no password.
    fields = {**common, "identify_by": "ip", "aors": name if trunk.host else trunk.username}
    if trunk.host:
        # Not qualified: a carrier that leaves OPTIONS unanswered would never be called.
        yield _object("aor", name, {"contact": _uri(trunk, trunk.host)})
    if trunk.host and trunk.username:
        yield _object(
            "auth",
            name,
            {"auth_type": "digest", "username": trunk.username, "password": trunk.password},
        )
        fields["outbound_auth"] = name
    if trunk.transport is Transport.TLS:
        fields["transport"] = "transport-tls"
    yield _object("endpoint", name, fields)
    addresses = list(trunk.addresses)
    if trunk.register and trunk.host:
        addresses.append(trunk.host.partition(":")[0])
    if addresses:
        yield _object("identify", name, {"endpoint": name, "match": ",".join(addresses)})


def _registration(name: str, trunk: Trunk, host: str) -> PjsipObject:
    server = _uri(trunk, host)
    fields = {
        "server_uri": server,
        "client_uri": server.replace("sip:", f"sip:{trunk.username}@", 1),
        "contact_user": trunk.username,
        "outbound_auth": name,
        "expiration": "300",
        # A carrier that says no for a while is asked again, not given up.
        "auth_rejection_permanent": "no",
        "max_retries": "1000000",
        "retry_interval": "20",
        "forbidden_retry_interval": "60",
        "fatal_retry_interval": "60",
        "max_random_initial_delay": "1",
        "line": "yes",
        "endpoint": name,
    }
    return _object("registration", name, fields)


def _uri(trunk: Trunk, host: str) -> str:
    return f"sip:{host}" if trunk.transport is Transport.UDP else f"sip:{host};transport={trunk.transport}"


def _object(kind: str, name: str, fields: Fields) -> PjsipObject:
    return PjsipObject(kind, name, tuple(fields.items()))
