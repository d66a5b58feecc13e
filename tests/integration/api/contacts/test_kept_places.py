"""A caller keeps the place: what desk, board and list of callbacks show of it, over a restart."""

import httpx
import pytest

from integration.api.contacts.conftest import SignedIn
from integration.running import KARIN, LARS, RunningHouse
from svarhus.adapters.simulated.world import Reaction
from svarhus.kit.ids import QueueKey

ADVICE = QueueKey("advice")
KEEPS = {"after": 0, "from_position": 1, "confirm_number": False}


async def keeps_places(house: RunningHouse, astrid: httpx.AsyncClient) -> None:
    revision = house.exchange.core.state.stored.revision
    queue = (await astrid.get("/api/queues/advice")).json()
    answer = await astrid.put("/api/queues/advice", json={**queue, "keeps_places": KEEPS})
    assert answer.status_code == 200, answer.text
    house.exchange.configuration_changed()
    await house.until(lambda: house.exchange.core.state.stored.revision > revision)


@pytest.mark.feature("CB-07")
async def test_a_kept_place_is_seen_survives_and_is_carried_out(house: RunningHouse, as_person: SignedIn) -> None:
    astrid, cecilia = await as_person("astrid"), await as_person("cecilia")
    await keeps_places(house, astrid)
    first, _ = await house.talking(LARS)
    keeper = await house.waiting(KARIN)
    house.engine.press(keeper, "1")
    await house.until(lambda: bool(house.exchange.core.state.bookings))
    house.hang_up(keeper)
    await house.until(lambda: house.exchange.core.state.matching.waiting(ADVICE) == 1)

    [kept] = (await cecilia.get("/api/callbacks")).json()["items"]
    assert (kept["kind"], kept["status"], kept["number"], kept["promised_at"]) == ("kept_place", "booked", KARIN, None)
    [item] = [item for item in (await cecilia.get("/api/desk")).json()["items"] if item["kind"] == "callback"]
    assert (item["kept"], item["position"], item["number"]) == (True, 1, KARIN)
    snapshot = (await cecilia.get("/api/live/snapshot", params={"topics": "queues"})).json()
    live = next(each for each in snapshot["queues"] if each["key"] == "advice")
    assert (len(live["waiting"]), live["kept"]) == (1, 1)

    await house.stop()
    await house.start()
    house.engine.when_called(KARIN, Reaction.ANSWER)
    house.hang_up(first)
    await house.until(lambda: house.ringing("cecilia") is not None)
    own = house.ringing("cecilia")
    assert own is not None
    house.engine.answer(own)
    await house.until(lambda: house.engine.world.legs[own].join is not None)
    house.hang_up(own)
    await house.over()
    done = (await cecilia.get(f"/api/callbacks/{kept['id']}")).json()
    assert (done["status"], done["attempts"], done["connected"], done["closed_by"]) == ("reached", 1, True, "cecilia")
    house.pass_by(2)
    today = (await cecilia.get("/api/boards/today")).json()
    advice = next(each for each in today["queues"] if each["queue"] == "advice")
    assert (advice["offered"], advice["answered"], advice["flowed_out"]) == (2, 2, 0), "one stay, counted once"
