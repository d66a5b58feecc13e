"""The noticeboard: who reads what, what is new, and that nothing is taken away."""

import asyncio
import json

import httpx
import pytest
from websockets.asyncio.client import connect

from integration.api.contacts.conftest import SignedIn
from integration.running import LIMIT, RunningHouse

Notice = dict[str, object]


async def write(person: httpx.AsyncClient, text: str, **more: object) -> Notice:
    answer = await person.post("/api/notices", json={"text": text, **more})
    assert answer.status_code == 201, answer.text
    written: Notice = answer.json()
    return written


async def texts(person: httpx.AsyncClient, **query: str) -> list[object]:
    answer = await person.get("/api/notices", params=query)
    assert answer.status_code == 200, answer.text
    return [notice["text"] for notice in answer.json()["items"]]


async def test_a_notice_reaches_its_unit_and_no_other(house: RunningHouse, as_person: SignedIn) -> None:
    astrid, cecilia, david = [await as_person(name) for name in ("astrid", "cecilia", "david")]
    await write(cecilia, "Nurses only.", unit="radgivningen")
    await write(astrid, "To all.")
    assert await texts(cecilia) == ["To all.", "Nurses only."]
    assert await texts(david) == ["To all."]
    assert await texts(astrid, unit="radgivningen") == ["Nurses only."]
    assert (await david.get("/api/notices", params={"unit": "radgivningen"})).status_code == 404
    assert (await david.post("/api/notices", json={"text": "x", "unit": "radgivningen"})).status_code == 404


async def test_what_is_new_is_new_until_it_is_read(
    house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    first = await write(birgitta, "One.")
    second = await write(birgitta, "Two.", important=True)
    await write(cecilia, "My own.")
    now = (await cecilia.get("/api/notices/current")).json()
    assert (now["unread"], now["unread_important"]) == (2, 1), "what one wrote oneself is not new"
    assert (await cecilia.post("/api/notices/read", json={"to": second["id"]})).status_code == 204
    assert (await cecilia.post("/api/notices/read", json={"to": first["id"]})).status_code == 204
    assert (await cecilia.get("/api/notices/current")).json()["unread"] == 0
    assert (await birgitta.get("/api/notices/current")).json()["unread"] == 1


async def test_history_of_a_day_a_week_and_a_month(house: RunningHouse, as_person: SignedIn) -> None:
    cecilia = await as_person("cecilia")
    await write(cecilia, "Earlier.")
    day = (await cecilia.get("/api/notices")).json()["first"]
    house.pass_by(24 * 3600)
    cecilia = await as_person("cecilia")
    await write(cecilia, "Later.")
    assert await texts(cecilia) == ["Later."]
    assert await texts(cecilia, day=day) == ["Earlier."]
    assert "Earlier." in await texts(cecilia, period="month", day=day)
    month = (await cecilia.get("/api/notices", params={"period": "month", "day": "2027-02-10"})).json()
    assert (month["first"], month["end"]) == ("2027-02-01", "2027-03-01")
    week = (await cecilia.get("/api/notices", params={"period": "week", "day": "2027-02-10"})).json()
    assert (week["first"], week["end"]) == ("2027-02-08", "2027-02-15")


async def test_a_notice_cannot_be_deleted_or_changed(house: RunningHouse, as_person: SignedIn) -> None:
    astrid = await as_person("astrid")
    written = await write(astrid, "It stays.")
    for method in ("DELETE", "PUT", "PATCH"):
        assert (await astrid.request(method, f"/api/notices/{written['id']}")).status_code in {404, 405}
    assert await texts(astrid) == ["It stays."]


async def test_a_pinned_notice_stays_at_the_top(
    house: RunningHouse, birgitta: httpx.AsyncClient, cecilia: httpx.AsyncClient, neighbour: httpx.AsyncClient
) -> None:
    written = await write(cecilia, "The fax is broken.")
    pin = f"/api/notices/{written['id']}/pin"
    assert (await cecilia.post(pin)).status_code == 403
    assert (await neighbour.post(pin)).status_code == 404
    assert (await birgitta.post(pin)).json()["pinned_by"] == "birgitta"
    now = (await cecilia.get("/api/notices/current")).json()
    assert [notice["text"] for notice in now["pinned"]] == ["The fax is broken."]
    assert (await birgitta.delete(pin)).json()["pinned_at"] is None
    assert (await cecilia.get("/api/notices/current")).json()["pinned"] == []


@pytest.mark.parametrize(
    ("text", "status", "id"),
    [
        ("   \n ", 422, "nothing-written"),
        ("\u200b\ufeff", 422, "nothing-written"),
        ("Lunch\u202e12", 422, "invalid"),
        ("\x00\x07", 422, "invalid"),
        ("x" * 1001, 422, "notice-too-long"),
        ("x" * 5000, 422, "invalid"),
    ],
)
async def test_what_cannot_be_written(
    house: RunningHouse, cecilia: httpx.AsyncClient, text: str, status: int, id: str
) -> None:
    refused = await cecilia.post("/api/notices", json={"text": text})
    assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{id}")


async def test_markup_is_kept_as_the_text_that_it_is(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    text = "<b>Bold</b> & <script>alert(1)</script>\nhttps://1177.se"
    assert (await write(cecilia, text))["text"] == text


async def test_others_are_told_at_once(
    house: RunningHouse, address: str, token: str, cecilia: httpx.AsyncClient
) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    async with connect(f"ws://{address}/api/live?topics=notices", additional_headers=headers) as socket:
        async with asyncio.timeout(LIMIT):
            assert json.loads(await socket.recv())["type"] == "snapshot"
            written = await write(cecilia, "Look here.")
            message: dict[str, object] = {"type": "ping"}
            while message["type"] == "ping":
                message = json.loads(await socket.recv())
        assert message["changes"] == [{"topic": "notices", "key": str(written["id"]), "value": None}]
