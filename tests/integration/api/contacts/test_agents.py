"""Logging in and out, and what people are doing, over the API."""

import httpx
import pytest

from integration.api.contacts.conftest import SignedIn
from integration.running import KARIN, RunningHouse


async def test_everybody_is_shown_with_what_they_do(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    await house.talking(KARIN)
    shown = {agent["key"]: agent for agent in (await cecilia.get("/api/agents")).json()["items"]}
    assert list(shown) == ["astrid", "birgitta", "cecilia", "david"]
    assert shown["cecilia"]["state"] == "talking"
    assert shown["astrid"]["state"] == "available"
    assert shown["david"]["state"] == "logged_out"


async def test_people_are_paged(cecilia: httpx.AsyncClient) -> None:
    first = (await cecilia.get("/api/agents", params={"limit": 3})).json()
    second = (await cecilia.get("/api/agents", params={"limit": 3, "cursor": first["next"]})).json()
    assert [agent["key"] for agent in second["items"]] == ["david"]
    assert second["next"] is None


async def test_one_logs_oneself_in_and_out(cecilia: httpx.AsyncClient) -> None:
    out = await cecilia.post("/api/agents/me/log-out")
    assert (out.json()["state"], out.json()["queues"]) == ("logged_out", [])
    back = await cecilia.post("/api/agents/me/log-in", json={"queues": ["advice"]})
    assert (back.json()["state"], back.json()["queues"]) == ("available", ["advice"])


async def test_only_team_leaders_log_others_in(cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient) -> None:
    assert (await cecilia.post("/api/agents/david/log-in")).status_code == 403
    assert (await birgitta.post("/api/agents/david/log-in")).json()["queues"] == ["reception"]
    assert (await cecilia.post("/api/agents/cecilia/log-out")).status_code == 200


async def test_a_queue_of_others_is_refused(cecilia: httpx.AsyncClient) -> None:
    refused = await cecilia.post("/api/agents/me/log-in", json={"queues": ["reception"]})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-a-member")
    assert refused.json()["remedy"]


async def test_nobody_is_404(birgitta: httpx.AsyncClient) -> None:
    assert (await birgitta.get("/api/agents/zoe")).status_code == 404
    assert (await birgitta.post("/api/agents/zoe/log-in")).status_code == 404


async def test_a_token_is_nobody_who_takes_calls(birgitta: httpx.AsyncClient, token: str) -> None:
    refused = await birgitta.post("/api/agents/me/log-in", headers={"Authorization": f"Bearer {token}"})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-a-person")


async def test_after_call_work_is_ended(house: RunningHouse, as_person: object, birgitta: httpx.AsyncClient) -> None:
    leg = await house.reception_call(KARIN)
    house.hang_up(leg)
    await house.over()
    busy = [a["key"] for a in (await birgitta.get("/api/agents")).json()["items"] if a["state"] == "after_call_work"]
    assert len(busy) == 1
    freed = await birgitta.post(f"/api/agents/{busy[0]}/end-after-call-work")
    assert freed.json()["state"] == "available"


async def test_nothing_runs_for_the_neighbour(neighbour: httpx.AsyncClient) -> None:
    away = await neighbour.get("/api/agents")
    assert (away.status_code, away.json()["type"]) == (503, "/problems/exchange-unavailable")


async def test_after_call_work_is_made_longer_while_somebody_writes(
    house: RunningHouse, birgitta: httpx.AsyncClient
) -> None:
    leg = await house.reception_call(KARIN)
    house.hang_up(leg)
    await house.over()
    people = (await birgitta.get("/api/agents")).json()["items"]
    (busy,) = [agent for agent in people if agent["state"] == "after_call_work"]
    path = f"/api/agents/{busy['key']}"
    longer = (await birgitta.post(f"{path}/extend-after-call-work", json={"seconds": 600})).json()
    assert longer["after_call_until"] > busy["after_call_until"] and longer["since"] == busy["since"]
    same = (await birgitta.post(f"{path}/extend-after-call-work", json={"seconds": 5})).json()
    assert same["after_call_until"] == longer["after_call_until"]
    await birgitta.post(f"{path}/end-after-call-work")
    over = await birgitta.post(f"{path}/extend-after-call-work", json={"seconds": 5})
    assert (over.status_code, over.json()["type"]) == (409, "/problems/not-in-after-call-work")


@pytest.mark.feature("Q-25")
async def test_one_pauses_oneself_and_comes_back(cecilia: httpx.AsyncClient) -> None:
    paused = await cecilia.put("/api/agents/me/pause", json={"reason": "lunch"})
    assert (paused.status_code, paused.json()["state"]) == (200, "paused")
    pause = paused.json()["pause"]
    assert (pause["reason"], pause["name"], pause["until"], pause["by"]) == ("lunch", None, None, "cecilia")
    queue = next(each for each in (await cecilia.get("/api/agents")).json()["items"] if each["key"] == "cecilia")
    assert queue["queues"]
    assert (await cecilia.delete("/api/agents/me/pause")).status_code == 204
    assert (await cecilia.get("/api/agents/me")).json()["state"] == "available"


@pytest.mark.feature("Q-25")
async def test_others_are_paused_by_those_who_lead_and_it_is_in_the_audit_log(
    as_person: SignedIn, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    refused = await cecilia.put("/api/agents/astrid/pause", json={"reason": "lunch"})
    assert refused.status_code == 403
    assert (await birgitta.put("/api/agents/cecilia/pause", json={"reason": "meeting"})).status_code == 200
    assert (await birgitta.delete("/api/agents/cecilia/pause")).status_code == 204
    lines = (await (await as_person("astrid")).get("/api/audit")).json()["items"]
    told = [(each["who"], each["action"]) for each in lines if each["action"].startswith("pause")]
    assert told == [("birgitta", "pause-ended"), ("birgitta", "pause-set")]


@pytest.mark.feature("Q-25")
@pytest.mark.parametrize("wanted", [{"reason": "siesta"}, {"reason": "lunch", "until": "2020-01-01T12:00:00Z"}])
async def test_a_pause_that_cannot_be_is_refused(cecilia: httpx.AsyncClient, wanted: dict[str, str]) -> None:
    refused = await cecilia.put("/api/agents/me/pause", json=wanted)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/no-such-pause")


@pytest.mark.feature("Q-25")
async def test_who_is_logged_out_cannot_pause(cecilia: httpx.AsyncClient) -> None:
    await cecilia.post("/api/agents/me/log-out")
    refused = await cecilia.put("/api/agents/me/pause", json={"reason": "lunch"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-logged-in")


@pytest.mark.feature("Q-12")
async def test_the_last_one_out_is_told_so(cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient) -> None:
    queues = (await cecilia.get("/api/agents/me")).json()["queues"]
    others = [each["key"] for each in (await birgitta.get("/api/agents")).json()["items"] if each["key"] != "cecilia"]
    for other in others:
        await birgitta.post(f"/api/agents/{other}/log-out")
    assert (await cecilia.post("/api/agents/me/log-out")).json()["nobody_left_in"] == queues
    assert (await cecilia.post("/api/agents/me/log-out")).json()["nobody_left_in"] == []
