"""Devices are told of calls that are offered, by way of a push service."""

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import APIRequestContext, Playwright, async_playwright

from console.product import Product
from console.push_service import PushService
from console.stage import CALLERS, Stage
from svarhus.app.demo_notes import DemoPerson

HEADERS = {"X-Svarhus": "1"}


@pytest_asyncio.fixture(loop_scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as running:
        yield running


async def _signed_in(playwright: Playwright, product: Product, person: DemoPerson) -> APIRequestContext:
    requests = await playwright.request.new_context(base_url=product.url, extra_http_headers=HEADERS)
    answer = await requests.post("/api/session", data={"email": person.email, "password": person.password})
    assert answer.ok, await answer.text()
    return requests


async def _devices(requests: APIRequestContext) -> int:
    answer = await requests.get("/api/me/push")
    assert answer.ok, await answer.text()
    return int((await answer.json())["devices"])


async def test_a_device_is_told_of_an_offered_call_without_its_callers_number(
    stage: Stage, product: Product, playwright: Playwright
) -> None:
    requests = await _signed_in(playwright, product, stage.agent())
    async with PushService() as service:
        answer = await requests.put("/api/me/push/subscription", data=service.subscription())
        assert answer.status == 204, await answer.text()
        assert await _devices(requests) == 1
        phone, caller = await stage.phone(), await stage.caller()

        call = caller.dial(stage.number, from_number=CALLERS[0])
        await phone.expect_ring()
        told = await asyncio.wait_for(service.arrived.get(), 10)

        assert told.notice["kind"] == "offer"
        assert told.notice["queue"] == "Mottagningen"
        assert "caller" not in told.notice
        assert CALLERS[0] not in str(told)
        assert told.headers["TTL"] == "20"
        assert told.headers["Authorization"].startswith("vapid t=")
        await call.hangup()


async def test_a_silent_push_service_delays_no_call(stage: Stage, product: Product, playwright: Playwright) -> None:
    requests = await _signed_in(playwright, product, stage.agent())
    async with PushService() as service:
        service.silent = True
        await requests.put("/api/me/push/subscription", data=service.subscription())
        phone, caller = await stage.phone(), await stage.caller()
        call = caller.dial(stage.number, from_number=CALLERS[0])
        await phone.expect_ring()
        await asyncio.wait_for(service.arrived.get(), 10)
        phone.answer()
        await caller.expect_up()
        await call.hangup()


async def test_a_device_is_forgotten_when_its_browser_is_gone_or_signed_out(
    stage: Stage, product: Product, playwright: Playwright
) -> None:
    requests = await _signed_in(playwright, product, stage.agent())
    async with PushService() as service:
        await requests.put("/api/me/push/subscription", data=service.subscription())
        told = await (await requests.post("/api/me/push/test")).json()
        assert told == {"taken": 1, "devices": 1}
        service.gone = True
        await requests.post("/api/me/push/test")
        assert await _devices(requests) == 0

        service.gone = False
        await requests.put("/api/me/push/subscription", data=service.subscription())
        assert (await requests.delete("/api/session")).ok
    again = await _signed_in(playwright, product, stage.agent())
    assert await _devices(again) == 0


async def test_nothing_but_push_services_is_called(stage: Stage, product: Product, playwright: Playwright) -> None:
    requests = await _signed_in(playwright, product, stage.agent())
    async with PushService() as service:
        subscription = {**service.subscription(), "endpoint": "http://169.254.169.254/latest/meta-data"}
        answer = await requests.put("/api/me/push/subscription", data=subscription)
    assert answer.status == 422
    assert (await answer.json())["type"].endswith("unknown-push-service")
