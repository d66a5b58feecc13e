"""A queue is deleted with what is kept of it, and not before."""

import json
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from integration.api.contacts.conftest import SignedIn
from integration.api.contacts.test_voicemails import left as left
from integration.running import RunningHouse

REMAINS = "/api/queues/reception/remains"
NOTHING_ELSE = {"recordings": 0, "unanswered": 0, "estimates": 0}


@pytest_asyncio.fixture
async def astrid(as_person: SignedIn) -> httpx.AsyncClient:
    """The administrator."""
    return await as_person("astrid")


async def lead_elsewhere(astrid: httpx.AsyncClient) -> None:
    """No flow and no tag names the reception any more."""
    for list_name in ("callflows", "tags"):
        for part in (await astrid.get(f"/api/{list_name}")).json()["items"]:
            text = json.dumps(part)
            if '"reception"' in text:
                own = text.replace('"queue": "reception"', '"queue": "advice"').replace('["reception"]', '["advice"]')
                answer = await astrid.put(f"/api/{list_name}/{part['key']}", json=json.loads(own))
                assert answer.status_code == 200, answer.text


@pytest.mark.feature("Q-24")
async def test_what_is_deleted_with_a_queue_is_really_gone(
    house: RunningHouse, astrid: httpx.AsyncClient, left: str, tmp_path: Path
) -> None:
    assert (await astrid.get(REMAINS)).json() == {"voicemails": 1, **NOTHING_ELSE}
    assert (await astrid.delete("/api/queues/reception")).status_code == 409
    assert (await astrid.get(REMAINS)).json()["voicemails"] == 1, "what is in use keeps all"
    await lead_elsewhere(astrid)
    outdated = await astrid.delete("/api/queues/reception", headers={"If-Match": '"1"'})
    assert outdated.status_code == 412
    assert (await astrid.get(REMAINS)).json()["voicemails"] == 1, "and so does one that is not deleted after all"
    assert (await astrid.delete("/api/queues/reception")).status_code == 204
    assert (await astrid.get(REMAINS)).json() == {"voicemails": 0, **NOTHING_ELSE}
    assert (await astrid.get(f"/api/voicemails/{left}")).status_code == 404
    assert not (tmp_path / f"{left}.wav").exists()
    assert (await astrid.get("/api/queues/reception")).status_code == 404


async def test_who_may_not_change_settings_deletes_nothing(cecilia: httpx.AsyncClient, left: str) -> None:
    assert (await cecilia.delete("/api/queues/reception")).status_code == 403
    assert (await cecilia.get(REMAINS)).json()["voicemails"] == 1
