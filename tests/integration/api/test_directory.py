"""The directory over the API: colleagues and contacts, favourites, and who has a number."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from integration.api.conftest import client
from svarhus.app.organisations import Organisations
from svarhus.domains.people.rights import Role, operator
from svarhus.kit.ids import OrganisationId

Contact = dict[str, Any]

OSA: Contact = {
    "name": "Åsa Öberg",
    "company": "Öbergs Taxi",
    "title": "Trafikledare",
    "place": "Solna",
    "numbers": [{"number": "070-174 06 05", "label": "mobile"}, {"number": "08-465 00 70"}],
    "tags": ["taxi"],
    "fields": {"Avtal": "A-17"},
    "notes": "Ring före åtta.",
}


async def add(client: httpx.AsyncClient, **card: Any) -> Contact:
    answer = await client.post("/api/contacts", json={"name": "Somebody", **card})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def names(client: httpx.AsyncClient, q: str = "", **wanted: str | bool) -> list[str]:
    answer = await client.get("/api/directory", params={"q": q, **wanted})
    assert answer.status_code == 200, answer.text
    return [entry["name"] for entry in answer.json()["items"]]


@pytest.mark.parametrize(
    "q",
    ["åsa", "ASA OB", "öberg", "taxi solna", "trafikl", "07017406", "070-174", "+46 8 465", "465 00 70", "a-17 åsa"],
)
async def test_a_contact_is_found_by_any_of_its_fields(bo: httpx.AsyncClient, q: str) -> None:
    await add(bo, **OSA)
    await add(bo, name="Other", numbers=[{"number": "+4631650099"}])
    found = await names(bo, q, kind="contact")
    assert found == ["Åsa Öberg"]


async def test_notes_are_not_searched_and_each_word_must_be_found(bo: httpx.AsyncClient) -> None:
    await add(bo, **OSA)
    assert await names(bo, "åtta") == []
    assert await names(bo, "åsa luleå") == []
    assert await names(bo, "100%") == []
    assert await names(bo, " -- ") == []


async def test_names_that_begin_with_it_come_first_then_words_then_the_rest(bo: httpx.AsyncClient) -> None:
    for name, company in (("Carl Ek", "Bergs"), ("Ann Berg", ""), ("Berg & Co", ""), ("Lindberg", "")):
        await add(bo, name=name, company=company)
    assert await names(bo, "berg") == ["Berg & Co", "Ann Berg", "Lindberg", "Carl Ek"]


async def test_colleagues_are_found_with_contacts_and_come_before_them(bo: httpx.AsyncClient) -> None:
    await add(bo, name="Anna Ander")
    assert await names(bo, "anna") == ["Anna", "Anna Ander"]
    assert await names(bo, "102") == ["Bo"]
    assert await names(bo, "anna", kind="colleague") == ["Anna"]
    [anna] = (await bo.get("/api/directory", params={"q": "anna north"})).json()["items"]
    assert (anna["key"], anna["units"], anna["numbers"][0]) == (
        "anna",
        ["North"],
        {"number": "101", "label": "extension", "note": ""},
    )


async def test_favourites_come_first_and_are_each_persons_own(anna: httpx.AsyncClient, bo: httpx.AsyncClient) -> None:
    for name in ("Berg A", "Berg B", "Berg C"):
        made = await add(bo, name=name)
    path = f"/api/directory/favourites/contact/{made['id']}"
    assert (await bo.put(path)).status_code == 204
    assert (await bo.put("/api/directory/favourites/colleague/anna")).status_code == 204
    assert await names(bo, "berg") == ["Berg C", "Berg A", "Berg B"]
    assert await names(bo, favourites=True) == ["Anna", "Berg C"]
    assert await names(anna, "berg") == ["Berg A", "Berg B", "Berg C"]
    assert (await bo.delete(path)).status_code == 204
    assert await names(bo, favourites=True) == ["Anna"]
    assert (await bo.put("/api/directory/favourites/contact/nobody")).status_code == 404
    assert (await anna.put(path)).status_code == 403


async def test_a_long_list_is_paged_without_holes_or_doubles(bo: httpx.AsyncClient) -> None:
    wanted = [f"Berg {number:02}" for number in range(12)]
    for name in wanted:
        made = await add(bo, name=name)
    await bo.put(f"/api/directory/favourites/contact/{made['id']}")
    found: list[str] = []
    cursor = None
    while cursor is not None or not found:
        page = (
            await bo.get("/api/directory", params={"limit": 5, "cursor": cursor} if cursor else {"limit": 5})
        ).json()
        found += [entry["name"] for entry in page["items"]]
        cursor = page["next"]
    assert found == ["Berg 11", "Anna", "Bo", *wanted[:11]]


async def test_a_cursor_of_elsewhere_is_refused(bo: httpx.AsyncClient) -> None:
    answer = await bo.get("/api/directory", params={"cursor": "abc"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-cursor")


@pytest.mark.parametrize("number", ["+46701740605", "070-174 06 05", "0046701740605"])
async def test_who_calls_is_told_by_the_number(bo: httpx.AsyncClient, number: str) -> None:
    await add(bo, **OSA)
    found = (await bo.get("/api/directory/by-number", params={"number": number})).json()
    [contact] = found["contacts"]
    assert (found["number"], contact["company"], contact["notes"], contact["place"]) == (
        "+46701740605",
        "Öbergs Taxi",
        "Ring före åtta.",
        "Solna",
    )
    assert found["colleague"] is None
    assert found["last_spoken"] is None


async def test_a_colleague_is_told_by_the_extension(bo: httpx.AsyncClient) -> None:
    found = (await bo.get("/api/directory/by-number", params={"number": "101"})).json()
    assert (found["number"], found["colleague"]["name"], found["contacts"]) == ("101", "Anna", [])


@pytest.mark.parametrize("number", ["anonymous", "", "12"])
async def test_of_a_number_that_is_none_nothing_is_known(bo: httpx.AsyncClient, number: str) -> None:
    answer = await bo.get("/api/directory/by-number", params={"number": number})
    assert answer.json() == {"number": None, "colleague": None, "contacts": [], "last_spoken": None}


async def test_many_numbers_get_their_names_at_once(bo: httpx.AsyncClient) -> None:
    await add(bo, name="Åsa", numbers=[{"number": "+46701740605"}])
    await add(bo, name="Taxi", numbers=[{"number": "+46701740605"}])
    asked = {"numbers": ["+46701740605", "101", "+46701740699", "rubbish"]}
    answer = await bo.post("/api/directory/names", json=asked)
    assert answer.json()["names"] == {"+46701740605": "Taxi / Åsa", "101": "Anna"}


async def test_another_organisation_sees_nothing_of_a_contact(
    anna: httpx.AsyncClient, application: FastAPI, wired: Organisations
) -> None:
    secret, _ = await wired.tokens.make(operator(OrganisationId("neighbour")), "neighbour", Role.ADMINISTRATOR)
    neighbour = client(application, {"Authorization": f"Bearer {secret}"})
    made = await add(anna, **OSA)
    path = f"/api/contacts/{made['id']}"
    assert "Åsa Öberg" not in await names(neighbour, "åsa")
    found = await neighbour.get("/api/directory/by-number", params={"number": "+46701740605"})
    assert found.json()["contacts"] == []
    assert (await neighbour.get(path)).status_code == 404
    assert (await neighbour.put(path, json={"name": "Mine"})).status_code == 404
    assert (await neighbour.delete(path)).status_code == 404
    assert (await anna.get(path)).json()["name"] == "Åsa Öberg"


async def test_nobody_looks_anybody_up_without_signing_in(visitor: httpx.AsyncClient) -> None:
    for path in ("/api/directory", "/api/directory/by-number?number=1", "/api/contacts/a", "/api/queue-log"):
        assert (await visitor.get(path)).status_code == 401


async def test_a_number_is_read_before_a_form_keeps_it(bo: httpx.AsyncClient) -> None:
    read = await bo.post("/api/directory/number", json={"typed": "070-174 06 05 (jour)"})
    assert read.json() == {"number": "+46701740605", "note": "jour"}
    refused = await bo.post("/api/directory/number", json={"typed": "070-17406O5"})
    assert (refused.status_code, refused.json()["faults"][0]["reason"]) == (422, "number-letters")
    assert (await bo.post("/api/directory/number", json={"typed": "101"})).status_code == 422
