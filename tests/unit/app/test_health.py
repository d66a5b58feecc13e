"""What is told of the installation to whom."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Counter

from svarhus.app.api.problems import install
from svarhus.app.health import health_router


async def _away() -> bool:
    return False


@pytest_asyncio.fixture
async def visitor() -> AsyncIterator[httpx.AsyncClient]:
    registry = CollectorRegistry()
    Counter("svarhus_calls", "Calls.", ["organisation"], registry=registry).labels("clinic").inc()
    application = FastAPI()
    install(application)
    application.include_router(health_router({}, registry, "the-token", {"worker": _away}))
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://svarhus.example") as client:
        yield client


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer another", "Basic the-token", "Bearer th\xe5-token"])
async def test_organisations_are_named_to_the_operator_alone(visitor: httpx.AsyncClient, shown: str) -> None:
    headers = [(b"authorization", shown.encode("latin-1"))] if shown else []
    answer = await visitor.get("/metrics", headers=headers)
    assert answer.status_code == 401
    assert "clinic" not in answer.text


async def test_prometheus_signs_in_with_the_token(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/metrics", headers={"Authorization": "Bearer the-token"})
    assert answer.status_code == 200
    assert 'svarhus_calls_total{organisation="clinic"} 1.0' in answer.text


async def test_whether_it_lives_is_told_to_everybody(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/healthz")).json() == {"status": "alive"}
    assert (await visitor.get("/readyz")).status_code == 200


async def test_what_calls_do_without_is_told_beside(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["beside"] == {"worker": False}
