"""Recordings of messages and phrases over the API."""

import httpx
import numpy as np
import pytest

from svarhus.kit.waveform import RATE, wav

TONE = wav((np.sin(np.arange(RATE) * 2 * np.pi * 400 / RATE) * 8000).astype(np.int16))
"""A second of 400 Hz."""


@pytest.mark.feature("AUD-02")
async def test_a_message_is_spoken_until_a_recording_replaces_it(anna: httpx.AsyncClient) -> None:
    spoken = await anna.get("/api/messages/hello/audio/en")
    assert (spoken.status_code, spoken.headers["content-type"]) == (200, "audio/wav")
    uploaded = await anna.put("/api/messages/hello/audio/en", content=TONE)
    assert uploaded.json() == {"seconds": 1.0}
    heard = await anna.get("/api/messages/hello/audio/en")
    assert heard.content == TONE
    (recording,) = (await anna.get("/api/recordings")).json()
    assert (recording["key"], recording["language"], recording["uploaded_by"]) == ("hello", "en", "token:anna")
    assert (await anna.delete("/api/messages/hello/audio/en")).status_code == 204
    assert (await anna.get("/api/messages/hello/audio/en")).content == spoken.content
    actions = [line["action"] for line in (await anna.get("/api/audit")).json()["items"]]
    assert actions[:2] == ["recording-deleted", "recording-uploaded"]


async def test_any_phrase_of_the_product_can_be_replaced(anna: httpx.AsyncClient) -> None:
    phrases = (await anna.get("/api/phrases/sv")).json()
    assert len(phrases) > 5
    for key in (phrases[0]["key"], "number/3", "digit/7"):
        assert (await anna.put(f"/api/phrases/sv/{key}", content=TONE)).status_code == 200
        assert (await anna.delete(f"/api/phrases/sv/{key}")).status_code == 204


@pytest.mark.parametrize(
    ("path", "content", "status", "problem"),
    [
        ("/api/messages/hello/audio/en", b"not a sound", 422, "audio-not-wav"),
        ("/api/messages/nobody/audio/en", TONE, 404, "no-such-part"),
        ("/api/messages/hello/audio/xx", TONE, 422, "audio-unknown-key"),
        ("/api/phrases/sv/no.such/thing", TONE, 422, "audio-unknown-key"),
        ("/api/phrases/sv/hello", TONE, 404, "audio-no-recording"),
    ],
)
async def test_what_cannot_be_uploaded(
    anna: httpx.AsyncClient, path: str, content: bytes, status: int, problem: str
) -> None:
    answer = await anna.put(path, content=content)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


async def test_users_listen_and_administrators_upload(bo: httpx.AsyncClient) -> None:
    assert (await bo.get("/api/messages/hello/audio/en")).status_code == 200
    assert (await bo.put("/api/messages/hello/audio/en", content=TONE)).status_code == 403
    assert (await bo.delete("/api/messages/hello/audio/en")).status_code == 403


async def test_a_silent_recording_is_used_only_when_silence_is_meant(anna: httpx.AsyncClient) -> None:
    silence = wav(np.zeros(RATE, np.int16))
    for path in ("/api/messages/hello/audio/en", "/api/phrases/sv/number/3"):
        refused = await anna.put(path, content=silence)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/audio-inaudible")
    assert (await anna.get("/api/recordings")).json() == []
    assert (await anna.put(path, params={"anyway": "true"}, content=silence)).json() == {"seconds": 1.0}
