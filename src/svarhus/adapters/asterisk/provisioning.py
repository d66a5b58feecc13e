"""Making Asterisk's endpoints and trunks be as the organisations want them.

Asterisk keeps them over a restart, so that it knows everybody from the first message on. What is no longer as it
should be is found by each endpoint's mark, and made again.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

import msgspec

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.names import PHONES, trunk_endpoint
from svarhus.adapters.asterisk.objects import BY_NAME, MARK, SIGNING_IN, Key, PjsipObject, of_endpoint, of_trunk
from svarhus.adapters.asterisk.places import lies_in
from svarhus.adapters.asterisk.wire import EndpointRef, Reply
from svarhus.kit.errors import Fault, Invalid, Unavailable
from svarhus.kit.ids import OrganisationId
from svarhus.ports.telephony import Endpoint, Provision, Reprovision, Trunk

log = logging.getLogger(__name__)

BATCH = 25
"""Objects that are sent before other requests get their turn again."""

ORDER = ("auth", "aor", "endpoint", "identify", "registration")
"""An object is made after those that it names, and removed before them."""


FORGETTING = 0.1
"""Seconds that Asterisk is given to forget an endpoint: one that is made again at once is lost now and
then, and its state is told no more."""
REMAKES = 3

DENYING = "denying"
"""In place of the mark of an endpoint that refuses addresses."""

LOOPBACK = "127.0.0.1"

LISTS = {"contact", "match"}
"""Settings that hold several values."""


class _Field(msgspec.Struct, frozen=True):
    attribute: str
    value: str = ""


class _Status(msgspec.Struct, frozen=True):
    startup_time: str = ""


class _Info(msgspec.Struct, frozen=True):
    status: _Status = _Status()


_Found = tuple[str, str]
"""An endpoint's name, and the digest of its settings."""

_fields = msgspec.json.Decoder(list[_Field]).decode
_endpoints = msgspec.json.Decoder(list[EndpointRef]).decode
_info = msgspec.json.Decoder(_Info).decode


@dataclass
class _Wanted:
    """What one organisation should have."""

    phones: dict[str, Endpoint]
    """By name."""
    trunks: tuple[Trunk, ...]

    @property
    def known_by(self) -> str:
        """How the calls of its phones are known. What stands in for a carrier on this machine shares its address with
        all phones that run here."""
        here = any(lies_in(LOOPBACK, trunk.addresses) for trunk in self.trunks)
        return BY_NAME if here else SIGNING_IN


