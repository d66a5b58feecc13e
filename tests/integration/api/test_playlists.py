"""Music of an organisation over the API, and that the engine gets it."""

import httpx
import numpy as np
import pytest

from svarhus.kit.waveform import RATE, wav

TONE = wav(0.25 * np.sin(np.arange(RATE) * 2 * np.pi * 400 / RATE))
"""A second of 400 Hz."""

CALM = "/api/playlists/calm/tracks"


async def has_calm(anna: httpx.AsyncClient) -> None:
    assert (await anna.post("/api/playlists", json={"key": "calm", "name": "Calm"})).status_code == 201


@pytest.mark.feature("Q-01", "AUD-02")
async def test_a_playlist_is_filled_heard_and_emptied(anna: httpx.AsyncClient) -> None:
    await has_calm(anna)
    assert (await anna.get(CALM)).json() == []
    assert (await anna.put(f"{CALM}/waves", content=TONE)).json() == {"seconds": 1.0}
    (track,) = (await anna.get(CALM)).json()
    assert (track["name"], track["seconds"], track["uploaded_by"]) == ("waves", 1.0, "token:anna")
    assert (await anna.get(f"{CALM}/waves")).content == TONE
    assert (await anna.get("/api/recordings")).json() == [], "music is no recording of a message"
    assert (await anna.delete(f"{CALM}/waves")).status_code == 204
    assert (await anna.get(CALM)).json() == []
    assert (await anna.get(f"{CALM}/waves")).status_code == 404
    actions = [line["action"] for line in (await anna.get("/api/audit")).json()["items"]]
    assert actions[:2] == ["track-deleted", "track-uploaded"]


async def test_a_playlist_in_use_is_not_deleted(anna: httpx.AsyncClient) -> None:
    await has_calm(anna)
    queue = (await anna.get("/api/queues")).json()["items"][0]
    queue = {**queue, "music": "calm"}
    assert (await anna.put(f"/api/queues/{queue['key']}", json=queue)).status_code == 200
    assert (await anna.delete("/api/playlists/calm")).status_code == 409
    wrong = await anna.put(f"/api/queues/{queue['key']}", json={**queue, "music": "nowhere"})
    assert wrong.json()["faults"][0]["reason"] == "not-there"


@pytest.mark.parametrize(
    ("path", "content", "status", "problem"),
    [
        (f"{CALM}/waves", b"not a sound", 422, "audio-not-wav"),
        ("/api/playlists/nobody/tracks/waves", TONE, 404, "no-such-part"),
        (f"{CALM}/waves", wav(np.zeros(RATE)), 422, "audio-inaudible"),
        (f"{CALM}/..%2Fup", TONE, 404, "not-found"),
        (f"{CALM}/Big Waves", TONE, 422, "invalid"),
    ],
)
async def test_what_cannot_be_uploaded(
    anna: httpx.AsyncClient, path: str, content: bytes, status: int, problem: str
) -> None:
    await has_calm(anna)
    answer = await anna.put(path, content=content)
    assert answer.status_code == status, answer.text
    assert answer.json()["type"].startswith("/problems/")
    if problem.startswith(("audio", "no-such")):
        assert answer.json()["type"] == f"/problems/{problem}"


async def test_administrators_fill_it(anna: httpx.AsyncClient, bo: httpx.AsyncClient) -> None:
    await has_calm(anna)
    assert (await bo.put(f"{CALM}/waves", content=TONE)).status_code == 403
    assert (await bo.get(CALM)).status_code == 200
