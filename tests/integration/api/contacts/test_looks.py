"""Lists of personal data and look-ups by number are noted in the audit log, and do not drown it."""

import httpx

from integration.api.contacts.conftest import SignedIn
from integration.running import KARIN, RunningHouse

WEEKS_AGO = "2001-01-01T00:00:00Z"


async def looks(astrid: httpx.AsyncClient) -> list[tuple[str, str, str]]:
    """Who, what and of what, in order. Taking an organisation out as a file is told as well."""
    lines = (await astrid.get("/api/audit", params={"kind": "look", "limit": 200})).json()["items"]
    return [(line["who"], line["action"], line["subject"]) for line in reversed(lines)]


async def test_a_search_is_noted_once_an_hour_for_each_person(house: RunningHouse, as_person: SignedIn) -> None:
    astrid, cecilia, david = [await as_person(who) for who in ("astrid", "cecilia", "david")]
    contact = {"name": "Karin Ask", "numbers": [{"number": KARIN}]}
    assert (await cecilia.post("/api/contacts", json=contact)).status_code == 201
    for typed in ("zzz", "k", "ka", "kar", "karin ask"):
        assert (await cecilia.get("/api/directory", params={"q": typed})).status_code == 200
    await david.get("/api/directory", params={"q": "karin ask"})
    assert await looks(astrid) == [("cecilia", "directory-opened", ""), ("david", "directory-opened", "")]
    house.time.advance(3601)
    await cecilia.get("/api/directory", params={"q": "karin ask"})
    assert (await looks(astrid))[2:] == [("cecilia", "directory-opened", "")]


async def test_a_number_that_is_looked_up_is_noted_when_something_is_known_of_it(
    house: RunningHouse, as_person: SignedIn
) -> None:
    astrid, birgitta = await as_person("astrid"), await as_person("birgitta")
    for number in (KARIN, "102", "+46701740699"):
        await birgitta.get("/api/directory/by-number", params={"number": number})
    assert await looks(astrid) == []
    leg, _ = await house.talking(KARIN)
    house.hang_up(leg)
    await house.over()
    for _ in range(2):
        await birgitta.get("/api/directory/by-number", params={"number": KARIN})
        await birgitta.get("/api/calls", params={"number": KARIN})
    assert await looks(astrid) == [("birgitta", "number-searched", KARIN)]


async def test_the_logs_of_calls_are_noted_but_not_ones_own_calls(house: RunningHouse, as_person: SignedIn) -> None:
    astrid, birgitta, cecilia = [await as_person(who) for who in ("astrid", "birgitta", "cecilia")]
    leg, _ = await house.talking(KARIN)
    house.hang_up(leg)
    await house.over()
    assert (await cecilia.get("/api/calls", params={"mine": True})).json()["items"]
    assert (await birgitta.get("/api/queue-log")).status_code == 200
    assert await looks(astrid) == [], "nothing was shown of others"
    for text in ("", "070", "07017"):
        assert (await birgitta.get("/api/calls", params={"text": text})).status_code == 200
    assert await looks(astrid) == [("birgitta", "call-log-opened", "")]


async def test_what_others_have_done_and_who_was_not_answered_is_noted(
    house: RunningHouse, as_person: SignedIn
) -> None:
    astrid, cecilia = await as_person("astrid"), await as_person("cecilia")
    leg = await house.waiting(KARIN)
    house.pass_by(20)
    house.hang_up(leg)
    await house.over()
    assert (await cecilia.get("/api/queue-log")).json()["items"]
    made = (await cecilia.post("/api/callbacks", json={"queue": "advice", "number": KARIN})).json()
    assert (await cecilia.delete(f"/api/callbacks/{made['id']}")).is_success
    for who in ("me", "all"):
        assert (await cecilia.get("/api/desk/done", params={"since": WEEKS_AGO, "who": who})).status_code == 200
    assert await looks(astrid) == [("cecilia", "queue-log-opened", ""), ("cecilia", "done-opened", "")]


async def test_who_looks_at_callbacks_is_noted(house: RunningHouse, as_person: SignedIn) -> None:
    astrid, cecilia = await as_person("astrid"), await as_person("cecilia")
    assert (await cecilia.get("/api/callbacks")).json()["items"] == []
    assert await looks(astrid) == [], "nothing was shown"
    assert (await cecilia.post("/api/callbacks", json={"queue": "advice", "number": KARIN})).is_success
    for _ in range(2):
        assert (await cecilia.get("/api/callbacks")).json()["items"]
        assert (await cecilia.get("/api/callbacks", params={"number": KARIN})).json()["items"]
    assert await looks(astrid) == [("cecilia", "callbacks-opened", ""), ("cecilia", "number-searched", KARIN)]


async def test_every_export_is_noted(house: RunningHouse, as_person: SignedIn) -> None:
    astrid = await as_person("astrid")
    for _ in range(2):
        assert (await astrid.get("/api/contacts/export")).status_code == 200
        assert (await astrid.get("/api/organisation/file")).status_code == 200
    noted = [action for _, action, _ in await looks(astrid)]
    assert noted == ["contacts-exported", "organisation-exported"] * 2
