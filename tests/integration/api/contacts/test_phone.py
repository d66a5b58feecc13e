"""One's own phone and one's own calls over the API."""

import asyncio

import httpx
import pytest
from sqlalchemy import text

from integration.running import KARIN, LARS, RunningHouse
from svarhus.adapters.simulated.world import Heard
from svarhus.app.organisations import DEMO
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.exchange.running.provision import browser_password
from svarhus.exchange.showing.feed import Sight
from svarhus.exchange.showing.views import LiveTopic
from svarhus.kit.database import Database
from svarhus.kit.ids import LegId, PersonKey

BROWSER = "1003-browser"
CECILIA = PersonKey("cecilia")


def call_of(house: RunningHouse, leg: LegId) -> str:
    return str(house.exchange.core.state.legs[leg].call)


async def opened(house: RunningHouse, cecilia: httpx.AsyncClient) -> str:
    """Cecilia's page is her phone, and can be rung."""
    assert (await cecilia.put("/api/phone/device", json={"kind": "browser"})).status_code == 200
    session = (await cecilia.post("/api/phone/browser")).json()["session"]
    house.engine.register(BROWSER)
    said = await cecilia.post(f"/api/phone/browser/{session}/heartbeat", json={"registered": True})
    assert said.status_code == 204
    await house.until(lambda: BROWSER in house.exchange.core.state.stored.reachable)
    return str(session)


def ringing_at(house: RunningHouse, endpoint: str) -> LegId | None:
    for leg in house.engine.world.legs.values():
        if leg.dialled and getattr(leg.dialled.target, "endpoint", "") == endpoint and not leg.answered:
            return leg.id
    return None


async def rung(house: RunningHouse, endpoint: str) -> LegId:
    await house.until(lambda: ringing_at(house, endpoint) is not None)
    leg = ringing_at(house, endpoint)
    assert leg
    return leg


class TestPhone:
    async def test_which_phones_there_are_and_which_one_rings(self, cecilia: httpx.AsyncClient) -> None:
        shown = (await cecilia.get("/api/phone")).json()
        assert (shown["person"], shown["extension"]) == ("cecilia", "1003")
        assert shown["device"] == {"kind": "desk", "number": None}
        assert shown["reachable"]
        kinds = {device["kind"]: device["reachable"] for device in shown["devices"]}
        assert (kinds["desk"], kinds["browser"]) == (True, False)

    async def test_another_one_can_be_chosen(self, cecilia: httpx.AsyncClient) -> None:
        chosen = await cecilia.put("/api/phone/device", json={"kind": "number", "number": "070-174 06 06"})
        assert chosen.json()["device"] == {"kind": "number", "number": LARS}
        refused = await cecilia.put("/api/phone/device", json={"kind": "number", "number": "+12025550123"})
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/no-such-device")
        assert (await cecilia.get("/api/phone")).json()["device"]["number"] == LARS

    async def test_a_token_has_no_phone(self, cecilia: httpx.AsyncClient, token: str) -> None:
        refused = await cecilia.get("/api/phone", headers={"Authorization": f"Bearer {token}"})
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-a-person")


