"""Boards: how the day has gone, and what a screen on the wall is shown of it."""

import json

import httpx
import pytest
from fastapi import FastAPI

from integration.api.conftest import client
from integration.api.contacts.conftest import SignedIn, may_only
from integration.running import KARIN, LARS, RunningHouse
from svarhus.app.organisations import Organisations
from svarhus.domains.people.rights import Right


@pytest.fixture
async def screen(application: FastAPI) -> httpx.AsyncClient:
    """Nobody who signs in."""
    return client(application)


def of(queues: list[dict[str, object]], key: str, name: str = "queue") -> dict[str, object]:
    return next(queue for queue in queues if queue[name] == key)


async def test_the_day_is_counted_by_its_definitions(house: RunningHouse, as_person: SignedIn) -> None:
    cecilia = await as_person("cecilia")
    leg, _ = await house.talking(KARIN)
    impatient = await house.waiting(LARS)
    house.pass_by(4)
    house.hang_up(impatient)
    await house.until(lambda: not house.exchange.core.state.places and house.exchange.committed)
    patient = await house.waiting(LARS)
    house.pass_by(30)
    house.hang_up(patient)
    await house.until(lambda: not house.exchange.core.state.places and house.exchange.committed)
    house.pass_by(2)
    today = (await cecilia.get("/api/boards/today")).json()
    advice = of(today["queues"], "advice")
    assert (advice["offered"], advice["answered"], advice["abandoned"]) == (3, 1, 2)
    assert (advice["short_abandons"], advice["flowed_out"]) == (1, 0)
    assert advice["service_level"] == pytest.approx(1 / 2), "the short one does not count"
    assert advice["abandon_rate"] == pytest.approx(2 / 3)
    assert isinstance(advice["longest_wait"], float) and 30 <= advice["longest_wait"] < 40
    assert advice["average_wait"] is not None
    assert today["people"] == [{"person": "cecilia", "answered": 1}]
    reception = of(today["queues"], "reception")
    assert (reception["offered"], reception["service_level"], reception["average_wait"]) == (0, None, None)
    house.hang_up(leg)
    house.pass_by(24 * 3600)
    cecilia = await as_person("cecilia")
    anew = (await cecilia.get("/api/boards/today")).json()
    assert of(anew["queues"], "advice")["offered"] == 0


async def test_a_link_shows_its_queues_and_no_caller(
    house: RunningHouse, birgitta: httpx.AsyncClient, screen: httpx.AsyncClient
) -> None:
    await house.talking(KARIN)
    await house.waiting(LARS)
    wanted = {"name": "Rådgivningen", "queues": ["advice"], "shows_agents": True, "theme": "light", "language": "en"}
    made = await birgitta.post("/api/boards/links", json=wanted)
    assert made.status_code == 201
    token = made.json()["path"].removeprefix("/wallboard#")
    answer = await screen.get("/api/public/wallboard", headers={"Authorization": f"Bearer {token}"})
    shown = answer.json()
    assert (shown["name"], shown["theme"], shown["language"]) == ("Rådgivningen", "light", "en")
    [advice] = shown["queues"]
    assert (advice["key"], advice["waiting"], advice["logged_in"], advice["free"]) == ("advice", 1, 1, 0)
    assert shown["today"][0]["answered"] == 1
    cecilia = of(shown["agents"], "Cecilia Lund", "name")
    assert cecilia["state"] == "talking" and cecilia["since"] is not None
    assert KARIN not in answer.text and LARS not in answer.text
    [kept] = (await birgitta.get("/api/boards/links")).json()["items"]
    assert kept["seen_at"] is not None
    assert token not in json.dumps(kept)


async def test_a_link_of_a_unit_shows_that_unit(
    house: RunningHouse, birgitta: httpx.AsyncClient, screen: httpx.AsyncClient
) -> None:
    made = (await birgitta.post("/api/boards/links", json={"name": "M", "unit": "mottagningen"})).json()
    token = made["path"].partition("#")[2]
    shown = (await screen.get("/api/public/wallboard", headers={"Authorization": f"Bearer {token}"})).json()
    assert [queue["key"] for queue in shown["queues"]] == ["reception"]
    assert shown["agents"] is None


