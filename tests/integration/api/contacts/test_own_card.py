"""What somebody chooses for themselves holds at once in calls, and is no revision of the organisation."""

import asyncio
import json

import httpx

from integration.running import RECEPTION, RunningHouse
from svarhus.exchange.core.decisions.calls.dialling import presented_outside
from svarhus.kit.ids import PersonKey

CECILIA = PersonKey("cecilia")


async def test_a_chosen_language_reaches_the_calls_also_after_a_restart(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    def spoken() -> str:
        return house.exchange.core.rules.people[CECILIA].language

    revision, before = house.exchange.core.rules.revision, spoken()
    chosen = "fi" if before != "fi" else "da"
    assert (await cecilia.put("/api/me/language", json={"language": chosen})).status_code == 204
    house.exchange.configuration_changed()
    await house.until(lambda: spoken() == chosen)
    assert house.exchange.core.rules.revision == revision
    await cecilia.put("/api/agents/me/absence", json={"kind": "lunch"})
    assert house.exchange.core.rules.revision == revision, "nor does an absence make one"
    await house.stop()
    await house.start()
    assert (spoken(), house.exchange.core.rules.revision) == (chosen, revision)


async def test_a_chosen_number_is_shown_by_the_next_call_and_told_to_who_watches(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    def shown() -> str | None:
        return presented_outside(house.exchange.core.rules, CECILIA)

    revision, before = house.exchange.core.rules.revision, shown()
    chosen = RECEPTION if before != RECEPTION else "+46846500401"
    card = (await cecilia.get("/api/me/card")).json()["card"]
    wanted = {"language": card["language"], "mobile": "+46701740699", "presented": chosen}
    # Something is told first, so that those who watch are known to be up to date.
    await cecilia.put("/api/agents/me/absence", json={"kind": "lunch"})
    watcher = house.exchange.live.watch()
    await watcher.next()
    kept = await cecilia.put("/api/me/card", json=wanted)
    assert kept.status_code == 200
    house.exchange.configuration_changed()
    await house.until(lambda: shown() == chosen)
    assert (house.exchange.core.rules.revision, house.exchange.core.state.stored.revision) == (revision, revision)
    async with asyncio.timeout(10):
        topics = set[str]()
        while "contacts" not in topics:
            told = json.loads(await watcher.next() or "{}")
            assert told.get("type") == "changes", "nobody needs to begin anew"
            topics |= {change["topic"] for change in told["changes"]}
    found = (await cecilia.get("/api/directory", params={"q": "0701740699"})).json()["items"]
    assert [each["key"] for each in found] == ["cecilia"]
