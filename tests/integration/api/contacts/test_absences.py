"""Saying over the API that one is away, or that somebody else is."""

from datetime import timedelta

import httpx
import pytest

from integration.api.contacts.conftest import SignedIn
from integration.running import RunningHouse

pytestmark = pytest.mark.feature("SWB-04")


async def shown(who: httpx.AsyncClient, person: str) -> dict[str, object] | None:
    found: dict[str, object] | None = (await who.get(f"/api/agents/{person}")).json()["absence"]
    return found


async def audited(who: httpx.AsyncClient) -> list[dict[str, object]]:
    lines = (await who.get("/api/audit")).json()["items"]
    return [line for line in lines if str(line["action"]).startswith("absence-")]


async def test_everybody_says_it_of_themselves(
    house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    until = house.time.now() + timedelta(hours=1)
    wanted = {"kind": "meeting", "note": "  Room 4,\n upstairs ", "until": until.isoformat()}
    begun = await cecilia.put("/api/agents/me/absence", json=wanted)
    assert begun.status_code == 200
    seen = await shown(birgitta, "cecilia")
    assert seen
    assert seen == begun.json()
    assert (seen["kind"], seen["note"], seen["by"]) == ("meeting", "Room 4, upstairs", "cecilia")
    assert (await cecilia.delete("/api/agents/me/absence")).status_code == 204
    assert await shown(birgitta, "cecilia") is None


@pytest.mark.feature("ROLE-02")
async def test_only_who_has_the_right_says_it_of_others(
    cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    refused = await cecilia.put("/api/agents/david/absence", json={"kind": "ill"})
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert (await birgitta.put("/api/agents/cecilia/absence", json={"kind": "ill"})).status_code == 200
    seen = await shown(cecilia, "cecilia")
    assert seen
    assert seen["by"] == "birgitta"
    assert (await cecilia.delete("/api/agents/cecilia/absence")).status_code == 204
    assert (await cecilia.delete("/api/agents/david/absence")).status_code == 403


async def test_what_is_said_of_others_is_in_the_audit_log_without_the_note(
    as_person: SignedIn, birgitta: httpx.AsyncClient
) -> None:
    astrid = await as_person("astrid")
    await birgitta.put("/api/agents/me/absence", json={"kind": "lunch"})
    await birgitta.put("/api/agents/david/absence", json={"kind": "ill", "note": "Fever"})
    await birgitta.delete("/api/agents/david/absence")
    ended, begun = await audited(astrid)
    assert (begun["action"], begun["who"], begun["subject"]) == ("absence-set", "birgitta", "david")
    assert begun["after"] == {"kind": "ill", "until": None}
    assert (ended["action"], ended["before"]) == ("absence-ended", {"kind": "ill", "until": None})


@pytest.mark.parametrize(
    "wanted", [{"kind": "asleep"}, {"kind": "lunch", "note": "x" * 81}, {"kind": "lunch", "until": "2020-01-01T12:00"}]
)
async def test_what_is_not_understood_is_refused(cecilia: httpx.AsyncClient, wanted: dict[str, str]) -> None:
    refused = await cecilia.put("/api/agents/me/absence", json=wanted)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("until", ["2020-01-01T12:00:00Z", "0001-01-01T00:00:00+14:00"])
async def test_an_end_that_has_passed_is_refused(cecilia: httpx.AsyncClient, until: str) -> None:
    refused = await cecilia.put("/api/agents/me/absence", json={"kind": "lunch", "until": until})
    assert refused.status_code == 422
    assert refused.json()["remedy"]


async def test_nobody_is_404_and_a_token_is_never_away(birgitta: httpx.AsyncClient, token: str) -> None:
    assert (await birgitta.put("/api/agents/zoe/absence", json={"kind": "out"})).status_code == 404
    as_token = {"Authorization": f"Bearer {token}"}
    refused = await birgitta.put("/api/agents/me/absence", json={"kind": "out"}, headers=as_token)
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-a-person")
    assert (await birgitta.put("/api/agents/david/absence", json={"kind": "out"}, headers=as_token)).json()[
        "by"
    ] is None
