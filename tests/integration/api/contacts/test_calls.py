"""The call log and the journal over the API."""

import httpx
import pytest

from integration.api.contacts.conftest import SignedIn
from integration.running import ADVICE, KARIN, LARS, RunningHouse


async def one_call(house: RunningHouse, caller: str = KARIN) -> str:
    """A caller is answered, and hangs up after half a minute. The call's id."""
    leg, _ = await house.talking(caller)
    call = house.exchange.core.state.legs[leg].call
    house.pass_by(30)
    house.hang_up(leg)
    await house.over()
    house.pass_by(20)
    await house.until(lambda: house.free("cecilia"))
    return call


@pytest.mark.feature("STAT-01")
async def test_a_call_is_in_the_log_with_its_parts_and_legs(house: RunningHouse, birgitta: httpx.AsyncClient) -> None:
    call = await one_call(house)
    [line] = (await birgitta.get("/api/calls")).json()["items"]
    assert (line["call"], line["caller"], line["dialled"]) == (call, KARIN, ADVICE)
    assert (line["outcome"], line["queue"], line["person"]) == ("answered", "advice", "cecilia")
    assert line["talk"] == 30
    shown = (await birgitta.get(f"/api/calls/{call}")).json()
    assert [part["queue"] for part in shown["parts"]] == ["advice"]
    assert [leg["role"] for leg in shown["legs"]] == ["caller", "member"]


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ({"number": KARIN}, 1),
        ({"number": "070-174 06 05"}, 1),
        ({"number": ADVICE}, 2),
        ({"number": "+46701740699"}, 0),
        ({"queue": "advice", "person": "cecilia", "outcome": "answered", "kind": "incoming"}, 2),
        ({"queue": "reception"}, 0),
        ({"outcome": "abandoned"}, 0),
        ({"from": "2026-11-02T08:00:00+01:00"}, 2),
        ({"to": "2026-11-02T08:00:00+01:00"}, 0),
    ],
)
async def test_the_log_can_be_filtered(
    house: RunningHouse, birgitta: httpx.AsyncClient, filter: dict[str, str], found: int
) -> None:
    await one_call(house, KARIN)
    await one_call(house, LARS)
    assert len((await birgitta.get("/api/calls", params=filter)).json()["items"]) == found


async def test_the_log_is_paged_newest_first(house: RunningHouse, birgitta: httpx.AsyncClient) -> None:
    made = [await one_call(house) for _ in range(3)]
    first = (await birgitta.get("/api/calls", params={"limit": 2})).json()
    second = (await birgitta.get("/api/calls", params={"limit": 2, "cursor": first["next"]})).json()
    assert [line["call"] for line in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None


async def test_the_journal_tells_what_happened_and_who_read_it(
    house: RunningHouse, birgitta: httpx.AsyncClient
) -> None:
    call = await one_call(house)
    facts = (await birgitta.get(f"/api/calls/{call}/journal")).json()["items"]
    kinds = [fact["kind"] for fact in facts]
    assert kinds[0] == "call_began"
    assert kinds[-1] == "call_closed"
    assert kinds.index("queue_entered") < kinds.index("offer_made") < kinds.index("joined")
    assert [fact["seq"] for fact in facts] == sorted(fact["seq"] for fact in facts)
    assert facts[0]["body"]["caller"] == KARIN


async def test_reading_a_journal_is_noted(house: RunningHouse, birgitta: httpx.AsyncClient, token: str) -> None:
    call = await one_call(house)
    await birgitta.get(f"/api/calls/{call}/journal")
    lines = (await birgitta.get("/api/audit", headers={"Authorization": f"Bearer {token}"})).json()["items"]
    assert (lines[0]["who"], lines[0]["action"], lines[0]["subject"]) == ("birgitta", "call-journal-read", call)
    about = lines[0]["about"]
    assert (about["kind"], about["number"], about["at"] is not None) == ("call", KARIN, True)


async def test_the_journal_of_a_call_in_progress_can_be_read(house: RunningHouse, birgitta: httpx.AsyncClient) -> None:
    leg = await house.waiting(KARIN)
    call = house.exchange.core.state.legs[leg].call
    assert (await birgitta.get(f"/api/calls/{call}")).status_code == 404
    facts = (await birgitta.get(f"/api/calls/{call}/journal", params={"limit": 1})).json()
    assert facts["items"][0]["kind"] == "call_began"
    assert facts["next"]


async def test_a_team_leader_ends_a_call(
    house: RunningHouse, birgitta: httpx.AsyncClient, cecilia: httpx.AsyncClient
) -> None:
    leg, _ = await house.talking(KARIN)
    call = house.exchange.core.state.legs[leg].call
    assert (await cecilia.post(f"/api/calls/{call}/end")).status_code == 403
    assert (await birgitta.post(f"/api/calls/{call}/end")).status_code == 204
    await house.over()
    await house.until(lambda: house.engine.empty)
    gone = await birgitta.post(f"/api/calls/{call}/end")
    assert (gone.status_code, gone.json()["type"]) == (404, "/problems/call-not-found")


async def test_who_takes_calls_does_not_see_those_of_others(house: RunningHouse, as_person: SignedIn) -> None:
    call = await one_call(house)
    david = await as_person("david")
    for path in ("/api/calls", f"/api/calls/{call}", f"/api/calls/{call}/journal"):
        assert (await david.get(path)).status_code == 403


async def test_another_organisation_sees_nothing_of_a_call(house: RunningHouse, neighbour: httpx.AsyncClient) -> None:
    call = await one_call(house)
    assert (await neighbour.get("/api/calls")).json()["items"] == []
    assert (await neighbour.get(f"/api/calls/{call}")).status_code == 404
    assert (await neighbour.get(f"/api/calls/{call}/journal")).status_code == 404
