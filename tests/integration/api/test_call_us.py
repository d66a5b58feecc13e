"""The public page from which anyone can call: whom, how often, and who is let in."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from integration.api.conftest import client
from integration.conftest import TestClock
from svarhus.app.organisations import Organisations
from svarhus.domains.guests.model import GuestLimits
from svarhus.domains.guests.service import CallUs
from svarhus.kit.errors import NotSignedIn, Unavailable
from svarhus.kit.ids import OrganisationId
from svarhus.ports.guests import GuestPhone

SESSIONS = "/api/public/call-us/sessions"


class Phones:
    """An engine that keeps a list."""

    def __init__(self) -> None:
        self.open_phones: dict[str, GuestPhone] = {}
        self.away = False

    async def open(self, phone: GuestPhone) -> None:
        if self.away:
            raise Unavailable("The telephony engine does not answer.")
        self.open_phones[phone.name] = phone

    async def close(self, name: str) -> None:
        self.open_phones.pop(name, None)


@pytest.fixture
def phones() -> Phones:
    return Phones()


@pytest.fixture
def call_us(wired: Organisations, phones: Phones, clock: TestClock) -> CallUs:
    limits = GuestLimits(at_once=3, of_address=2, begun_of_address=3)
    return CallUs(OrganisationId("clinic"), wired.repository, phones, clock, limits)


@pytest_asyncio.fixture
async def guest(application: FastAPI, call_us: CallUs) -> AsyncIterator[httpx.AsyncClient]:
    application.state.services = replace(application.state.services, call_us=call_us)
    async with client(application, {"X-Svarhus": "1"}) as opened:
        yield opened


async def test_without_an_organisation_to_call_there_is_no_page(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/api/public/call-us")
    assert (answer.status_code, answer.json()["type"].split("/")[-1]) == (404, "call-us-not-open")


async def test_the_page_names_the_organisation_and_its_numbers_and_nothing_else(guest: httpx.AsyncClient) -> None:
    shown = (await guest.get("/api/public/call-us")).json()
    assert set(shown) == {"key", "organisation", "language", "numbers"}
    assert shown["numbers"]
    assert all(set(number) == {"number", "name"} for number in shown["numbers"])


async def test_a_visitor_gets_a_phone_of_its_own_until_the_visit_is_over(
    guest: httpx.AsyncClient, phones: Phones, call_us: CallUs, clock: TestClock
) -> None:
    answer = await guest.post(SESSIONS)
    assert answer.status_code == 201
    visit = answer.json()
    phone = phones.open_phones[visit["user"]]
    assert (phone.organisation, phone.number, phone.password) == ("clinic", visit["number"], visit["password"])
    assert call_us.guest(visit["token"]).name == visit["user"]
    assert visit["websocket_path"] == f"/ws/sip?guest={visit['token']}"
    clock.pass_by(timedelta(minutes=31))
    with pytest.raises(NotSignedIn):
        call_us.guest(visit["token"])
    await call_us.forget_expired()
    assert not phones.open_phones


async def test_a_visitor_who_leaves_takes_the_phone_along(guest: httpx.AsyncClient, phones: Phones) -> None:
    token = (await guest.post(SESSIONS)).json()["token"]
    for _ in range(2):
        assert (await guest.delete(f"{SESSIONS}/{token}")).status_code == 204
    assert not phones.open_phones


async def test_too_many_visitors_of_one_address_are_told_when_to_come_again(guest: httpx.AsyncClient) -> None:
    assert [(await guest.post(SESSIONS)).status_code for _ in range(2)] == [201, 201]
    refused = await guest.post(SESSIONS)
    assert refused.status_code == 429
    assert refused.json()["type"].endswith("/too-many-visitors")
    assert 0 < int(refused.headers["Retry-After"]) <= 30 * 60


async def test_coming_and_going_again_and_again_is_limited_too(guest: httpx.AsyncClient) -> None:
    for _ in range(3):
        token = (await guest.post(SESSIONS)).json()["token"]
        await guest.delete(f"{SESSIONS}/{token}")
    assert (await guest.post(SESSIONS)).status_code == 429


async def test_another_site_cannot_begin_visits(guest: httpx.AsyncClient) -> None:
    answer = await guest.post(SESSIONS, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


async def test_an_engine_that_is_away_is_told_of_and_no_visit_begins(
    guest: httpx.AsyncClient, phones: Phones, call_us: CallUs
) -> None:
    phones.away = True
    assert (await guest.post(SESSIONS)).status_code == 503
    phones.away = False
    assert (await guest.post(SESSIONS)).status_code == 201
