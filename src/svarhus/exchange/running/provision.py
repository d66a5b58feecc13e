"""Which phones and trunks the engine should have, from the configuration and its secrets."""

import asyncio
import hashlib
import hmac
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from svarhus.domains.numbers import model as numbers
from svarhus.domains.organisation.repository import PhoneSecrets
from svarhus.domains.people.model import Person
from svarhus.domains.presence.device import browser_endpoint, desk_endpoint
from svarhus.exchange.core.rules import Rules
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.ports.telephony import Endpoint, Provision, Reprovision, Telephony, Transport, Trunk


class Secrets(Protocol):
    """Where the passwords of phones and trunks are kept."""

    async def phone_secrets(self, organisation: OrganisationId, since: int = 0) -> PhoneSecrets:
        """All; with `since`, those that were changed after this version."""
        ...


@dataclass
class _Had:
    """By what the engine's phones were set up last."""

    rules: Rules
    people: dict[str, str]
    """Passwords of phones by person; and of trunks, below."""
    trunks: dict[str, str]
    version: int

    def learn(self, new: PhoneSecrets) -> PhoneSecrets:
        """All, with those that are new."""
        self.people |= new.people
        self.trunks |= new.trunks
        self.version = new.version
        return PhoneSecrets(self.people, self.trunks)


class Phones:
    """Lets the engine have the phones and trunks that the configuration says."""

    def __init__(self, organisation: OrganisationId, telephony: Telephony, secrets: Secrets) -> None:
        self._organisation = organisation
        self._telephony = telephony
        self._secrets = secrets
        self._had: _Had | None = None
        """None when it is not known what the engine has."""
        self._one_at_a_time = asyncio.Lock()

    async def set_up(self, rules: Rules) -> None:
        """All of them, as in an engine that may have others, or none."""
        async with self._one_at_a_time:
            await self._set_up(rules)

    async def follow(self, rules: Rules, secrets: int) -> None:
        """Those that are not as they were; all when it is not known how they were. `secrets`: their version."""
        async with self._one_at_a_time:
            had, self._had = self._had, None
            if had is None:
                await self._set_up(rules)
                return
            new = PhoneSecrets({}, {}, secrets)
            if secrets != had.version:
                new = await self._secrets.phone_secrets(self._organisation, had.version)
            change = reprovision(had.rules, rules, had.learn(new), new)
            if not change.empty:
                await self._telephony.reprovision(change)
            had.rules = rules
            self._had = had

    async def _set_up(self, rules: Rules) -> None:
        self._had = None
        secrets = await self._secrets.phone_secrets(self._organisation)
        await self._telephony.provision(await asyncio.to_thread(provision, rules, secrets))
        self._had = _Had(rules, {**secrets.people}, {**secrets.trunks}, secrets.version)


def provision(rules: Rules, secrets: PhoneSecrets) -> Provision:
    """What the engine should have. A phone without a password cannot register and is left out."""
    endpoints = tuple(_endpoints(rules.document.people, secrets))
    return Provision(rules.id, endpoints, _trunks(rules, secrets))


def reprovision(before: Rules, after: Rules, secrets: PhoneSecrets, renewed: PhoneSecrets) -> Reprovision:
    """What it should have that it has not. `renewed`: secrets that are not what they were."""
    difference = after.since(before)
    people = difference.of("people")
    other_secret = (after.people.get(PersonKey(key)) for key in renewed.people.keys() - people.new.keys())
    endpoints = tuple(_endpoints((*people.new.values(), *(each for each in other_secret if each)), secrets))
    trunks = _trunks(after, secrets) if renewed.trunks or "trunks" in difference.lists else None
    stay = {endpoint.name for endpoint in endpoints}
    return Reprovision(after.id, endpoints, frozenset(_names(people.old.values())) - stay, trunks)


def browser_password(phone_password: str) -> str:
    """With what the person's browser registers: it follows from the phone's, and does not tell it."""
    return hmac.new(phone_password.encode(), b"browser", hashlib.sha256).hexdigest()[:32]


def _trunks(rules: Rules, secrets: PhoneSecrets) -> tuple[Trunk, ...]:
    return tuple(_trunk(trunk, secrets.trunks.get(trunk.key, "")) for trunk in rules.document.trunks)


def _trunk(trunk: numbers.Trunk, password: str) -> Trunk:
    return Trunk(
        key=trunk.key,
        host=trunk.host,
        addresses=trunk.addresses,
        transport=Transport(trunk.transport),
        username=trunk.username,
        password=password,
        register=trunk.register_,
        accepts_registration=trunk.accepts_registration,
        encrypted=trunk.encrypted,
        dialled_in=trunk.dialled_in,
    )


def _endpoints(people: Iterable[DocumentPart], secrets: PhoneSecrets) -> Iterator[Endpoint]:
    for person in people:
        if isinstance(person, Person) and person.extension and person.key in secrets.people:
            yield from _of_person(person, person.extension, secrets.people[person.key])


def _names(people: Collection[DocumentPart]) -> Iterator[str]:
    for person in people:
        if isinstance(person, Person) and person.extension:
            yield desk_endpoint(person.extension)
            yield browser_endpoint(person.extension)


def _of_person(person: Person, extension: str, password: str) -> Iterator[Endpoint]:
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
