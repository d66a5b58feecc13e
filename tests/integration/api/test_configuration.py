"""The configuration over the API."""

import httpx
import pytest

from svarhus.app.organisations import Organisations
from unit.organisation.small_file import SMALL


async def test_every_list_can_be_read(anna: httpx.AsyncClient) -> None:
    for name in ("units", "people", "trunks", "numbers", "hours", "messages", "schedules", "queues", "callflows"):
        answer = await anna.get(f"/api/{name}")
        assert answer.status_code == 200
        assert answer.headers["etag"] == '"1"'
        first = answer.json()["items"][0]
        key = first.get("key", first.get("number"))
        assert (await anna.get(f"/api/{name}/{key}")).json() == first


async def test_a_part_is_added_changed_and_deleted(anna: httpx.AsyncClient, wired: Organisations) -> None:
    made = await anna.post("/api/units", json={"key": "south", "name": "South"})
    assert (made.status_code, made.headers["location"], made.headers["etag"]) == (201, "/api/units/south", '"2"')
    changed = await anna.put("/api/units/south", json={"key": "south", "name": "The South"})
    assert changed.json() == {"key": "south", "name": "The South", "outgoing_trunk": None, "billing_id": None}
    deleted = await anna.delete("/api/units/south")
    assert (deleted.status_code, deleted.headers["etag"]) == (204, '"4"')
    assert (await anna.get("/api/units/south")).status_code == 404
    revisions = (await anna.get("/api/organisation/revisions")).json()["items"]
    assert [each["comment"] for each in revisions] == [
        "deleted unit south",
        "changed unit south",
        "added unit south",
        "applied from a file",
    ]


