"""Callbacks over the API: moved to other queues and units, and settled when the work schedule has no place for them."""

import httpx
import pytest

from integration.api.contacts.conftest import SignedIn, may_only
from integration.api.contacts.test_callbacks import booked
from integration.running import KARIN, LARS, RunningHouse
from svarhus.app.organisations import Organisations
from svarhus.domains.people.rights import Right

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
UNPLACED = "/api/callbacks/without-place"


async def edit(astrid: httpx.AsyncClient, house: RunningHouse, calls_per_hour: int | None) -> None:
    """Another pace of calls for all of the week; None: none at all."""
    schedule = (await astrid.get("/api/schedules/nurses")).json()
    period = {"days": EVERY_DAY, "from": "00:00", "to": "24:00", "calls_per_hour": calls_per_hour}
    schedule["periods"] = [period] if calls_per_hour else []
    revision = house.exchange.core.state.stored.revision
    answer = await astrid.put("/api/schedules/nurses", json=schedule)
    assert answer.status_code == 200, answer.text
    house.exchange.configuration_changed()
    await house.until(lambda: house.exchange.core.state.stored.revision > revision)


async def unplaced(who: httpx.AsyncClient) -> list[str]:
    return [each["id"] for each in (await who.get(UNPLACED, params={"schedule": "nurses"})).json()["items"]]


@pytest.mark.feature("CB-12")
async def test_a_promise_goes_over_to_the_queue_of_another_unit(cecilia: httpx.AsyncClient) -> None:
    id = await booked(cecilia)
    free = (await cecilia.get("/api/queues/reception/places", params={"limit": 3})).json()["items"][2]["at"]
    moved = await cecilia.post(f"/api/callbacks/{id}/move", json={"at": free, "queue": "reception"})
    assert moved.status_code == 200, moved.text
    assert (moved.json()["queue"], moved.json()["promised_at"]) == ("reception", free)
    (listed,) = (await cecilia.get("/api/callbacks", params={"queue": "reception"})).json()["items"]
    assert listed["id"] == id
    history = (await cecilia.get(f"/api/cases/callback/{id}")).json()["history"]
    assert [(act["who"], act["detail"]) for act in history if act["act"] == "moved_to_queue"] == [
        ("cecilia", "reception")
    ]
    refused = await cecilia.post(f"/api/callbacks/{id}/move", json={"queue": "nowhere"})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/no-callbacks")


@pytest.mark.feature("DESK-09", "CB-12")
async def test_to_book_for_another_unit_is_a_right_of_its_own(wired: Organisations, cecilia: httpx.AsyncClient) -> None:
    own = await booked(cecilia, LARS)
    body = {"queue": "reception", "number": KARIN}
    await may_only(wired, "cecilia", Right.SEE_LIVE, Right.HANDLE_CALLBACKS)
    assert (await cecilia.post("/api/callbacks", json=body)).status_code == 403
    assert (await cecilia.post(f"/api/callbacks/{own}/move", json={"queue": "reception"})).status_code == 403
    assert (await cecilia.post(f"/api/callbacks/{own}/move", json={"queue": "advice"})).status_code == 200
    await may_only(wired, "cecilia", Right.SEE_LIVE, Right.HANDLE_CALLBACKS, Right.BOOK_FOR_OTHER_UNITS)
    assert (await cecilia.post("/api/callbacks", json=body)).status_code == 201


@pytest.mark.feature("SCH-05")
async def test_what_an_edit_leaves_without_a_place_is_listed_and_settled(
    as_person: SignedIn, house: RunningHouse
) -> None:
    astrid = await as_person("astrid")
    first, second, third = [await booked(astrid, f"+4670174060{digit}") for digit in (5, 6, 7)]
    assert await unplaced(astrid) == []
    await edit(astrid, house, None)
    assert await unplaced(astrid) == [first, second, third]
    page = (await astrid.get(UNPLACED, params={"limit": 1})).json()
    rest = (await astrid.get(UNPLACED, params={"cursor": page["next"]})).json()
    assert [each["id"] for each in page["items"] + rest["items"]] == [first, second, third]

    kept = await astrid.post(UNPLACED, json={"do": "keep", "callbacks": [first]})
    assert [each["above_capacity"] for each in kept.json()["callbacks"]] == [True]
    called = await astrid.post(UNPLACED, json={"do": "call_now", "callbacks": [second]})
    assert [each["status"] for each in called.json()["callbacks"]] == ["due"]
    no_room = await astrid.post(UNPLACED, json={"do": "move", "callbacks": [third, "demo-b99"]})
    assert [each["problem"] for each in no_room.json()["failed"]] == ["no-place", "booking-not-found"]
    assert await unplaced(astrid) == [third]
    await edit(astrid, house, 2)
    was = (await astrid.get(f"/api/callbacks/{third}")).json()["due_at"]
    if await unplaced(astrid):
        moved = await astrid.post(UNPLACED, json={"do": "move", "callbacks": [third]})
        assert [each["due_at"] > was for each in moved.json()["callbacks"]] == [True]
    assert await unplaced(astrid) == []
    assert (await astrid.post(UNPLACED, json={"do": "keep", "callbacks": [third]})).json()["failed"][0]["problem"] == (
        "has-place"
    )
    for id, act in ((first, "kept_above_capacity"), (second, "called_early")):
        history = (await astrid.get(f"/api/cases/callback/{id}")).json()["history"]
        assert act in [each["act"] for each in history]


async def test_others_see_nothing_of_them(
    wired: Organisations, cecilia: httpx.AsyncClient, neighbour: httpx.AsyncClient
) -> None:
    assert (await neighbour.get(UNPLACED)).is_error
    await may_only(wired, "cecilia", Right.SEE_LIVE)
    assert (await cecilia.get(UNPLACED)).status_code == 403
    assert (await cecilia.post(UNPLACED, json={"do": "keep", "callbacks": ["demo-b1"]})).status_code == 403
