"""Which phones and trunks the engine should have, from the configuration and its secrets."""

import hashlib
import hmac
from collections.abc import Iterator

from svarhus.domains.organisation.repository import PhoneSecrets
from svarhus.domains.people.model import Person
from svarhus.domains.presence.device import browser_endpoint, desk_endpoint
from svarhus.exchange.core.rules import Rules
from svarhus.ports import telephony
from svarhus.ports.telephony import Endpoint, Provision, Transport


def provision(rules: Rules, secrets: PhoneSecrets) -> Provision:
    """What the engine should have. A phone without a password cannot register and is left out."""
    endpoints = tuple(
        endpoint
        for person in rules.document.people
        if person.extension and person.key in secrets.people
        for endpoint in _endpoints(person, person.extension, secrets.people[person.key])
    )
    trunks = tuple(
        telephony.Trunk(
            key=trunk.key,
            host=trunk.host,
            addresses=trunk.addresses,
            transport=Transport(trunk.transport),
            username=trunk.username,
            password=secrets.trunks.get(trunk.key, ""),
            register=trunk.register_,
            accepts_registration=trunk.accepts_registration,
            encrypted=trunk.encrypted,
            dialled_in=trunk.dialled_in,
        )
        for trunk in rules.document.trunks
    )
    return Provision(rules.id, endpoints, trunks)


def browser_password(phone_password: str) -> str:
    """With what the person's browser registers: it follows from the phone's, and does not tell it."""
    return hmac.new(phone_password.encode(), b"browser", hashlib.sha256).hexdigest()[:32]


def _endpoints(person: Person, extension: str, password: str) -> Iterator[Endpoint]:
    """Two: Asterisk must know before it calls whether an endpoint speaks WebRTC."""
    for name, secret, webrtc in (
        (desk_endpoint(extension), password, False),
        (browser_endpoint(extension), browser_password(password), True),
    ):
        yield Endpoint(
            name=name,
            password=secret,
            display=person.name,
            number=extension,
            language=person.language,
            webrtc=webrtc,
        )
