"""Which phones and trunks the engine should have, from the configuration and its secrets."""

from svarhus.domains.organisation.repository import PhoneSecrets
from svarhus.exchange.configuration import Rules
from svarhus.ports import telephony
from svarhus.ports.telephony import Endpoint, Provision, Transport


def provision(rules: Rules, secrets: PhoneSecrets) -> Provision:
    """What the engine should have. A phone without a password cannot register and is left out."""
    endpoints = tuple(
        Endpoint(
            name=person.extension,
            password=secrets.people[person.key],
            display=person.name,
            number=person.extension,
            language=person.language,
            webrtc=person.phone == "browser",
        )
        for person in rules.document.people
        if person.extension and person.key in secrets.people
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
        )
        for trunk in rules.document.trunks
    )
    return Provision(rules.id, endpoints, trunks)
