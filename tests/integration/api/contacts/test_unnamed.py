"""Who is hidden is named to nobody without the right to see them, wherever they stand; and all figures stay right."""

import asyncio
import json
from typing import Any

import httpx
import pytest
import pytest_asyncio
from websockets.asyncio.client import connect

from integration.api.contacts.conftest import SignedIn, may_only
from integration.running import KARIN, LARS, LIMIT, RunningHouse
from svarhus.app.organisations import DEMO, Organisations
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.rights import Right, operator
from svarhus.domains.people.unnamed import UNNAMED
from svarhus.kit.ids import PersonKey

NAMES = ("cecilia", "Cecilia")

SEEN = (
    "/api/live/snapshot",
    "/api/desk?scope=all",
    "/api/desk/done?since=2026-01-01T00:00:00Z",
    "/api/agents",
    "/api/queues",
    "/api/queues/advice",
    "/api/organisation/parts/queues/advice/history",
    "/api/organisation/revisions",
    "/api/calls",
    "/api/calls?text=Cecilia",
    "/api/calls?person=cecilia",
    "/api/callbacks?status=all",
    "/api/voicemails",
    "/api/queue-log?all=true",
    "/api/notices",
    "/api/notices/current",
    "/api/boards/today",
    "/api/directory/by-number?number=%2B46701740605",
    "/api/directory/by-number?number=1003",
    "/api/people",
    "/api/outbox",
)


def hiding_cecilia(before: Configuration) -> Configuration:
    people = (each.model_copy(update={"hidden": True}) if each.key == "cecilia" else each for each in before.people)
    return before.model_copy(update={"people": tuple(people)})


@pytest_asyncio.fixture
async def david(house: RunningHouse, wired: Organisations, as_person: SignedIn) -> httpx.AsyncClient:
    """May see all that happens, and nobody who is hidden, as Cecilia is."""
    await may_only(
        wired,
        "david",
        Right.SEE_CONFIGURATION,
        Right.SEE_LIVE,
        Right.SEE_CALLS,
        Right.HANDLE_CALLBACKS,
        Right.HANDLE_VOICEMAILS,
        Right.HANDLE_UNANSWERED,
        Right.SEE_DIRECTORY,
        Right.WRITE_NOTICES,
        Right.SEE_OUTBOX,
    )
    await wired.messages.invitations.send(operator(DEMO), PersonKey("cecilia"), "https://svarhus.example")
    await wired.service.change(operator(DEMO), hiding_cecilia, "hidden")
    house.exchange.configuration_changed()
    await house.until(lambda: "cecilia" in house.exchange.core.rules.hidden)
    return await as_person("david")


def named(answer: httpx.Response) -> bool:
    return any(name in answer.text for name in NAMES)


async def worked(house: RunningHouse, cecilia: httpx.AsyncClient) -> tuple[str, str]:
    """Cecilia has answered Karin, has noted something, and talks with Lars now: the ids of both calls."""
    first, _ = await house.talking(KARIN)
    over = house.exchange.core.state.legs[first].call
    noted = await cecilia.post(f"/api/cases/call/{over}/notes", json={"text": "Ring again"})
    assert noted.status_code == 201
    house.pass_by(30)
    house.hang_up(first)
    await house.over()
    house.pass_by(20)
    await house.until(lambda: house.free("cecilia"))
    await cecilia.post("/api/notices", json={"text": "Soup"})
    await cecilia.put("/api/agents/me/absence", json={"kind": "meeting"})
    await cecilia.delete("/api/agents/me/absence")
    second, _ = await house.talking(LARS)
    return over, house.exchange.core.state.legs[second].call


async def test_hidden_people_are_named_in_no_answer(
    house: RunningHouse, david: httpx.AsyncClient, as_person: SignedIn
) -> None:
    over, _ = await worked(house, await as_person("cecilia"))
    astrid = await as_person("astrid")
    told = 0
    for path in (*SEEN, f"/api/calls/{over}", f"/api/calls/{over}/journal", f"/api/cases/call/{over}"):
        answer = await david.get(path)
        assert answer.status_code == 200, (path, answer.text)
        assert not named(answer), path
        told += named(await astrid.get(path))
    assert told > 12, "there was something to tell of her"


async def test_figures_stay_right(house: RunningHouse, david: httpx.AsyncClient, as_person: SignedIn) -> None:
    over, now = await worked(house, await as_person("cecilia"))

    async def get(path: str) -> Any:
        return (await david.get(path)).json()

    members = [member["person"] for member in (await get("/api/queues/advice"))["members"]]
    assert members == ["birgitta", UNNAMED]
    [line] = (await get("/api/calls"))["items"]
    assert (line["call"], line["person"], line["talk"]) == (over, UNNAMED, 30)
    assert [(each["person"], each["talk"]) for each in line["spoken"]] == [(UNNAMED, 30)]
    assert (await get("/api/boards/today"))["people"] == [{"person": UNNAMED, "answered": 2}]
    [call] = (await get("/api/live/snapshot"))["calls"]
    assert call["id"] == now
    assert [leg["person"] for leg in call["legs"]] == [None, UNNAMED]
    assert [notice["author_name"] for notice in (await get("/api/notices/current"))["latest"]] == [""]


async def test_a_case_of_somebody_unnamed_can_be_taken_over(
    house: RunningHouse, david: httpx.AsyncClient, as_person: SignedIn
) -> None:
    booked = await (await as_person("astrid")).post("/api/callbacks", json={"queue": "advice", "number": KARIN})
    case = f"/api/cases/callback/{booked.json()['id']}"
    assert (await (await as_person("cecilia")).post(f"{case}/take")).status_code == 200
    assert (await david.get(case)).json()["taken_by"] == UNNAMED
    refused = await david.post(f"{case}/take")
    assert refused.status_code == 409 and not named(refused)
    taken = await david.post(f"{case}/take", json={"instead_of": UNNAMED})
    assert taken.json()["taken_by"] == "david" and not named(taken)


@pytest.mark.parametrize(("who", "told"), [("david", False), ("cecilia", True), ("astrid", True)])
async def test_who_watches_is_told_of_each_change_without_names(
    house: RunningHouse, david: httpx.AsyncClient, as_person: SignedIn, address: str, who: str, told: bool
) -> None:
    watcher = await as_person(who)
    headers = {"Cookie": f"svarhus_session={watcher.cookies['svarhus_session']}"}
    async with connect(f"ws://{address}/api/live", additional_headers=headers) as socket, asyncio.timeout(LIMIT):
        heard = str(await socket.recv())
        await house.talking(KARIN)
        changes = ""
        while '"state":"talking"' not in changes:
            message = str(await socket.recv())
            changes += message if json.loads(message)["type"] == "changes" else ""
        assert any(name in heard + changes for name in NAMES) is told
        assert (UNNAMED in changes) is not told
