"""What somebody chooses for themselves holds at once in calls, and is no revision of the organisation."""

import httpx

from integration.running import RunningHouse
from svarhus.kit.ids import PersonKey


async def test_a_chosen_language_reaches_the_calls_also_after_a_restart(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    def spoken() -> str:
        return house.exchange.core.rules.people[PersonKey("cecilia")].language

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
