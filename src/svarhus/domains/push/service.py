"""Keeps the devices of people, and tells them."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from svarhus.domains.people.preferences import find_preferences
from svarhus.domains.people.repository import hashed
from svarhus.domains.people.rights import Actor
from svarhus.domains.push import repository
from svarhus.domains.push.errors import NotADevice, UnknownPushService
from svarhus.domains.push.model import Notice, Subscription
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId, PersonKey
from svarhus.ports.push import PushOutcome, PushSender, PushTarget


class Told(NamedTuple):
    """How many devices were told, of how many."""

    taken: int
    devices: int


class Push:
    """Notices on devices. Sending takes as long as push services take: call it from a task of its own."""

    def __init__(self, database: Database, clock: Clock, sender: PushSender) -> None:
        self._database = database
        self._clock = clock
        self._sender = sender
        self.changed = asyncio.Event()
        """Set when somebody has got a device, or has none any more."""

    @property
    def public_key(self) -> str:
        """With what browsers subscribe."""
        return self._sender.public_key

    async def subscribe(self, actor: Actor, session_token: str | None, target: PushTarget, language: str) -> None:
        """Tell this browser from now on, for as long as the session lasts. NotADevice; UnknownPushService."""
        person = _person(actor)
        if not session_token:
            raise NotADevice("An API token has no device.", "Sign in with the browser that is to be told.")
        if not self._sender.may_send_to(target.endpoint):
            raise UnknownPushService(
                "The address belongs to no push service that is allowed here.",
                "Name your browser's push service in the setting push_services.",
            )
        subscription = Subscription(actor.organisation, person, target, language, self._clock.now())
        async with self._database.begin() as session:
            await repository.keep(session, subscription, hashed(session_token))
        self.changed.set()

    async def unsubscribe(self, actor: Actor, endpoint: str) -> None:
        """Tell it no more. Also right when it was not told."""
        async with self._database.begin() as session:
            await repository.forget(session, actor.organisation, _person(actor), endpoint)
        self.changed.set()

    async def devices(self, actor: Actor) -> int:
        async with self._database.begin() as session:
            return len(await repository.of_person(session, actor.organisation, _person(actor)))

    async def test(self, actor: Actor) -> Told:
        """Show a notice on the actor's own devices."""
        return await self.tell(actor.organisation, _person(actor), lambda language: Notice("test", language))

    async def people(self) -> frozenset[tuple[OrganisationId, PersonKey]]:
        """Everybody who has a device."""
        async with self._database.begin() as session:
            return await repository.people(session)

    async def tell(self, organisation: OrganisationId, person: PersonKey, notice: Callable[[str], Notice]) -> Told:
        """Tell all devices of a person, each in its language; devices that are gone are forgotten."""
        async with self._database.begin() as session:
            devices = await repository.of_person(session, organisation, person)
        outcomes = await asyncio.gather(*(self._send(device, notice(device.language)) for device in devices))
        gone = [device for device, outcome in zip(devices, outcomes, strict=True) if outcome is PushOutcome.GONE]
        if gone:
            async with self._database.begin() as session:
                for device in gone:
                    await repository.forget(session, organisation, person, device.target.endpoint)
            self.changed.set()
        return Told(outcomes.count(PushOutcome.TAKEN), len(devices))

    async def offer(self, organisation: OrganisationId, person: PersonKey, notice: Callable[[str], Notice]) -> Told:
        """Tell of a call that rings for the person, unless they do not want it; without sound if they want none."""
        async with self._database.begin() as session:
            wanted = (await find_preferences(session, organisation, person)).notices
        if not wanted.offers:
            return Told(0, 0)
        return await self.tell(
            organisation,
            person,
            lambda language: msgspec.structs.replace(notice(language), silent=not wanted.sound),
        )

    async def _send(self, device: Subscription, notice: Notice) -> PushOutcome:
        return await self._sender.send(device.target, msgspec.json.encode(notice), notice.seconds)


def _person(actor: Actor) -> PersonKey:
    if actor.person is None:
        raise NotADevice("Only people have devices.", "Sign in with the browser that is to be told.")
    return actor.person
