"""A clinic in which Anna is administrator and Bo is user, both with a password."""

import pyotp
import pytest_asyncio

from integration.conftest import TestClock
from svarhus.app.organisations import Organisations
from svarhus.domains.people.rights import Actor
from svarhus.domains.signin.service import NewSession, Origin, SecondStep
from svarhus.kit.ids import OrganisationId, PersonKey
from unit.organisation.small_file import SMALL

CLINIC = OrganisationId("clinic")
BO, ANNA = PersonKey("bo"), PersonKey("anna")
PASSWORD = "correct horse"
HERE = Origin("192.0.2.1", "Firefox, Linux")


class People:
    """Signs people in, with all that it needs."""

    def __init__(self, wired: Organisations, clock: TestClock) -> None:
        self.wired = wired
        self._clock = clock

    async def password(self, person: str, password: str = PASSWORD) -> NewSession | SecondStep:
        return await self.wired.sign_in.sign_in(f"{person}@clinic.example", password, HERE)

    async def session(self, person: str, password: str = PASSWORD) -> NewSession:
        begun = await self.password(person, password)
        assert isinstance(begun, NewSession)
        return begun

    async def actor(self, person: str) -> Actor:
        return (await self.session(person)).actor

    async def step(self, person: str) -> SecondStep:
        begun = await self.password(person)
        assert isinstance(begun, SecondStep)
        return begun

    async def second_factor(self, person: PersonKey) -> tuple[str, tuple[str, ...]]:
        """Turn it on: the secret and the recovery codes."""
        secret = (await self.wired.second_factors.begin(CLINIC, person)).secret
        return secret, await self.wired.second_factors.confirm(CLINIC, person, self.code(secret))

    def code(self, secret: str, steps: int = 0) -> str:
        """What the app shows now, or some steps later."""
        return pyotp.TOTP(secret).at(int(self._clock.now().timestamp()) + 30 * steps)


@pytest_asyncio.fixture
async def people(wired: Organisations, clock: TestClock) -> People:
    text = SMALL
    for person in ("anna", "bo"):
        text = text.replace(f"    email: {person}@", f"    password: {PASSWORD}\n    email: {person}@")
    await wired.service.apply_file(text.encode())
    return People(wired, clock)


async def actions(wired: Organisations) -> list[str]:
    """What the audit log says was done, the newest first."""
    return [line.action for line in (await wired.audit.read(CLINIC, None, 200)).items]
