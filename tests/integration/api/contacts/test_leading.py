"""Who may be with conversations of others, say who is served next, and park: by right, or named in the queue."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from integration.running import KARIN, RunningHouse
from svarhus.kit.ids import LegId, PersonKey

SignedIn = Callable[[str], Awaitable[httpx.AsyncClient]]


def call_of(house: RunningHouse, leg: LegId) -> str:
    return house.exchange.core.state.legs[leg].call


@pytest.mark.feature("Q-20")
async def test_each_way_needs_its_right(
    house: RunningHouse, birgitta: httpx.AsyncClient, as_person: SignedIn, cecilia: httpx.AsyncClient
) -> None:
    caller, own = await house.talking(KARIN)
    call = call_of(house, caller)
    david = await as_person("david")
    for how in ("listens", "whispers", "joins", "takes_over"):
        assert (await david.post(f"/api/calls/{call}/supervise", json={"how": how})).status_code == 403
    begun = await birgitta.post(f"/api/calls/{call}/supervise", json={"how": "listens", "member": "cecilia"})
    assert begun.status_code == 204, begun.text
    ear = next(leg for leg in house.exchange.core.state.supervising)
    house.engine.answer(ear)
    await house.until(lambda: house.engine.world.legs[ear].listens_to == own)
    (seen,) = (await david.get("/api/live/snapshot?topics=calls")).json()["calls"]
    assert [each["how"] for each in seen["supervised"]] == ["listens"]
    assert {leg["person"] for leg in seen["legs"]} == {None, "cecilia"}
    facts = (await birgitta.get(f"/api/calls/{call}/journal")).json()["items"]
    assert [fact["body"]["person"] for fact in facts if fact["kind"] == "supervised"] == ["birgitta"]
    house.hang_up(caller)
    await house.over()


@pytest.mark.feature("Q-20")
async def test_who_is_named_in_the_queue_needs_no_right(
    house: RunningHouse, as_person: SignedIn, cecilia: httpx.AsyncClient
) -> None:
    david, astrid = await as_person("david"), await as_person("astrid")
    caller, _ = await house.talking(KARIN)
    call = call_of(house, caller)
    key = house.exchange.core.state.calls[house.exchange.core.state.legs[caller].call].parts[-1].queue
    shown = await astrid.get(f"/api/queues/{key}")
    queue = {**shown.json(), "supervision": {"supervisors": ["david"], "tells_members": False}}
    kept = await astrid.put(f"/api/queues/{key}", json=queue, headers={"If-Match": shown.headers["etag"]})
    assert kept.is_success, kept.text
    house.exchange.configuration_changed()
    await house.until(lambda: house.exchange.core.rules.queues[key].supervision.supervisors == ("david",))
    assert (await david.post(f"/api/calls/{call}/supervise", json={"how": "listens"})).status_code == 204
    (seen,) = (await cecilia.get("/api/live/snapshot?topics=calls")).json()["calls"]
    assert seen["supervised"] == []
    (seen,) = (await david.get("/api/live/snapshot?topics=calls")).json()["calls"]
    assert [each["person"] for each in seen["supervised"]] == ["david"]
    house.hang_up(caller)
    await house.over()


@pytest.mark.feature("Q-20", "Q-12")
async def test_who_is_named_in_a_queue_logs_its_members_in_and_out_there_alone(
    house: RunningHouse, as_person: SignedIn
) -> None:
    david, astrid = await as_person("david"), await as_person("astrid")
    (key,) = house.exchange.core.rules.queues_of[PersonKey("cecilia")]
    into = {"queues": [key]}
    assert (await david.post("/api/agents/cecilia/log-in", json=into)).status_code == 403
    shown = await astrid.get(f"/api/queues/{key}")
    queue = {**shown.json(), "self_log_in": False, "supervision": {"supervisors": ["david"]}}
    kept = await astrid.put(f"/api/queues/{key}", json=queue, headers={"If-Match": shown.headers["etag"]})
    assert kept.is_success, kept.text
    house.exchange.configuration_changed()
    await house.until(lambda: not house.exchange.core.rules.queues[key].self_log_in)
    assert (await david.post("/api/agents/cecilia/log-in", json=into)).is_success
    assert (await david.post("/api/agents/cecilia/log-out", json=into)).json()["queues"] == []
    assert (await david.post("/api/agents/cecilia/log-out")).status_code == 403
    assert (await david.put("/api/agents/cecilia/pause", json={"reason": "break"})).status_code == 403


@pytest.mark.feature("Q-15")
async def test_only_who_leads_steers_the_waiting(
    house: RunningHouse, birgitta: httpx.AsyncClient, cecilia: httpx.AsyncClient
) -> None:
    for path, body in (("raise", {"raised": True}), ("assign", {"person": "david"})):
        assert (await cecilia.post(f"/api/calls/demo-77/{path}", json=body)).status_code == 403
        assert (await birgitta.post(f"/api/calls/demo-77/{path}", json=body)).status_code == 404


@pytest.mark.feature("SWB-03")
async def test_a_call_is_parked_and_taken_over_the_api(
    house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    caller, _ = await house.talking(KARIN)
    call = call_of(house, caller)
    assert (await cecilia.post(f"/api/calls/{call}/park")).json() == {"place": 1}
    (shown,) = (await birgitta.get("/api/live/snapshot?topics=calls")).json()["calls"]
    assert (shown["state"], shown["transfer"]["parked"], shown["transfer"]["by"]) == ("parked", 1, "cecilia")
    assert (await birgitta.post(f"/api/calls/{call}/take-parked")).status_code == 204
    leg = next(leg.id for leg in house.exchange.core.state.legs.values() if leg.person == "birgitta")
    house.engine.answer(leg)
    await house.until(lambda: house.engine.talking(caller, leg))
    house.hang_up(caller)
    await house.over()
