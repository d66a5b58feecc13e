"""Voicemails over the API: heard, handled, and really deleted."""

from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from integration.running import KARIN, RECEPTION, RunningHouse
from svarhus.app.organisations import DEMO

SOUND = b"RIFF" + bytes(range(200))


@pytest_asyncio.fixture
async def left(house: RunningHouse, tmp_path: Path) -> str:
    """Karin has left a message for the reception. Its id."""
    leg = house.engine.call_in(DEMO, RECEPTION, KARIN, trunk="demo-carrier")
    await house.until(lambda: house.greeted(leg))
    house.pass_by(2.5)
    await house.until(lambda: house.in_element(leg, "menu"))
    house.engine.press(leg, "3")
    await house.until(lambda: house.in_element(leg, "voicemail") and house.says(leg, "leave-message"))
    house.pass_by(2.5)
    await house.until(lambda: house.engine.world.legs[leg].recording is not None)
    recording = house.engine.world.legs[leg].recording
    assert recording is not None
    (tmp_path / f"{recording}.wav").write_bytes(SOUND)
    house.time.advance(2)
    house.hang_up(leg)
    await house.over()
    return recording


@pytest.mark.feature("VM-01")
async def test_a_voicemail_is_listed_heard_and_handled(cecilia: httpx.AsyncClient, left: str) -> None:
    [shown] = (await cecilia.get("/api/voicemails")).json()["items"]
    assert (shown["id"], shown["caller"], shown["queue"], shown["handled_at"]) == (left, KARIN, "reception", None)
    sound = await cecilia.get(f"/api/voicemails/{left}/sound")
    assert (sound.content, sound.headers["content-type"]) == (SOUND, "audio/wav")
    assert sound.headers["cache-control"] == "no-store"
    handled = (await cecilia.post(f"/api/voicemails/{left}/handled")).json()
    assert handled["handled_by"] == "cecilia"
    assert (await cecilia.get("/api/voicemails")).json()["items"] == []
    assert [each["id"] for each in (await cecilia.get("/api/voicemails?handled=true")).json()["items"]] == [left]


async def test_who_handled_it_first_stays(cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, left: str) -> None:
    await cecilia.post(f"/api/voicemails/{left}/handled")
    assert (await birgitta.post(f"/api/voicemails/{left}/handled")).json()["handled_by"] == "cecilia"


async def test_a_part_of_the_sound_can_be_asked_for(cecilia: httpx.AsyncClient, left: str) -> None:
    part = await cecilia.get(f"/api/voicemails/{left}/sound", headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.content) == (206, SOUND[4:10])
    beyond = await cecilia.get(f"/api/voicemails/{left}/sound", headers={"Range": "bytes=9000-"})
    assert beyond.status_code == 416


async def test_listening_is_noted_once(cecilia: httpx.AsyncClient, token: str, left: str) -> None:
    await cecilia.get(f"/api/voicemails/{left}/sound", headers={"Range": "bytes=0-"})
    await cecilia.get(f"/api/voicemails/{left}/sound", headers={"Range": "bytes=100-"})
    lines = (await cecilia.get("/api/audit", headers={"Authorization": f"Bearer {token}"})).json()["items"]
    listened = [line for line in lines if line["action"] == "voicemail-listened"]
    assert [(line["who"], line["subject"]) for line in listened] == [("cecilia", left)]
    assert (listened[0]["about"]["kind"], listened[0]["about"]["at"] is not None) == ("voicemail", True)


async def test_deleting_removes_the_sound_as_well(
    cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, left: str, tmp_path: Path
) -> None:
    assert (await cecilia.delete(f"/api/voicemails/{left}")).status_code == 403
    assert (tmp_path / f"{left}.wav").exists()
    assert (await birgitta.delete(f"/api/voicemails/{left}")).status_code == 204
    assert not (tmp_path / f"{left}.wav").exists()
    assert (await birgitta.get(f"/api/voicemails/{left}")).status_code == 404


async def test_a_sound_that_is_gone_is_404(cecilia: httpx.AsyncClient, left: str, tmp_path: Path) -> None:
    (tmp_path / f"{left}.wav").unlink()
    gone = await cecilia.get(f"/api/voicemails/{left}/sound")
    assert (gone.status_code, gone.json()["type"]) == (404, "/problems/sound-gone")


async def test_another_organisation_hears_nothing(neighbour: httpx.AsyncClient, left: str, tmp_path: Path) -> None:
    for path in (f"/api/voicemails/{left}", f"/api/voicemails/{left}/sound"):
        assert (await neighbour.get(path)).status_code == 404
    assert (await neighbour.post(f"/api/voicemails/{left}/handled")).status_code == 404
    assert (await neighbour.delete(f"/api/voicemails/{left}")).status_code == 404
    assert (await neighbour.get("/api/voicemails")).json()["items"] == []
    assert (tmp_path / f"{left}.wav").exists()