class TestPage:
    async def test_it_gets_credentials_that_are_in_no_journal(
        self, house: RunningHouse, cecilia: httpx.AsyncClient, database: Database
    ) -> None:
        answer = await cecilia.post("/api/phone/browser")
        assert answer.status_code == 201
        given = answer.json()
        kept = (await OrganisationRepository(database).phone_secrets(DEMO)).people["cecilia"]
        assert (given["user"], given["password"]) == (BROWSER, browser_password(kept))
        assert kept not in answer.text
        assert given["websocket_path"] == "/ws/sip"
        async with database.begin() as session:
            rows = await session.execute(text("select body::text from journal"))
            assert not any(given["password"] in row[0] or kept in row[0] for row in rows)

    async def test_signs_of_life_write_nothing(self, house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
        session = await opened(house, cecilia)
        before = house.exchange.core.state.stored.seq
        for _ in range(5):
            await cecilia.post(f"/api/phone/browser/{session}/heartbeat", json={"registered": True, "calls": 0})
        assert house.exchange.core.state.stored.seq == before

    async def test_who_says_not_to_be_registered_is_unreachable(
        self, house: RunningHouse, cecilia: httpx.AsyncClient
    ) -> None:
        session = await opened(house, cecilia)
        assert (await cecilia.get("/api/agents/me")).json()["state"] == "available"
        await cecilia.post(f"/api/phone/browser/{session}/heartbeat", json={"registered": False})
        assert (await cecilia.get("/api/agents/me")).json()["state"] == "unreachable"
        assert not (await cecilia.get("/api/phone")).json()["reachable"]

    async def test_a_page_that_signs_out_is_unreachable(self, house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
        session = await opened(house, cecilia)
        assert (await cecilia.delete(f"/api/phone/browser/{session}")).status_code == 204
        assert (await cecilia.get("/api/agents/me")).json()["state"] == "unreachable"

    async def test_the_newest_page_takes_over_and_the_older_is_told(
        self, house: RunningHouse, cecilia: httpx.AsyncClient
    ) -> None:
        older = await opened(house, cecilia)
        watcher = house.exchange.live.watch(Sight(frozenset({LiveTopic.PHONE})))
        await watcher.next()
        newer = (await cecilia.post("/api/phone/browser")).json()["session"]
        async with asyncio.timeout(5):
            told = await watcher.next()
        assert told
        assert '{"topic":"phone","key":"cecilia","value":null}' in told
        refused = await cecilia.post(f"/api/phone/browser/{older}/heartbeat", json={"registered": True})
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/session-taken-over")
        assert (await cecilia.delete(f"/api/phone/browser/{older}")).status_code == 204
        again = await cecilia.post(f"/api/phone/browser/{newer}/heartbeat", json={"registered": True})
        assert again.status_code == 204

    async def test_nobody_speaks_for_the_page_of_another(
        self, house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
    ) -> None:
        session = await opened(house, cecilia)
        refused = await birgitta.post(f"/api/phone/browser/{session}/heartbeat", json={"registered": False})
        assert refused.status_code == 409
        assert (await cecilia.get("/api/agents/me")).json()["state"] == "available"

    async def test_a_call_comes_over_to_the_page_that_was_reloaded(
        self, house: RunningHouse, cecilia: httpx.AsyncClient
    ) -> None:
        await opened(house, cecilia)
        caller = await house.waiting(KARIN)
        old = await rung(house, BROWSER)
        house.engine.answer(old)
        await house.until(lambda: house.engine.talking(caller, old))
        house.engine.unregister(BROWSER)
        await opened(house, cecilia)
        new = await rung(house, BROWSER)
        house.engine.answer(new)
        await house.until(lambda: house.engine.talking(caller, new))
        assert old not in house.engine.world.legs


class TestCalls:
    async def test_dial_rings_the_own_phone_and_then_the_other(
        self, house: RunningHouse, cecilia: httpx.AsyncClient
    ) -> None:
        call = (await cecilia.post("/api/phone/dial", json={"to": "1004"})).json()["call"]
        own = await rung(house, "1003")
        house.engine.answer(own)
        other = await rung(house, "1004")
        assert house.engine.hears(own) is Heard.RINGING
        house.engine.answer(other)
        await house.until(lambda: house.engine.talking(own, other))
        shown = (await cecilia.get("/api/live/snapshot?topics=calls")).json()["calls"]
        assert [(one["id"], one["kind"]) for one in shown] == [(call, "internal")]

    @pytest.mark.parametrize(
        ("to", "status", "problem"),
        [
            ("+12025550123", 422, "number-not-callable"),
            ({"person": "nobody"}, 404, "person-not-found"),
            ({"queue": "nowhere"}, 404, "no-such-part"),
            ({"person": "david", "number": "1004"}, 422, "invalid"),
            ({}, 422, "invalid"),
        ],
    )
    async def test_what_cannot_be_dialled_is_refused(
        self, cecilia: httpx.AsyncClient, to: object, status: int, problem: str
    ) -> None:
        refused = await cecilia.post("/api/phone/dial", json={"to": to})
        assert refused.status_code == status, refused.text
        assert refused.json()["type"] == f"/problems/{problem}"

    async def test_hold_is_shown_and_ended(self, house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
        caller, _ = await house.talking(KARIN)
        call = call_of(house, caller)
        assert (await cecilia.post(f"/api/calls/{call}/hold")).status_code == 204
        await house.until(lambda: house.engine.hears(caller) is Heard.MUSIC)
        (shown,) = (await cecilia.get("/api/live/snapshot?topics=calls")).json()["calls"]
        assert shown["held"]
        assert {leg["role"]: leg["state"] for leg in shown["legs"]} == {"caller": "held", "member": "up"}
        assert [step["kind"] for step in shown["path"]] == ["number", "flow", "queue", "person"]
        assert (await cecilia.post(f"/api/calls/{call}/resume")).status_code == 204
        await house.until(lambda: house.engine.hears(caller) is Heard.PARTIES)

    async def test_a_caller_is_handed_over(self, house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
        caller, own = await house.talking(KARIN)
        call = call_of(house, caller)
        gone = await cecilia.post(f"/api/calls/{call}/transfer", json={"to": {"person": "david"}, "return_after": 20})
        assert gone.status_code == 204
        other = await rung(house, "1004")
        (shown,) = (await cecilia.get("/api/live/snapshot?topics=calls")).json()["calls"]
        assert (shown["transfer"]["by"], shown["transfer"]["to"]) == ("cecilia", "david")
        house.engine.answer(other)
        await house.until(lambda: house.engine.talking(caller, other))
        assert own not in house.engine.world.legs
        house.hang_up(caller)
        await house.over()

    async def test_a_colleague_is_asked_and_connected(self, house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
        caller, own = await house.talking(KARIN)
        call = call_of(house, caller)
        asked = await cecilia.post(f"/api/calls/{call}/consult", json={"to": {"number": "1004"}})
        assert asked.status_code == 204
        other = await rung(house, "1004")
        house.engine.answer(other)
        await house.until(lambda: house.engine.talking(own, other))
        (shown,) = (await cecilia.get("/api/live/snapshot?topics=calls")).json()["calls"]
        assert (shown["consult"]["person"], shown["consult"]["state"]) == ("david", "talking")
        assert (await cecilia.post(f"/api/calls/{call}/consult/swap")).status_code == 204
        await house.until(lambda: house.engine.talking(own, caller))
        assert (await cecilia.post(f"/api/calls/{call}/consult/complete")).status_code == 204
        await house.until(lambda: house.engine.talking(caller, other))
        house.hang_up(caller)
        await house.over()

    async def test_keys_and_hanging_up(self, house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
        caller, _ = await house.talking(KARIN)
        call = call_of(house, caller)
        assert (await cecilia.post(f"/api/calls/{call}/digits", json={"digits": "12#"})).status_code == 204
        await house.until(lambda: house.engine.world.legs[caller].digits == "12#")
        house.pass_by(1)
        assert (await cecilia.post(f"/api/calls/{call}/hang-up")).status_code == 204
        await house.over()

    @pytest.mark.parametrize("act", ["hold", "resume", "hang-up", "consult/complete", "consult/cancel", "consult/swap"])
    async def test_calls_of_others_are_not_there(
        self, house: RunningHouse, birgitta: httpx.AsyncClient, act: str
    ) -> None:
        caller, _ = await house.talking(KARIN)
        refused = await birgitta.post(f"/api/calls/{call_of(house, caller)}/{act}")
        assert (refused.status_code, refused.json()["type"]) == (404, "/problems/call-not-found")

    async def test_what_is_not_possible_now_says_so(self, house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
        caller, _ = await house.talking(KARIN)
        call = call_of(house, caller)
        refused = await cecilia.post(f"/api/calls/{call}/consult/complete")
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-possible-now")
        assert refused.json()["remedy"]
