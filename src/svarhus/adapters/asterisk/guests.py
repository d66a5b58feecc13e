"""Phones of visitors: endpoints that are made when a visitor comes and removed when the visit is over.

What an earlier process has left behind is removed with everything else of the organisation that is not
wanted (see provisioning.py), so nothing is kept of them but in memory.
"""

from svarhus.adapters.asterisk.ari import AriClient, path
from svarhus.adapters.asterisk.names import owner
from svarhus.adapters.asterisk.objects import BROWSER, COMMON, MEMBER_AOR, SIGNING_IN
from svarhus.kit.errors import Unavailable
from svarhus.kit.ids import OrganisationId
from svarhus.ports.guests import GuestPhone

KINDS = ("auth", "aor", "endpoint")


class Guests:
    """The visitors' phones of one Asterisk."""

    def __init__(self, ari: AriClient) -> None:
        self._ari = ari
        self._phones: dict[str, GuestPhone] = {}

    async def open(self, phone: GuestPhone) -> None:
        if not await self._make(phone):
            await self.close(phone.name)
            raise Unavailable("The telephony engine does not answer.", "Try again in a moment.")
        self._phones[phone.name] = phone

    async def close(self, name: str) -> None:
        self._phones.pop(name, None)
        for kind in reversed(KINDS):
            await self._ari.request("DELETE", _path(kind, name))

    async def renew(self) -> None:
        """After a connect: an Asterisk that restarted knows none of them."""
        for phone in list(self._phones.values()):
            await self._make(phone)

    def endpoint_of(self, organisation: OrganisationId, number: str) -> str | None:
        """The visitor's phone with this number, when there is one."""
        for phone in self._phones.values():
            if phone.number == number and phone.organisation == organisation:
                return phone.name
        return None

    async def _make(self, phone: GuestPhone) -> bool:
        asked = [
            self._ari.send("PUT", _path(kind, phone.name), body={"fields": _fields(values)})
            for kind, values in zip(KINDS, _objects(phone), strict=True)
        ]
        return all([(await reply).ok for reply in asked])


def _objects(phone: GuestPhone) -> tuple[dict[str, str], ...]:
    return (
        {"auth_type": "digest", "username": phone.name, "password": phone.password},
        {**MEMBER_AOR, "qualify_frequency": "0"},
        {
            **COMMON,
            **BROWSER,
            "auth": phone.name,
            "aors": phone.name,
            "identify_by": SIGNING_IN,
            # Taken in place of what the visitor's program says.
            "callerid": f'"{phone.display}" <{phone.number}>',
            "language": phone.language,
            # Neither a person's phone nor a trunk: the organisation's numbers are all that it reaches.
            "tenantid": owner(phone.organisation, "guest", phone.name),
        },
    )


def _fields(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"attribute": name, "value": value} for name, value in values.items()]


def _path(kind: str, name: str) -> str:
    return path("asterisk", "config", "dynamic", "res_pjsip", kind, name)