class Provisioning:
    """Knows what it has made in the running Asterisk, and makes and removes only what differs."""

    def __init__(self, ari: AriClient) -> None:
        self._ari = ari
        self._started = ""
        self._subscribed = False
        self._remaking = asyncio.Lock()
        self._denied: dict[str, tuple[str, ...]] = {}
        self._beside: set[str] = set()
        """Phones that have registered from a trunk's address."""
        self._wanted: dict[OrganisationId, _Wanted] = {}
        self._phones: dict[str, tuple[OrganisationId, Endpoint]] = {}
        self._made: dict[Key, PjsipObject] = {}
        self._owner: dict[Key, OrganisationId] = {}
        self._taken: dict[str, OrganisationId] = {}
        """Who has which SIP name."""
        self._found: dict[OrganisationId, list[_Found]] | None = None
        """What an earlier process made and nobody has taken up yet; None until it was looked for."""
        self._surveying = asyncio.Lock()

    async def deny(self, account: str, addresses: Sequence[str]) -> None:
        """Refuse these addresses, and no others, to sign in to or call from this endpoint."""
        made = self._made.get(("endpoint", account))
        if made is None:
            return
        self._denied[account] = tuple(addresses)
        body = _body(self._denying(made))
        async with self._remaking:
            for _ in range(REMAKES):
                # An endpoint with such a list cannot be changed: Asterisk then denies everybody.
                # Running calls are not touched.
                self._ari.send("DELETE", _path(*made.key))
                await asyncio.sleep(FORGETTING)
                await self._ari.request("PUT", _path(*made.key), body=body)
                known = await self._ari.request("GET", path("endpoints", "PJSIP", account))
                if known.status != 404:
                    return
        log.error("asterisk: the state of %s is not told any more", account)

    def seen_at(self, account: str, address: str) -> None:
        """A phone's contact lies at this address. At a trunk's, its calls are known by its name in From."""
        made = self._made.get(("endpoint", account))
        beside = lies_in(address, self.trunk_addresses)
        if made is None or account not in self._phones or beside == (account in self._beside):
            return
        (self._beside.add if beside else self._beside.discard)(account)
        by = BY_NAME if beside else dict(made.fields)["identify_by"]
        self._ari.send("PUT", _path(*made.key), body={"fields": [_field("identify_by", by)]})

    def _known(self, one: PjsipObject) -> PjsipObject:
        """The object, with the way in which its calls are known."""
        if one.kind != "endpoint" or one.name not in self._beside:
            return one
        return replace(one, fields=_with(one.fields, "identify_by", BY_NAME))

    def _denying(self, one: PjsipObject) -> PjsipObject:
        """The endpoint, refusing whom it must; a later process sees that it is not as it should be."""
        denied = tuple(("deny", address) for address in self._denied.get(one.name, ()))
        known = self._known(one)
        return replace(known, fields=(*_with(known.fields, MARK, DENYING), *denied)) if denied else known

    @property
    def names(self) -> Set[str]:
        """All SIP names that are ours."""
        return {name for kind, name in self._made if kind == "endpoint"}

    @property
    def trunk_addresses(self) -> list[str]:
        """Addresses and networks from which trunks' calls come."""
        return [one for wanted in self._wanted.values() for trunk in wanted.trunks for one in trunk.addresses]

    def organisation_of(self, endpoint: str) -> OrganisationId | None:
        """Whose phone this is; None for trunks and strangers."""
        known = self._phones.get(endpoint)
        return known[0] if known else None

    def is_browser(self, endpoint: str) -> bool:
        known = self._phones.get(endpoint)
        return known is not None and known[1].webrtc

    def endpoints_of(self, organisation: OrganisationId) -> frozenset[str]:
        wanted = self._wanted.get(organisation)
        return frozenset(wanted.phones) if wanted else frozenset()

    async def provision(self, wanted: Provision) -> None:
        """Invalid when a name is taken by another organisation or unfit; Unavailable without Asterisk."""
        self._check(wanted.organisation, _names(wanted.organisation, wanted.endpoints, wanted.trunks))
        self._want(wanted)
        self._require_connection()
        await self._apply(wanted.organisation)

    async def reprovision(self, change: Reprovision) -> None:
        """As `provision`, at the cost of what differs: what stays is not looked at."""
        organisation = change.organisation
        wanted = self._wanted[organisation]
        self._check(organisation, _names(organisation, change.endpoints, change.trunks or ()))
        if change.trunks is not None:
            # Where a trunk lies decides on how all phones are known.
            new = {endpoint.name: endpoint for endpoint in change.endpoints}
            stay = {name: endpoint for name, endpoint in wanted.phones.items() if name not in change.gone}
            await self.provision(Provision(organisation, tuple({**stay, **new}.values()), change.trunks))
            return
        self._want_more(wanted, change)
        self._require_connection()
        surplus = [(kind, name) for name in change.gone for kind in ORDER[:3] if (kind, name) in self._owner]
        await self._remove(surplus)
        objects = [one for each in change.endpoints for one in of_endpoint(organisation, each, wanted.known_by)]
        await self._make(organisation, [one for one in objects if self._made.get(one.key) != one])

    def _require_connection(self) -> None:
        if not self._ari.connected:
            raise Unavailable("There is no connection to Asterisk; phones and trunks are set up when it is back.")

    async def renew(self) -> None:
        """After a connect: make everything again if this is not the Asterisk of before."""
        reply = await self._ari.request("GET", "asterisk/info", {"only": "status"})
        self._subscribed = False
        started = _info(reply.body).status.startup_time if reply.ok else ""
        if started != self._started:
            self._started = started
            self._made.clear()
            self._owner.clear()
            self._found = None
        for organisation in list(self._wanted):
            await self._apply(organisation)

    def _check(self, organisation: OrganisationId, names: Iterable[str]) -> None:
        """Names are unique in the installation: a phone says only its name, not its organisation."""
        faults = [
            Fault(f"endpoints.{name}", f"The SIP name {name} is taken.", "Choose another.")
            for name in names
            if self._taken.get(name, organisation) != organisation
        ]
        if faults:
            raise Invalid("A SIP name is used by another organisation.", "Choose other names.", faults)

    def _want(self, wanted: Provision) -> None:
        before = self._wanted.get(wanted.organisation)
        if before is not None:
            for name in _names(wanted.organisation, before.phones.values(), before.trunks):
                self._taken.pop(name, None)
                self._phones.pop(name, None)
        phones = {one.name: one for one in wanted.endpoints}
        self._wanted[wanted.organisation] = _Wanted(phones, wanted.trunks)
        self._taken |= dict.fromkeys(_names(wanted.organisation, wanted.endpoints, wanted.trunks), wanted.organisation)
        self._phones |= {one.name: (wanted.organisation, one) for one in wanted.endpoints}

    def _want_more(self, wanted: _Wanted, change: Reprovision) -> None:
        for name in change.gone:
            wanted.phones.pop(name, None)
            self._taken.pop(name, None)
            self._phones.pop(name, None)
        for one in change.endpoints:
            wanted.phones[one.name] = one
            self._taken[one.name] = change.organisation
            self._phones[one.name] = change.organisation, one

    async def _apply(self, organisation: OrganisationId) -> None:
        wanted = self._wanted[organisation]
        # So many hashes are made beside the calls.
        things = await asyncio.to_thread(_things, organisation, tuple(wanted.phones.values()), wanted)
        objects = {one.key: one for thing in things for one in thing}
        await self._survey()
        self._take_up(organisation, things)
        surplus = [key for key, whose in self._owner.items() if whose == organisation and key not in objects]
        await self._remove(surplus)
        await self._make(organisation, [one for key, one in objects.items() if self._made.get(key) != one])
        if not self._subscribed:
            # Refused as long as there is no endpoint at all.
            subscription = {"eventSource": "endpoint:PJSIP"}
            reply = await self._ari.request("POST", f"applications/{PHONES}/subscription", subscription)
            self._subscribed = reply.ok

    async def _make(self, organisation: OrganisationId, objects: list[PjsipObject]) -> None:
        objects.sort(key=lambda one: ORDER.index(one.kind))
        for start in range(0, len(objects), BATCH):
            asked = [(one, self._put(one)) for one in objects[start : start + BATCH]]
            for one, answer in asked:
                reply = await answer
                if reply.ok:
                    self._made[one.key] = one
                    self._owner[one.key] = organisation
                else:
                    log.error("asterisk: %s %s was refused: %s", one.kind, one.name, reply.body)
        for one in objects:
            if one.kind == "endpoint" and self._denied.get(one.name):
                await self.deny(one.name, self._denied[one.name])

    def _put(self, one: PjsipObject) -> asyncio.Future[Reply]:
        if one.key in self._owner and LISTS & {name for name, _ in one.fields}:
            # A change would add to these lists what the object says now, and keep what it said.
            self._ari.send("DELETE", _path(one.kind, one.name))
        return self._ari.send("PUT", _path(one.kind, one.name), body=_body(self._known(one)))

    async def _remove(self, keys: Iterable[Key]) -> None:
        for kind, name in sorted(keys, key=lambda key: -ORDER.index(key[0])):
            reply = await self._ari.request("DELETE", _path(kind, name))
            if reply.ok or reply.status == 404:
                self._made.pop((kind, name), None)
                self._owner.pop((kind, name), None)

    async def _survey(self) -> None:
        """Find what an earlier process made: its endpoints carry owner and digest. Once for all organisations."""
        async with self._surveying:
            if self._found is not None:
                return
            asterisk = self._started
            reply = await self._ari.request("GET", "endpoints/PJSIP")
            names = [point.resource for point in _endpoints(reply.body)] if reply.ok else []
            found: dict[OrganisationId, list[_Found]] = {}
            denying: list[str] = []
            for start in range(0, len(names), BATCH):
                asked = [
                    (name, self._ari.send("GET", _path("endpoint", name))) for name in names[start : start + BATCH]
                ]
                for name, answer in asked:
                    reply = await answer
                    fields = {field.attribute: field.value for field in _fields(reply.body)} if reply.ok else {}
                    owner, slash, _ = fields.get("tenantid", "").partition("/")
                    if slash:
                        found.setdefault(OrganisationId(owner), []).append((name, fields.get(MARK, "")))
                    if set(fields.get("identify_by", "").split(",")) == set(BY_NAME.split(",")):
                        self._beside.add(name)
                    if fields.get(MARK) == DENYING:
                        denying.append(name)
            await self._forget(denying)
            if asterisk == self._started:
                self._found = found

    async def _forget(self, denying: list[str]) -> None:
        """Remove endpoints that refuse somebody: nobody knows any more until when, and they cannot be changed."""
        for name in denying:
            self._ari.send("DELETE", _path("endpoint", name))
        if denying:
            await asyncio.sleep(FORGETTING)

    def _take_up(self, organisation: OrganisationId, things: list[list[PjsipObject]]) -> None:
        """Count as made what an earlier process has made for this organisation and is still as it should be."""
        current = {one.fields[-1][1]: thing for thing in things for one in thing if one.kind == "endpoint"}
        for name, digest in (self._found or {}).pop(organisation, ()):
            trunk = name.startswith(trunk_endpoint(organisation, ""))
            self._owner |= dict.fromkeys(((kind, name) for kind in (ORDER if trunk else ORDER[:3])), organisation)
            for one in current.get(digest, ()):
                self._made[one.key] = one