async def test_a_part_that_would_break_the_whole_is_refused_with_every_fault(anna: httpx.AsyncClient) -> None:
    queue = (await anna.get("/api/queues/desk")).json()
    answer = await anna.put("/api/queues/desk", json={**queue, "members": [{"person": "nobody"}], "unit": "west"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    faults = answer.json()["faults"]
    assert [fault["path"] for fault in faults] == ["queues[0].unit", "queues[0].members[0].person"]
    assert faults[1]["message"] == "there is no person `nobody`"


async def test_what_is_in_use_is_not_deleted_and_the_places_are_named(anna: httpx.AsyncClient) -> None:
    answer = await anna.delete("/api/messages/hello")
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/in-use"
    assert [fault["path"] for fault in answer.json()["faults"]] == [
        "callflows.main.elements.hello.settings.messages[0]",
        "callflows.main.elements.menu.settings.messages[0]",
    ]


async def test_who_leaves_the_house_leaves_its_queues(anna: httpx.AsyncClient) -> None:
    assert (await anna.delete("/api/people/bo")).status_code == 204
    members = (await anna.get("/api/queues/desk")).json()["members"]
    assert members
    assert all(member.get("person") != "bo" for member in members)


@pytest.mark.feature("FLOW-02")
async def test_nobody_overwrites_what_somebody_else_changed(anna: httpx.AsyncClient) -> None:
    seen = await anna.get("/api/units/north")
    unit = {"key": "north", "name": "The North"}
    first = await anna.put("/api/units/north", json=unit, headers={"If-Match": seen.headers["etag"]})
    second = await anna.put("/api/units/north", json=unit, headers={"If-Match": seen.headers["etag"]})
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["type"] == "/problems/outdated"
    assert (await anna.put("/api/units/north", json=unit, headers={"If-Match": "12x"})).status_code == 422


async def test_keys_are_taken_once_and_do_not_change(anna: httpx.AsyncClient) -> None:
    assert (await anna.post("/api/units", json={"key": "north", "name": "Again"})).status_code == 409
    assert (await anna.put("/api/units/north", json={"key": "south", "name": "South"})).status_code == 422
    assert (await anna.put("/api/units/west", json={"key": "west", "name": "West"})).status_code == 404


async def test_lists_are_paged(anna: httpx.AsyncClient) -> None:
    for number in range(5):
        await anna.post("/api/units", json={"key": f"u{number}", "name": f"Unit {number}"})
    found, cursor = [], None
    while True:
        answer = (await anna.get("/api/units", params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        found.append([unit["key"] for unit in answer["items"]])
        cursor = answer["next"]
        if cursor is None:
            break
    assert found == [["north", "u0"], ["u1", "u2"], ["u3", "u4"]]


async def test_the_settings_of_the_organisation(anna: httpx.AsyncClient) -> None:
    settings = (await anna.get("/api/organisation")).json()
    changed = await anna.put("/api/organisation", json={**settings, "language": "en"})
    assert changed.json()["language"] == "en"
    assert (await anna.put("/api/organisation", json={**settings, "key": "other"})).status_code == 422


@pytest.mark.feature("FLOW-22")
async def test_the_file_goes_out_and_in(anna: httpx.AsyncClient) -> None:
    exported = await anna.get("/api/organisation/file")
    assert exported.headers["content-type"] == "application/yaml"
    same = await anna.put("/api/organisation/file", content=exported.content)
    assert same.json() == {"revision": 1, "changes": [], "dry_run": False, "warnings": []}
    changed = exported.text.replace("name: Bo", "name: Bosse").encode()
    rehearsed = await anna.put("/api/organisation/file", params={"dry_run": True}, content=changed)
    assert rehearsed.json() == {
        "revision": 2,
        "changes": ["person `bo`: name Bo → Bosse"],
        "dry_run": True,
        "warnings": [],
    }
    assert (await anna.get("/api/people/bo")).json()["name"] == "Bo"
    applied = await anna.put("/api/organisation/file", content=changed)
    assert applied.json()["dry_run"] is False
    assert (await anna.get("/api/people/bo")).json()["name"] == "Bosse"
    before = await anna.get("/api/organisation/revisions/1/file")
    assert before.text == exported.text
    restored = await anna.post("/api/organisation/revisions/1/restore")
    assert restored.json()["changes"] == ["person `bo`: name Bosse → Bo"]


@pytest.mark.feature("FLOW-22")
async def test_a_faulty_file_names_lines(anna: httpx.AsyncClient) -> None:
    answer = await anna.put("/api/organisation/file", content=SMALL.replace("ring_time: 20", "ring_time: 1").encode())
    (fault,) = answer.json()["faults"]
    assert (answer.status_code, fault["path"]) == (422, "queues[0].ring_time")
    assert SMALL.splitlines()[fault["line"] - 1].strip() == "ring_time: 20"


async def test_element_types_describe_themselves(anna: httpx.AsyncClient) -> None:
    types = {each["type"]: each for each in (await anna.get("/api/callflow-elements")).json()}
    assert {"hours", "message", "menu", "queue", "callback", "voicemail", "transfer", "hang_up"} <= set(types)
    assert "wait_seconds" in types["menu"]["settings"]["properties"]
    assert types["menu"]["description"]


# ---- errors


async def test_errors_are_problems(visitor: httpx.AsyncClient, anna: httpx.AsyncClient) -> None:
    for answer, status in (
        (await visitor.get("/api/nowhere"), 404),
        (await visitor.patch("/api/me"), 405),
        (await anna.post("/api/units", content=b"{"), 422),
        (await anna.post("/api/units", json={"key": "A"}), 422),
        (await anna.get("/api/units", params={"limit": 0}), 422),
        (await anna.get("/api/organisation/revisions", params={"cursor": "nonsense"}), 422),
        (await anna.get("/api/organisation/revisions/99/file"), 404),
        (await anna.post("/api/units", json={"key": "nul", "name": "a\x00b"}), 422),
        (await anna.put("/api/organisation/file", content=b"x" * 30_000_000), 413),
    ):
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == status
        assert problem["type"].startswith("/problems/")
        assert problem["title"]


async def test_a_wrong_password_in_a_request_is_not_repeated(anna: httpx.AsyncClient) -> None:
    new = {"key": "eva", "name": "Eva", "email": "eva@clinic.example", "password": "hemligt"}
    answer = await anna.post("/api/people", json=new)
    assert answer.status_code == 422
    assert "hemligt" not in answer.text
