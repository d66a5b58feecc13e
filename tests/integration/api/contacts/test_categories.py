"""What people call about, from the setting to the desk, the logs and the bookings."""

import httpx
import pytest
import pytest_asyncio

from integration.api.contacts.conftest import SignedIn
from integration.running import KARIN, LARS, RunningHouse
from svarhus.kit.ids import QueueKey

ADVICE = QueueKey("advice")
BURNS = {"key": "burns", "name": "Burns", "priority": "high", "call_minutes": 8, "handling_minutes": 4}


@pytest_asyncio.fixture
async def astrid(house: RunningHouse, as_person: SignedIn) -> httpx.AsyncClient:
    """The administrator, who has said what the advice line is about."""
    opened = await as_person("astrid")
    assert (await opened.post("/api/categories", json=BURNS)).status_code == 201
    advice = (await opened.get("/api/queues/advice")).json()
    assert (await opened.put("/api/queues/advice", json={**advice, "category": "burns"})).status_code == 200
    house.exchange.configuration_changed()
    await house.until(lambda: house.exchange.core.rules.queues[ADVICE].category == "burns")
    return opened


@pytest.mark.feature("SCH-10", "DESK-01", "FLOW-21")
async def test_what_a_call_is_about_stands_wherever_the_call_does(
    house: RunningHouse, astrid: httpx.AsyncClient, cecilia: httpx.AsyncClient
) -> None:
    leg = await house.waiting(KARIN)
    call = house.exchange.core.state.legs[leg].call
    [item] = (await cecilia.get("/api/desk")).json()["items"]
    assert (item["category"], item["priority"]) == ("burns", "high")
    assert (await cecilia.get(f"/api/cases/call/{call}")).json()["category"] == "burns"
    house.hang_up(leg)
    await house.over()
    [missed] = (await cecilia.get("/api/queue-log")).json()["items"]
    line = (await astrid.get("/api/calls")).json()["items"][0]
    details = (await astrid.get(f"/api/calls/{call}")).json()
    assert [missed["category"], line["category"], details["parts"][0]["category"]] == ["burns"] * 3


@pytest.mark.feature("SCH-10")
async def test_what_a_booking_is_about_is_kept_and_found(astrid: httpx.AsyncClient, cecilia: httpx.AsyncClient) -> None:
    for number, category in ((KARIN, None), (LARS, "burns")):
        wanted = {"queue": "reception", "number": number, "category": category}
        assert (await cecilia.post("/api/callbacks", json=wanted)).status_code == 201
    found = (await cecilia.get("/api/callbacks", params={"category": "burns"})).json()["items"]
    assert [(each["number"], each["category"]) for each in found] == [(LARS, "burns")]
    case = (await cecilia.get(f"/api/cases/callback/{found[0]['id']}")).json()
    assert case["category"] == "burns"
    unknown = {"queue": "reception", "number": "+46701740609", "category": "nothing"}
    refused = await cecilia.post("/api/callbacks", json=unknown)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/no-category")


@pytest.mark.feature("SCH-10")
async def test_a_category_in_use_says_where(astrid: httpx.AsyncClient) -> None:
    refused = await astrid.delete("/api/categories/burns")
    assert refused.status_code == 409
    assert "queues.advice.category" in refused.text


@pytest.mark.feature("SCH-08", "SCH-02")
async def test_places_are_kept_and_the_fill_level_follows_what_is_booked(
    house: RunningHouse, astrid: httpx.AsyncClient, cecilia: httpx.AsyncClient
) -> None:
    nurses = (await astrid.get("/api/schedules/nurses")).json()
    general = {**nurses["periods"][0], "from": "23:00", "to": "24:00", "calls_per_hour": 2}
    changed = {**nurses, "periods": [general, {**general, "categories": ["burns"]}], "notice_minutes": 0}
    assert (await astrid.put("/api/schedules/nurses", json=changed)).status_code == 200
    house.exchange.configuration_changed()
    await house.until(lambda: len(house.exchange.core.rules.schedules["nurses"].periods) == 2)
    free = (await cecilia.get("/api/queues/reception/places", params={"category": "burns"})).json()["items"]
    assert [place["free"] for place in free[:2]] == [1, 1]
    for number in (KARIN, LARS):
        wanted = {"queue": "reception", "number": number, "category": "burns"}
        assert (await cecilia.post("/api/callbacks", json=wanted)).status_code == 201
    filled = (await cecilia.get("/api/schedules/nurses/fill")).json()
    assert [(each["period"], each["filled"]["taken"], each["filled"]["state"]) for each in filled["periods"]] == [
        (0, 0, "free"),
        (1, 2, "full"),
    ]
    assert (filled["openness"], filled["meets"], filled["above"]) == ("open", "offered", 0)
    left = {each["category"]: each["filled"]["left"] for each in filled["categories"]}
    assert (left["burns"], left["prescriptions"], left[None]) == (2, 2, 2)
    assert (await cecilia.get("/api/schedules/nothing/fill")).status_code == 404