def _things(organisation: OrganisationId, endpoints: Sequence[Endpoint], wanted: _Wanted) -> list[list[PjsipObject]]:
    """The objects of each phone and each trunk."""
    by = wanted.known_by
    phones = [of_endpoint(organisation, endpoint, by) for endpoint in endpoints]
    return phones + [of_trunk(organisation, trunk) for trunk in wanted.trunks]


def _names(organisation: OrganisationId, endpoints: Iterable[Endpoint], trunks: Iterable[Trunk]) -> Iterator[str]:
    """The SIP names of their endpoints."""
    yield from (endpoint.name for endpoint in endpoints)
    for trunk in trunks:
        yield trunk_endpoint(organisation, trunk.key)
        if trunk.accepts_registration:
            yield trunk.username


def _path(kind: str, name: str) -> str:
    return path("asterisk", "config", "dynamic", "res_pjsip", kind, name)


def _body(one: PjsipObject) -> dict[str, list[dict[str, str]]]:
    return {"fields": [_field(name, value) for name, value in one.fields]}


def _field(name: str, value: str) -> dict[str, str]:
    return {"attribute": name, "value": value}


def _with(fields: tuple[tuple[str, str], ...], name: str, value: str) -> tuple[tuple[str, str], ...]:
    """The fields, this one with another value."""
    return tuple((known, value if known == name else kept) for known, kept in fields)
