"""Making Asterisk's endpoints and trunks be as the organisations want them.

The objects live in Asterisk's memory: looked up at every request, they would cost a database query
each elsewhere. So they are made again whenever Asterisk has restarted.
"""

import logging
from collections.abc import Iterable

import msgspec

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.names import trunk_endpoint
from svarhus.adapters.asterisk.objects import PjsipObject, of_endpoint, of_trunk
from svarhus.adapters.asterisk.wire import EndpointRef
from svarhus.kit.errors import Fault, Invalid, Unavailable
from svarhus.kit.ids import OrganisationId
from svarhus.ports.telephony import Provision

log = logging.getLogger(__name__)

BATCH = 25
"""Objects that are sent before other requests get their turn again."""

ORDER = ("auth", "aor", "endpoint", "identify", "registration")
"""An object is made after those that it names, and removed before them."""


class _Field(msgspec.Struct, frozen=True):
    attribute: str
    value: str = ""


class _Status(msgspec.Struct, frozen=True):
    startup_time: str = ""


class _Info(msgspec.Struct, frozen=True):
    status: _Status = _Status()


_fields = msgspec.json.Decoder(list[_Field]).decode
_endpoints = msgspec.json.Decoder(list[EndpointRef]).decode
_info = msgspec.json.Decoder(_Info).decode

Key = tuple[str, str]
"""Kind and name of an object."""


class Provisioning:
    """Knows what it has made in the running Asterisk, and makes and removes only what differs."""

    def __init__(self, ari: AriClient) -> None:
        self._ari = ari
        self._started = ""
        self._wanted: dict[OrganisationId, Provision] = {}
        self._made: dict[Key, PjsipObject] = {}
        self._owner: dict[Key, OrganisationId] = {}
        self._surveyed: set[OrganisationId] = set()

    def organisation_of(self, endpoint: str) -> OrganisationId | None:
        """Whose phone this is; None for trunks and strangers."""
        for organisation, wanted in self._wanted.items():
            if any(one.name == endpoint for one in wanted.endpoints):
                return organisation
        return None

    def endpoints_of(self, organisation: OrganisationId) -> frozenset[str]:
        wanted = self._wanted.get(organisation)
        return frozenset(endpoint.name for endpoint in wanted.endpoints) if wanted else frozenset()

    async def provision(self, wanted: Provision) -> None:
        """Invalid when a name is taken by another organisation or unfit; Unavailable without Asterisk."""
        self._check(wanted)
        self._wanted[wanted.organisation] = wanted
        if not self._ari.connected:
            raise Unavailable("There is no connection to Asterisk; phones and trunks are set up when it is back.")
        await self._apply(wanted)

    async def renew(self) -> None:
        """After a connect: make everything again if this is not the Asterisk of before."""
        reply = await self._ari.request("GET", "asterisk/info", {"only": "status"})
        started = _info(reply.body).status.startup_time if reply.ok else ""
        if started != self._started:
            self._started = started
            self._made.clear()
            self._owner.clear()
            self._surveyed.clear()
        for wanted in self._wanted.values():
            await self._apply(wanted)

    def _check(self, wanted: Provision) -> None:
        """Names are unique in the installation: a phone says only its name, not its organisation."""
        faults = []
        mine = _objects(wanted)
        for organisation, other in self._wanted.items():
            if organisation == wanted.organisation:
                continue
            for kind, name in mine.keys() & _objects(other).keys():
                if kind == "endpoint":
                    faults.append(Fault(f"endpoints.{name}", f"The SIP name {name} is taken.", "Choose another."))
        if faults:
            raise Invalid("A SIP name is used by another organisation.", "Choose other names.", faults)

    async def _apply(self, wanted: Provision) -> None:
        organisation = wanted.organisation
        objects = _objects(wanted)
        if organisation not in self._surveyed:
            await self._survey(organisation)
            self._surveyed.add(organisation)
        surplus = [key for key, whose in self._owner.items() if whose == organisation and key not in objects]
        await self._remove(surplus)
        differing = [one for key, one in objects.items() if self._made.get(key) != one]
        await self._make(organisation, differing)

    async def _make(self, organisation: OrganisationId, objects: list[PjsipObject]) -> None:
        objects.sort(key=lambda one: ORDER.index(one.kind))
        for start in range(0, len(objects), BATCH):
            asked = [
                (one, self._ari.send("PUT", _path(one.kind, one.name), body=_body(one)))
                for one in objects[start : start + BATCH]
            ]
            for one, answer in asked:
                reply = await answer
                if reply.ok:
                    self._made[one.kind, one.name] = one
                    self._owner[one.kind, one.name] = organisation
                else:
                    log.error("asterisk: %s %s was refused: %s", one.kind, one.name, reply.body)

    async def _remove(self, keys: Iterable[Key]) -> None:
        for kind, name in sorted(keys, key=lambda key: -ORDER.index(key[0])):
            reply = await self._ari.request("DELETE", _path(kind, name))
            if reply.ok or reply.status == 404:
                self._made.pop((kind, name), None)
                self._owner.pop((kind, name), None)

    async def _survey(self, organisation: OrganisationId) -> None:
        """Find what an earlier process made for this organisation: its endpoints carry the owner."""
        reply = await self._ari.request("GET", "endpoints/PJSIP")
        names = [point.resource for point in _endpoints(reply.body)] if reply.ok else []
        mark = f"SVARHUS_OWNER={organisation}/"
        for name in names:
            reply = await self._ari.request("GET", _path("endpoint", name))
            if not reply.ok:
                continue
            fields = _fields(reply.body)
            if any(field.attribute == "set_var" and mark in field.value for field in fields):
                kinds = ORDER if name.startswith(trunk_endpoint(organisation, "")) else ORDER[:3]
                for kind in kinds:
                    self._owner[kind, name] = organisation


def _objects(wanted: Provision) -> dict[Key, PjsipObject]:
    organisation = wanted.organisation
    made = [one for endpoint in wanted.endpoints for one in of_endpoint(organisation, endpoint)]
    made += [one for trunk in wanted.trunks for one in of_trunk(organisation, trunk)]
    return {(one.kind, one.name): one for one in made}


def _path(kind: str, name: str) -> str:
    return path("asterisk", "config", "dynamic", "res_pjsip", kind, name)


def _body(one: PjsipObject) -> dict[str, list[dict[str, str]]]:
    return {"fields": [{"attribute": name, "value": value} for name, value in one.fields]}