async def test_a_revoked_link_shows_nothing(
    house: RunningHouse, birgitta: httpx.AsyncClient, screen: httpx.AsyncClient, neighbour: httpx.AsyncClient
) -> None:
    made = (await birgitta.post("/api/boards/links", json={"name": "Wall"})).json()
    header = {"Authorization": f"Bearer {made['path'].partition('#')[2]}"}
    assert (await neighbour.delete(f"/api/boards/links/{made['link']['id']}")).status_code == 404
    assert (await neighbour.get("/api/boards/links")).json()["items"] == []
    assert (await screen.get("/api/public/wallboard", headers=header)).status_code == 200
    assert (await birgitta.delete(f"/api/boards/links/{made['link']['id']}")).status_code == 204
    refused = await screen.get("/api/public/wallboard", headers=header)
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/wallboard-link-revoked")
    assert (await screen.get("/api/public/wallboard")).status_code == 401


async def test_a_link_is_no_way_into_the_rest(
    house: RunningHouse, birgitta: httpx.AsyncClient, screen: httpx.AsyncClient
) -> None:
    made = (await birgitta.post("/api/boards/links", json={"name": "Wall"})).json()
    header = {"Authorization": f"Bearer {made['path'].partition('#')[2]}"}
    for path in ("/api/live/snapshot", "/api/boards/today", "/api/boards/links", "/api/notices", "/api/queues"):
        assert (await screen.get(path, headers=header)).status_code == 401, path


async def test_who_may_not_share_makes_no_link(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    assert (await cecilia.post("/api/boards/links", json={"name": "Wall"})).status_code == 403
    assert (await cecilia.get("/api/boards/links")).status_code == 403


async def test_a_link_names_what_is_there(house: RunningHouse, birgitta: httpx.AsyncClient) -> None:
    for wanted in ({"name": "Wall", "queues": ["nowhere"]}, {"name": "Wall", "unit": "nowhere"}):
        refused = await birgitta.post("/api/boards/links", json=wanted)
        assert (refused.status_code, refused.json()["type"]) == (404, "/problems/no-such-part")


async def test_a_screen_is_told_when_nothing_runs(
    house: RunningHouse, birgitta: httpx.AsyncClient, screen: httpx.AsyncClient
) -> None:
    made = (await birgitta.post("/api/boards/links", json={"name": "Wall"})).json()
    header = {"Authorization": f"Bearer {made['path'].partition('#')[2]}"}
    await house.stop()
    assert (await screen.get("/api/public/wallboard", headers=header)).status_code == 503
    await house.start()
    assert (await screen.get("/api/public/wallboard", headers=header)).status_code == 200


async def test_a_state_has_its_beginning(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    async def state() -> tuple[str, str | None]:
        shown = (await cecilia.get("/api/agents/me")).json()
        return shown["state"], shown["since"]

    before = house.time.now()
    assert (await state())[0] == "available"
    house.pass_by(60)
    await cecilia.post("/api/agents/me/log-out")
    name, since = await state()
    assert name == "logged_out" and since is not None
    assert since > before.isoformat()
    await cecilia.post("/api/agents/me/log-in")
    leg, _ = await house.talking(KARIN)
    name, since = await state()
    assert name == "talking" and since is not None
    house.hang_up(leg)
    await house.over()


async def test_the_day_says_whether_callbacks_are_shown_to_the_one_who_asks(
    house: RunningHouse, wired: Organisations, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    await may_only(wired, "cecilia", Right.SEE_LIVE, Right.SEE_CONFIGURATION)
    shown = [(await who.get("/api/boards/today")).json()["callbacks_shown"] for who in (cecilia, birgitta)]
    assert shown == [False, True]
    assert "callbacks" not in (await cecilia.get("/api/live/snapshot")).json()
