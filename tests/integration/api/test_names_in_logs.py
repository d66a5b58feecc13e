"""The audit log and the history name people and things, not keys."""

from typing import Any

import httpx
import pytest

from svarhus.app.organisations import Organisations
from svarhus.domains.people.rights import Actor, Right, Role
from svarhus.kit.ids import OrganisationId

CLINIC = OrganisationId("clinic")


async def newest(anna: httpx.AsyncClient, action: str) -> dict[str, Any]:
    line: dict[str, Any] = (await anna.get("/api/audit", params={"action": action})).json()["items"][0]
    return line


async def test_a_revision_names_the_part_and_a_deleted_one_as_it_was_called(anna: httpx.AsyncClient) -> None:
    queue = (await anna.get("/api/queues/desk")).json()
    await anna.put("/api/queues/desk", json={**queue, "name": "Front desk"})
    await anna.post("/api/units", json={"key": "south", "name": "South"})
    await anna.put("/api/units/south", json={"key": "south", "name": "The South"})
    await anna.delete("/api/units/south")
    await anna.put("/api/people/bo/queues", json={"queues": []})
    revisions = (await anna.get("/api/organisation/revisions")).json()["items"]
    named = [(each["about"]["list"], each["about"]["name"]) if each["about"] else None for each in revisions]
    assert named[:5] == [
        ("people", "Bo"),
        ("units", "The South"),
        ("units", "The South"),
        ("units", "South"),
        ("queues", "Front desk"),
    ]
    assert named[-1] is None
    assert revisions[0]["author_name"] is None, "a program"


@pytest.mark.feature("ROLE-05")
async def test_a_change_in_the_audit_log_names_people_and_parts(anna: httpx.AsyncClient) -> None:
    queue = (await anna.get("/api/queues/desk")).json()
    members = [{**queue["members"][0], "priority": 7}]
    await anna.put("/api/queues/desk", json={**queue, "members": members, "unit": None, "ring_time": 25})
    line = await newest(anna, "configuration-changed")
    assert (line["about"]["kind"], line["about"]["key"]) == ("revision", "2")
    told = {(each["setting"], each["entry"]): each for each in line["changes"]}
    assert {(each["list"], each["name"]) for each in line["changes"]} == {("queues", "Desk")}
    assert told["members", "Bo"]["done"] == "removed"
    assert (told["members.priority", "Anna"]["before"], told["members.priority", "Anna"]["after"]) == ("1", "7")
    assert told["unit", None]["before"] == "North"
    assert [each["line"] for each in line["changes"]] == line["after"]["changes"]


async def test_subjects_are_named_and_what_is_revoked_as_it_was_made(
    anna: httpx.AsyncClient, wired: Organisations
) -> None:
    token = (await anna.post("/api/tokens", json={"name": "Report", "role": "user"})).json()
    await anna.delete(f"/api/tokens/{token['id']}")
    await anna.get("/api/people/bo")
    contact = (await anna.post("/api/contacts", json={"name": "Eva Ek"})).json()
    line = await newest(anna, "token-revoked")
    assert (line["about"]["kind"], line["about"]["name"]) == ("token", "Report")
    assert (await newest(anna, "person-seen"))["about"]["name"] == "Bo"
    assert (await newest(anna, "contact-added"))["about"]["name"] == "Eva Ek"
    await anna.delete(f"/api/contacts/{contact['id']}")
    assert (await newest(anna, "contact-added"))["about"]["name"] is None, "what is deleted is kept nowhere"


async def test_who_left_is_named_as_they_were_called(anna: httpx.AsyncClient, bo: httpx.AsyncClient) -> None:
    await anna.put("/api/people/bo/queues", json={"queues": []})
    gone = await anna.delete("/api/people/bo")
    assert gone.status_code == 204, gone.text
    line = await newest(anna, "signed-in")
    assert (line["who"], line["who_name"], line["about"]["name"]) == ("bo", "Bo", "Bo")
    removed = await newest(anna, "configuration-changed")
    assert ("people", "bo", "Bo", "removed") in [
        (each["list"], each["key"], each["name"], each["done"]) for each in removed["changes"]
    ]


async def test_a_reader_who_may_not_see_them_is_told_no_hidden_names(
    anna: httpx.AsyncClient, wired: Organisations
) -> None:
    card = (await anna.get("/api/people/bo")).json()
    await anna.put("/api/people/bo", json={**card, "hidden": True})
    await anna.get("/api/people/bo")
    await anna.post("/api/contacts", json={"name": "Eva Ek"})
    reader = Actor(CLINIC, Role.USER, "token:reader", granted=frozenset({Right.SEE_AUDIT}))
    lines = (await wired.audit.read(CLINIC, None, 50)).items
    names = {each.about.name for each in await wired.naming.lines(reader, lines)}
    assert not {"Bo", "Eva Ek"} & names


async def test_ones_own_language_is_no_version_of_the_organisation_and_stays_when_one_is_restored(
    anna: httpx.AsyncClient, bo: httpx.AsyncClient
) -> None:
    await anna.put("/api/units/north", json={"key": "north", "name": "Norra"})
    before = await anna.get("/api/organisation/file")
    assert (await bo.put("/api/me/language", json={"language": "fi"})).status_code == 204
    file = await anna.get("/api/organisation/file")
    assert (file.headers["etag"], before.headers["etag"]) == ('"2"', '"2"')
    assert "language: fi" in file.text and "language: fi" not in before.text
    comments = [each["comment"] for each in (await anna.get("/api/organisation/revisions")).json()["items"]]
    assert comments == ["changed unit north", "applied from a file"]
    restored = await anna.post("/api/organisation/revisions/1/restore")
    assert restored.json()["changes"] == ["unit `north`: name Norra → North"]
    assert (await anna.get("/api/units/north")).json()["name"] == "North"
    assert (await bo.get("/api/me")).json()["language"] == "fi"
    history = (await anna.get("/api/organisation/parts/people/bo/history")).json()["versions"]
    assert [version["revision"] for version in history] == [1]


async def test_an_administrator_gives_another_language(anna: httpx.AsyncClient, bo: httpx.AsyncClient) -> None:
    await bo.put("/api/me/language", json={"language": "fi"})
    card = (await anna.get("/api/people/bo")).json()
    assert card["language"] == "fi"
    assert (await anna.put("/api/people/bo", json={**card, "title": "Nurse"})).status_code == 200
    assert (await bo.get("/api/me")).json()["language"] == "fi"
    assert (await anna.put("/api/people/bo", json={**card, "language": "en"})).status_code == 200
    assert (await bo.get("/api/me")).json()["language"] == "en"
    history = (await anna.get("/api/organisation/parts/people/bo/history")).json()["versions"]
    assert [version["value"]["language"] for version in history if version["value"]] == ["en", "sv", "sv"]
