"""Callbacks over the API: booked, started, marked, cancelled."""

from datetime import datetime, timedelta

import httpx
import pytest

from integration.api.contacts.conftest import may_only
from integration.running import KARIN, LARS, RunningHouse
from svarhus.adapters.simulated.world import Reaction
from svarhus.app.organisations import Organisations
from svarhus.domains.people.rights import Right


async def booked(who: httpx.AsyncClient, number: str = KARIN) -> str:
    answer = await who.post("/api/callbacks", json={"queue": "advice", "number": number})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.mark.feature("CB-09")
async def test_a_callback_is_booked_started_and_marked(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    id = await booked(cecilia, "070-174 06 05")
    shown = (await cecilia.get(f"/api/callbacks/{id}")).json()
    assert (shown["number"], shown["status"], shown["booked_by"]) == (KARIN, "booked", "cecilia")
    house.engine.when_called(KARIN, Reaction.ANSWER)
    started = await cecilia.post(f"/api/callbacks/{id}/start")
    assert started.status_code == 201
    await house.until(lambda: house.ringing("cecilia") is not None)
    own = house.ringing("cecilia")
    assert own is not None
    house.engine.answer(own)
    await house.until(lambda: house.engine.world.legs[own].join is not None)
    house.hang_up(own)
    await house.over()
    assert (await cecilia.get(f"/api/callbacks/{id}")).json()["status"] == "to_mark"
    marked = await cecilia.post(f"/api/callbacks/{id}/mark", json={"answered": True})
    assert (marked.json()["status"], marked.json()["attempts"]) == ("reached", 1)
    assert marked.json()["connected"] is True
    assert (await cecilia.get("/api/callbacks")).json()["items"] == []
    assert len((await cecilia.get("/api/callbacks", params={"status": "all"})).json()["items"]) == 1


async def test_marking_before_an_attempt_is_a_conflict(cecilia: httpx.AsyncClient) -> None:
    id = await booked(cecilia)
    refused = await cecilia.post(f"/api/callbacks/{id}/mark", json={"answered": False})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-to-mark")


async def test_the_list_goes_by_the_time_due_and_can_be_filtered(cecilia: httpx.AsyncClient) -> None:
    first, second = await booked(cecilia, KARIN), await booked(cecilia, LARS)
    page = (await cecilia.get("/api/callbacks", params={"limit": 1})).json()
    rest = (await cecilia.get("/api/callbacks", params={"limit": 1, "cursor": page["next"]})).json()
    assert [page["items"][0]["id"], rest["items"][0]["id"]] == [first, second]
    by_number = (await cecilia.get("/api/callbacks", params={"number": "0701740606"})).json()["items"]
    assert [each["id"] for each in by_number] == [second]
    assert (await cecilia.get("/api/callbacks", params={"queue": "reception"})).json()["items"] == []
    assert (await cecilia.get("/api/callbacks", params={"status": "due"})).json()["items"] == []


async def test_a_free_place_is_chosen_and_is_then_taken(cecilia: httpx.AsyncClient) -> None:
    free = (await cecilia.get("/api/queues/advice/places", params={"limit": 3})).json()
    at = free["items"][2]["at"]
    made = await cecilia.post("/api/callbacks", json={"queue": "advice", "number": KARIN, "at": at})
    assert datetime.fromisoformat(made.json()["promised_at"]) == datetime.fromisoformat(at)
    until = (datetime.fromisoformat(at) + timedelta(minutes=1)).isoformat()
    left = (await cecilia.get("/api/queues/advice/places", params={"to": until})).json()["items"]
    assert at not in [place["at"] for place in left]
    taken = await cecilia.post("/api/callbacks", json={"queue": "advice", "number": LARS, "at": at})
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/no-place")


@pytest.mark.feature("CB-06")
async def test_a_customer_may_be_promised_no_time(cecilia: httpx.AsyncClient) -> None:
    wanted = {"queue": "advice", "number": KARIN, "kind": "untimed"}
    made = (await cecilia.post("/api/callbacks", json=wanted)).json()
    assert (made["kind"], made["promised_at"]) == ("untimed", None)
    assert (await cecilia.get(f"/api/callbacks/{made['id']}")).json()["due_at"] == made["due_at"]
    free = (await cecilia.get("/api/queues/advice/places", params={"limit": 1})).json()["items"][0]["at"]
    both = await cecilia.post("/api/callbacks", json={**wanted, "number": LARS, "at": free})
    assert both.status_code == 422
    moved = (await cecilia.post(f"/api/callbacks/{made['id']}/move", json={"at": free})).json()
    assert (moved["kind"], moved["promised_at"]) == ("timed", free)


async def test_the_first_place_that_is_offered_is_the_next_one(cecilia: httpx.AsyncClient) -> None:
    first = (await cecilia.get("/api/queues/advice/places", params={"limit": 1})).json()["items"][0]["at"]
    made = await cecilia.post("/api/callbacks", json={"queue": "advice", "number": KARIN})
    assert made.json()["promised_at"] == first


async def test_places_are_paged_in_order(cecilia: httpx.AsyncClient) -> None:
    first = (await cecilia.get("/api/queues/advice/places", params={"limit": 5})).json()
    second = (await cecilia.get("/api/queues/advice/places", params={"limit": 5, "cursor": first["next"]})).json()
    times = [datetime.fromisoformat(place["at"]) for place in first["items"] + second["items"]]
    assert times == sorted(set(times))
    assert len(times) == 10
    assert (await cecilia.get("/api/queues/nothing/places")).status_code == 404


@pytest.mark.feature("CB-03")
async def test_one_number_has_one_live_booking(cecilia: httpx.AsyncClient) -> None:
    await booked(cecilia)
    again = await cecilia.post("/api/callbacks", json={"queue": "advice", "number": KARIN})
    assert again.status_code == 409


async def test_what_is_no_number_is_refused(cecilia: httpx.AsyncClient) -> None:
    refused = await cecilia.post("/api/callbacks", json={"queue": "advice", "number": "hello"})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/number-not-callable")


async def test_a_promise_is_taken_back(cecilia: httpx.AsyncClient) -> None:
    id = await booked(cecilia)
    assert (await cecilia.delete(f"/api/callbacks/{id}")).status_code == 204
    shown = (await cecilia.get(f"/api/callbacks/{id}")).json()
    assert (shown["status"], shown["closed_by"]) == ("cancelled", "cecilia")
    assert (await cecilia.delete(f"/api/callbacks/{id}")).status_code == 404


async def test_a_promise_is_moved_to_another_time(cecilia: httpx.AsyncClient, neighbour: httpx.AsyncClient) -> None:
    first, second = await booked(cecilia, KARIN), await booked(cecilia, LARS)
    was, taken = [(await cecilia.get(f"/api/callbacks/{id}")).json()["due_at"] for id in (first, second)]
    free = (await cecilia.get("/api/queues/advice/places", params={"limit": 3})).json()["items"][2]["at"]
    assert (await cecilia.post(f"/api/cases/callback/{first}/take")).json()["taken_by"] == "cecilia"
    moved = await cecilia.post(f"/api/callbacks/{first}/move", json={"at": free})
    assert moved.status_code == 200, moved.text
    assert (await cecilia.get(f"/api/cases/callback/{first}")).json()["taken_by"] is None, "anybody may ring then"
    assert {moved.json()[each] for each in ("promised_at", "due_at")} == {free}
    (listed,) = (await cecilia.get("/api/callbacks", params={"number": KARIN})).json()["items"]
    assert (listed["due_at"], listed["status"]) == (free, "booked")
    refused = await cecilia.post(f"/api/callbacks/{first}/move", json={"at": taken})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/no-place")
    assert refused.json()["remedy"]
    assert (await cecilia.post(f"/api/callbacks/{second}/move", json={})).json()["due_at"] == was
    history = (await cecilia.get(f"/api/cases/callback/{first}")).json()["history"]
    (act,) = [act for act in history if act["act"] == "moved"]
    assert (act["who"], datetime.fromisoformat(act["detail"])) == ("cecilia", datetime.fromisoformat(was))
    assert (await neighbour.post(f"/api/callbacks/{first}/move", json={})).is_error
    assert (await cecilia.get(f"/api/callbacks/{first}")).json()["due_at"] == free


async def test_who_may_not_take_care_of_callbacks_moves_none(wired: Organisations, cecilia: httpx.AsyncClient) -> None:
    id = await booked(cecilia, LARS)
    await may_only(wired, "cecilia", Right.SEE_LIVE)
    assert (await cecilia.post(f"/api/callbacks/{id}/move", json={})).status_code == 403


async def test_a_program_that_cancels_is_not_the_customer(cecilia: httpx.AsyncClient, token: str) -> None:
    id = await booked(cecilia)
    headers = {"Authorization": f"Bearer {token}"}
    assert (await cecilia.delete(f"/api/callbacks/{id}", headers=headers)).status_code == 204
    history = (await cecilia.get(f"/api/cases/callback/{id}")).json()["history"]
    assert [(act["act"], act["who"]) for act in history][-1] == ("withdrawn", None)


async def test_a_program_books_but_has_no_phone_to_start_with(cecilia: httpx.AsyncClient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    made = await cecilia.post("/api/callbacks", json={"queue": "advice", "number": KARIN}, headers=headers)
    assert made.json()["booked_by"] is None
    refused = await cecilia.post(f"/api/callbacks/{made.json()['id']}/start", headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-a-person")


async def test_another_organisation_sees_no_callback(cecilia: httpx.AsyncClient, neighbour: httpx.AsyncClient) -> None:
    id = await booked(cecilia)
    assert (await neighbour.get(f"/api/callbacks/{id}")).status_code == 404
    assert (await neighbour.get("/api/callbacks", params={"status": "all"})).json()["items"] == []
