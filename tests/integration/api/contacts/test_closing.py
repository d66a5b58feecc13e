"""Closing a queue for now over the API."""

from datetime import timedelta

import httpx
import pytest

from svarhus.adapters.simulated.time import VirtualTime

CLOSING = "/api/queues/advice/closing"


async def closed(client: httpx.AsyncClient) -> object:
    live = (await client.get("/api/live/snapshot", params={"topics": "queues"})).json()
    return next(queue["closed"] for queue in live["queues"] if queue["key"] == "advice")


@pytest.mark.feature("Q-20")
async def test_who_leads_closes_a_queue_and_opens_it(birgitta: httpx.AsyncClient, time: VirtualTime) -> None:
    until = (time.now() + timedelta(hours=1)).isoformat()
    assert await closed(birgitta) is None
    assert (await birgitta.put(CLOSING, json={"until": until})).status_code == 204
    seen = await closed(birgitta)
    assert isinstance(seen, dict) and seen["message"] is None and str(seen["until"]).startswith(until[:16])
    assert (await birgitta.delete(CLOSING)).status_code == 204
    assert await closed(birgitta) is None


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (CLOSING, {"until": "2020-01-01T00:00:00Z"}, 422),
        (CLOSING, {"message": "nowhere"}, 404),
        ("/api/queues/nowhere/closing", {}, 404),
        (CLOSING, {"until": "tomorrow"}, 422),
    ],
)
async def test_what_cannot_be(birgitta: httpx.AsyncClient, path: str, body: dict[str, str], status: int) -> None:
    assert (await birgitta.put(path, json=body)).status_code == status
    assert await closed(birgitta) is None


async def test_who_answers_calls_does_not_close_queues(cecilia: httpx.AsyncClient) -> None:
    assert (await cecilia.put(CLOSING, json={})).status_code == 403
    assert (await cecilia.delete(CLOSING)).status_code == 403
