"""The API in this process, with a clinic and a neighbour, and people who are signed in."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import numpy as np
import pytest
import pytest_asyncio
from fastapi import FastAPI

from database import Shared
from integration.conftest import TestClock
from svarhus.app.api import create_api
from svarhus.app.api.services import api_services
from svarhus.app.centre import NothingRuns, centre
from svarhus.app.organisations import Organisations
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.domains.people.rights import Role, operator
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from svarhus.kit.waveform import RATE, wav
from unit.organisation.small_file import SMALL

PASSWORD = "correct horse"
ADDRESS = "http://svarhus.test"


class Whisper:
    """Speaks half a second of silence, whatever the text."""

    version = "whisper 1"

    async def speak(self, text: str, language: str, file: Path) -> None:
        file.write_bytes(wav(np.zeros(RATE // 2, np.int16)))

    async def close(self) -> None:
        """It holds nothing."""


@pytest_asyncio.fixture
async def prompts(database: Database, clock: TestClock, tmp_path: Path) -> AsyncIterator[Prompts]:
    made = Prompts(tmp_path / "audio", Whisper(), RecordingsRepository(database), clock)
    yield made
    await made.close()


@pytest_asyncio.fixture
async def application(
    shared_database: Shared,
    database: Database,
    wired: Organisations,
    clock: TestClock,
    prompts: Prompts,
    tmp_path: Path,
) -> FastAPI:
    """Anna is administrator of the clinic, Bo is user. The neighbour's people are others."""
    if not shared_database.put_back("clinics"):
        for file in _clinics():
            await wired.service.apply_file(file.encode())
        shared_database.keep("clinics")
    found = centre(database, clock, wired, NothingRuns(), tmp_path, "a key of tests")
    return create_api(api_services(database, clock, wired, found, prompts))


def _clinics() -> tuple[str, str]:
    clinic = SMALL
    for person in ("anna", "bo"):
        clinic = clinic.replace(f"    email: {person}@", f"    password: {PASSWORD}\n    email: {person}@")
    neighbour = (
        clinic.replace("key: clinic", "key: neighbour")
        .replace("@clinic", "@neighbour")
        .replace("192.0.2.10", "192.0.2.11")
        .replace("+46846500410", "+46846500411")
    )
    for extension in ("101", "102", "201"):
        neighbour = neighbour.replace(f'"{extension}"', f'"9{extension}"')
    return clinic, neighbour


@pytest_asyncio.fixture
async def visitor(application: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Nobody in particular."""
    async with client(application) as opened:
        yield opened


@pytest_asyncio.fixture
async def anna(application: FastAPI, wired: Organisations) -> AsyncIterator[httpx.AsyncClient]:
    """The administrator of the clinic, by token."""
    secret, _ = await wired.tokens.make(operator(OrganisationId("clinic")), "anna", Role.ADMINISTRATOR)
    async with client(application, {"Authorization": f"Bearer {secret}"}) as opened:
        yield opened


@pytest_asyncio.fixture
async def bo(application: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A user of the clinic, signed in with a cookie."""
    async with client(application, {"X-Svarhus": "1"}) as opened:
        answer = await opened.post("/api/session", json={"email": "bo@clinic.example", "password": PASSWORD})
        assert answer.status_code == 201
        yield opened


def client(application: FastAPI, headers: dict[str, str] | None = None) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url=ADDRESS, headers=headers)


@pytest.fixture
def clinic() -> OrganisationId:
    return OrganisationId("clinic")
