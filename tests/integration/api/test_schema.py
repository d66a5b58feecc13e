"""Schemathesis reads the OpenAPI document and sends what nobody thought of: nothing may break."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from database import WEAK_HASHER, own_database
from integration.api.conftest import Whisper
from svarhus.adapters.simulated.engine import SimulatedEngine
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.api import create_api
from svarhus.app.api.services import api_services
from svarhus.app.contacts import contacts
from svarhus.app.exchanges import Exchanges
from svarhus.app.organisations import demo_file, organisations
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.domains.people.rights import Role, operator
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database

Operation = APIOperation[Any, Any, Any, Any]
AnyCase = Case[Any]

schemathesis.serializer.alias("audio/wav", "application/octet-stream")

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def application(url: str, folder: Path) -> FastAPI:
    """With the organisations running, on an engine where nobody calls."""
    database, clock = Database(url), SystemClock()
    prompts = Prompts(folder, Whisper(), RecordingsRepository(database), clock)
    wired = organisations(database, clock, WEAK_HASHER)
    exchanges = Exchanges(database, SimulatedEngine(VirtualTime()), wired.repository, prompts, clock)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await exchanges.start()
        async with asyncio.timeout(30):
            while not await exchanges.ready():  # noqa: ASYNC110  # nothing tells when it is
                await asyncio.sleep(0.05)
        yield
        await exchanges.stop()
        await database.close()

    found = contacts(database, clock, wired, exchanges, folder)
    return create_api(api_services(database, clock, wired, found, prompts), lifespan)


def operations() -> list[Operation]:
    """All that the OpenAPI document describes. No database is needed to describe."""
    document = application("postgresql://nobody@127.0.0.1/nothing", Path("nowhere")).openapi()
    found = schemathesis.openapi.from_dict(document).get_all_operations()
    return [each.ok() for each in found if isinstance(each, Ok)]


@dataclass(frozen=True)
class Running:
    """The API on a port of its own, in a thread with a loop of its own."""

    address: str
    token: str


@pytest.fixture(scope="module")
def running(
    database_server: str, migrated_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    with own_database(database_server, migrated_template) as url:
        token = asyncio.run(_prepare(url))
        server = uvicorn.Server(
            uvicorn.Config(application(url, tmp_path_factory.mktemp("audio")), port=0, log_level="error", lifespan="on")
        )
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield Running(f"http://127.0.0.1:{_port(server)}", token)
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.label)
def test_nothing_breaks(operation: Operation, mode: GenerationMode, running: Running) -> None:
    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    def probe(case: AnyCase) -> None:
        case.call_and_validate(
            base_url=running.address, headers={"Authorization": f"Bearer {running.token}"}, checks=CHECKS
        )

    # An operation that takes nothing cannot be asked in a wrong way.
    with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():
        probe()


async def _prepare(url: str) -> str:
    """The demonstration, and a token of its administrator."""
    database = Database(url)
    wired = organisations(database, SystemClock(), WEAK_HASHER)
    applied = await wired.service.apply_file(demo_file())
    secret, _ = await wired.tokens.make(operator(applied.organisation), "tests", Role.ADMINISTRATOR)
    await database.close()
    return secret


def _port(server: uvicorn.Server) -> int:
    pause = threading.Event()
    for _ in range(200):
        if server.started:
            return int(server.servers[0].sockets[0].getsockname()[1])
        pause.wait(0.05)
    raise AssertionError("the server did not start")
