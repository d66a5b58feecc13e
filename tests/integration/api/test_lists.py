"""The rows of lists over the API: changing them, files of them, and their versions."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from svarhus.app.organisations import Organisations
from svarhus.domains.contacts.workbook_writing import MEDIA_TYPE, workbook
from svarhus.domains.numberlists.repository import MOST_VERSIONS
from svarhus.domains.people.rights import operator
from svarhus.kit.ids import OrganisationId
from unit.organisation.small_file import SMALL

CASES = Path("/work/shared/cases")
CSV = {"Content-Type": "text/csv"}
FILE = "Nummer;Namn;Anteckning\n070-174 06 05;Åsa Öberg;Ring tillbaka\n08-465 00 4*;Taxi;\n12;Fel;\n"


@pytest_asyncio.fixture
async def vip(anna: httpx.AsyncClient) -> AsyncIterator[str]:
    """The address of a list that has nothing on it yet."""
    made = await anna.post("/api/lists", json={"key": "vip", "name": "Best customers", "priority": 5})
    assert made.status_code == 201
    yield "/api/lists/vip"


async def add(client: httpx.AsyncClient, number: str, name: str = "", **headers: str) -> httpx.Response:
    return await client.post("/api/lists/vip/rows", json={"number": number, "name": name}, headers=headers)


async def bring_in(client: httpx.AsyncClient, file: str | bytes = FILE, **wanted: object) -> httpx.Response:
    params = {name: value if isinstance(value, str) else str(value).lower() for name, value in wanted.items()}
    content = file.encode() if isinstance(file, str) else file
    return await client.post("/api/lists/vip/import", content=content, params=params, headers=CSV)


async def rows(client: httpx.AsyncClient, **wanted: str | int) -> list[tuple[str, str]]:
    found = await client.get("/api/lists/vip/rows", params=wanted)
    return [(row["number"], row["name"]) for row in found.json()["items"]]


class TestByHand:
    async def test_a_row_is_added_changed_and_removed_each_time_as_a_version(
        self, vip: str, anna: httpx.AsyncClient
    ) -> None:
        made = await add(anna, "070-174 06 05", " Åsa ")
        assert (made.status_code, made.headers["etag"]) == (201, '"1"')
        assert made.headers["location"] == f"{vip}/rows/+46701740605"
        assert await rows(anna) == [("+46701740605", "Åsa")]
        changed = await anna.put(f"{vip}/rows/%2B46701740605", json={"number": "070-17*", "name": "Region"})
        assert (changed.json()["version"], changed.json()["how"], changed.json()["rows"]) == (2, "changed", 1)
        assert await rows(anna) == [("+467017*", "Region")]
        gone = await anna.post(f"{vip}/rows/remove", json={"numbers": ["+467017*"]})
        assert (gone.json()["version"], gone.json()["about"], gone.json()["rows"]) == (3, "+467017*", 0)
        assert await rows(anna) == []
        versions = (await anna.get(f"{vip}/versions")).json()["items"]
        assert [(each["version"], each["how"], each["added"], each["removed"]) for each in versions] == [
            (3, "removed", 0, 1),
            (2, "changed", 1, 1),
            (1, "added", 1, 0),
        ]
        assert await rows(anna, version=1) == [("+46701740605", "Åsa")]

    async def test_what_differs_not_makes_no_version(self, vip: str, anna: httpx.AsyncClient) -> None:
        await add(anna, "070-174 06 05", "Åsa")
        same = await anna.put(f"{vip}/rows/%2B46701740605", json={"number": "070-174 06 05", "name": "Åsa"})
        assert same.json()["version"] == 1

    async def test_a_number_stands_once(self, vip: str, anna: httpx.AsyncClient) -> None:
        await add(anna, "070-174 06 05")
        await add(anna, "070-174 06 06")
        again = await add(anna, "+46 70 174 06 05")
        assert (again.status_code, again.json()["type"]) == (409, "/problems/list-row-exists")
        moved = await anna.put(f"{vip}/rows/%2B46701740606", json={"number": "070-174 06 05"})
        assert moved.status_code == 409
        assert len(await rows(anna)) == 2

    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            ("", "number-empty"),
            ("hej", "number-no_digits"),
            ("465 00 42", "number-no_area_code"),
            ("70*", "number-no_area_code"),
            ("+999*", "number-country_code"),
            ("070-17406O5", "number-letters"),
            ("07*0*", "number-keys"),
            ("4.67E+10", "number-rounded"),
        ],
    )
    async def test_what_is_no_number_is_refused(
        self, vip: str, anna: httpx.AsyncClient, number: str, reason: str
    ) -> None:
        refused = await add(anna, number)
        assert (refused.status_code, refused.json()["faults"][0]["reason"]) == (422, reason)

    async def test_nobody_overwrites_what_somebody_else_has_changed(self, vip: str, anna: httpx.AsyncClient) -> None:
        await add(anna, "070-174 06 05")
        late = await add(anna, "070-174 06 06", **{"If-Match": '"0"'})
        assert (late.status_code, late.json()["type"]) == (412, "/problems/outdated")
        assert (await add(anna, "070-174 06 06", **{"If-Match": '"1"'})).status_code == 201

    async def test_one_number_that_is_not_there_removes_none(self, vip: str, anna: httpx.AsyncClient) -> None:
        await add(anna, "070-174 06 05")
        refused = await anna.post(f"{vip}/rows/remove", json={"numbers": ["+46701740605", "+46701740606"]})
        assert (refused.status_code, refused.json()["type"]) == (404, "/problems/no-list-row")
        assert len(await rows(anna)) == 1

    async def test_who_may_not_change_settings_only_looks(
        self, vip: str, anna: httpx.AsyncClient, bo: httpx.AsyncClient
    ) -> None:
        await add(anna, "070-174 06 05")
        assert len(await rows(bo)) == 1
        for answer in (
            await add(bo, "070-174 06 06"),
            await bring_in(bo),
            await bo.get(f"{vip}/export"),
            await bo.post(f"{vip}/versions/1/restore"),
            await bo.post(f"{vip}/rows/remove", json={"numbers": ["+46701740605"]}),
            await bo.delete(vip),
        ):
            assert answer.status_code == 403


class TestSearch:
    @pytest.mark.parametrize(
        ("search", "found"),
        [
            ("öberg", 1),
            ("oberg", 1),
            ("070-174", 1),
            ("+46 70 174", 1),
            ("174 06", 1),
            ("taxi", 1),
            ("zebra", 0),
        ],
    )
    async def test_names_notes_and_numbers_in_any_form(
        self, vip: str, anna: httpx.AsyncClient, search: str, found: int
    ) -> None:
        await bring_in(anna, dry_run=False, skip_faulty=True)
        assert len(await rows(anna, search=search)) == found

    async def test_pages_follow_one_another(self, vip: str, anna: httpx.AsyncClient) -> None:
        await bring_in(anna, "Nummer\n" + "".join(f"08465{n:04}\n" for n in range(7)), dry_run=False)
        seen, cursor = [], ""
        while True:
            page = (await anna.get(f"{vip}/rows", params={"limit": 3, **({"cursor": cursor} if cursor else {})})).json()
            seen += [row["number"] for row in page["items"]]
            if not (cursor := page["next"]):
                break
        assert seen == [f"+468465{n:04}" for n in range(7)]


class TestFiles:
    async def test_a_preview_tells_the_faults_by_line_and_keeps_nothing(
        self, vip: str, anna: httpx.AsyncClient
    ) -> None:
        told = (await bring_in(anna)).json()
        assert (told["added"], told["faulty_lines"], told["dry_run"], told["version"]) == (2, 1, True, 0)
        [fault] = told["faults"]
        assert (fault["line"], fault["column"], fault["reason"]) == (4, "number", "number-too_short")
        assert "12;Fel" in told["faulty_file"]
        assert [column["meaning"] for column in told["columns"]] == ["work", "name", "notes"]
        assert await rows(anna) == []

    async def test_faulty_lines_are_left_out_only_when_that_is_meant(self, vip: str, anna: httpx.AsyncClient) -> None:
        refused = await bring_in(anna, dry_run=False)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/faulty-list-lines")
        told = (await bring_in(anna, dry_run=False, skip_faulty=True, note="From the register")).json()
        assert (told["added"], told["version"]) == (2, 1)
        assert await rows(anna) == [("+46701740605", "Åsa Öberg"), ("+468465004*", "Taxi")]
        [version] = (await anna.get(f"{vip}/versions")).json()["items"]
        assert (version["how"], version["note"], version["author"]) == ("file", "From the register", "token:anna")

    async def test_a_file_comes_beside_what_is_there_or_in_its_place(self, vip: str, anna: httpx.AsyncClient) -> None:
        await bring_in(anna, "Nummer;Namn\n070-174 06 05;Åsa\n070-174 06 06;Bo\n", dry_run=False)
        beside = (await bring_in(anna, "Nummer;Namn\n070-174 06 06;\n070-174 06 07;Cia\n", dry_run=False)).json()
        assert (beside["added"], beside["changed"], beside["unchanged"], beside["removed"]) == (1, 0, 1, 0)
        assert dict(await rows(anna))["+46701740606"] == "Bo"
        instead = (await bring_in(anna, "Nummer;Namn\n070-174 06 06;Bosse\n", dry_run=False, replace=True)).json()
        assert (instead["added"], instead["changed"], instead["removed"]) == (0, 1, 2)
        assert await rows(anna) == [("+46701740606", "Bosse")]

    async def test_what_is_the_same_makes_no_version(self, vip: str, anna: httpx.AsyncClient) -> None:
        await bring_in(anna, dry_run=False, skip_faulty=True)
        again = (await bring_in(anna, dry_run=False, skip_faulty=True)).json()
        assert (again["added"], again["changed"], again["unchanged"], again["version"]) == (0, 0, 2, 1)

    @pytest.mark.parametrize(("format", "kind"), [("xlsx", MEDIA_TYPE), ("csv", "text/csv; charset=utf-8")])
    async def test_what_is_taken_out_can_be_brought_in(
        self, vip: str, anna: httpx.AsyncClient, format: str, kind: str
    ) -> None:
        await bring_in(anna, dry_run=False, skip_faulty=True)
        taken = await anna.get(f"{vip}/export", params={"format": format})
        assert taken.headers["content-type"] == kind
        told = (await bring_in(anna, taken.content, replace=True)).json()
        assert (told["unchanged"], told["added"], told["removed"], told["faults"]) == (2, 0, 0, [])

    async def test_lines_about_the_same_number_are_one_row(self, vip: str, anna: httpx.AsyncClient) -> None:
        told = (await bring_in(anna, "Nummer;Namn\n0701740605;A\n+46701740605;B\n", dry_run=False)).json()
        assert (told["added"], told["joined"]) == (1, 1)
        assert await rows(anna) == [("+46701740605", "B")]

    async def test_a_column_that_nobody_knows_is_asked_for(self, vip: str, anna: httpx.AsyncClient) -> None:
        file = "Wer;Ring\nBo;070-174 06 05\n"
        assert (await bring_in(anna, file)).json()["nameless"]
        refused = await bring_in(anna, file, dry_run=False)
        assert refused.json()["faults"][0]["reason"] == "file-no_numbers"
        told = await bring_in(anna, file, dry_run=False, column="Ring=mobile")
        assert (told.json()["nameless"], told.json()["added"]) == (False, 1)

    async def test_numbers_that_a_spreadsheet_kept_as_figures(self, vip: str, anna: httpx.AsyncClient) -> None:
        file = workbook([["Telefon", "Namn"], ["46701740605", "Åsa"], ["701740605", "Bo"]])
        told = (await bring_in(anna, file)).json()
        assert [(fault["line"], fault["reason"]) for fault in told["faults"]] == [(3, "number-no_area_code")]
        assert told["added"] == 1

    @pytest.mark.parametrize(
        "file", [b"", b"just words", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", b"Nummer;Namn\n\0\0"]
    )
    async def test_a_file_that_is_none_is_refused(self, vip: str, anna: httpx.AsyncClient, file: bytes) -> None:
        refused = await bring_in(anna, file, dry_run=False)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/unreadable-file")
        assert await rows(anna) == []

    async def test_people_s_numbers_with_words_are_read_or_told_of(self, vip: str, anna: httpx.AsyncClient) -> None:
        rows_of_file = ["070-174 06 05 (fru)", "08-465 00 42 x12", "070-17406O5", "0701740605-06", "4.67E+10"]
        told = (
            await bring_in(anna, "Nummer\n" + "\n".join(rows_of_file) + "\n", dry_run=False, skip_faulty=True)
        ).json()
        assert [fault["line"] for fault in told["faults"]] == [4, 5, 6]
        page = (await anna.get(f"{vip}/rows")).json()["items"]
        assert [(row["number"], row["note"]) for row in page] == [("+46701740605", "fru"), ("+4684650042", "x12")]

    async def test_mac_roman_is_asked_for_with_a_sample(self, vip: str, anna: httpx.AsyncClient) -> None:
        file = "Nummer;Namn\r070-174 06 05;Åsa Öberg\r".encode("mac_roman").replace(b"\r", b"\n")
        told = (await bring_in(anna, file)).json()
        assert told["encodings"] and any("Åsa" in each["sample"] for each in told["encodings"])
        read = (await bring_in(anna, file, encoding="mac-roman", dry_run=False)).json()
        assert read["added"] == 1
        assert await rows(anna) == [("+46701740605", "Åsa Öberg")]


class TestVersions:
    async def test_an_earlier_one_is_restored_as_a_new_one(self, vip: str, anna: httpx.AsyncClient) -> None:
        await bring_in(anna, dry_run=False, skip_faulty=True)
        await bring_in(anna, "Nummer\n070-174 06 99\n", dry_run=False, replace=True)
        restored = await anna.post(f"{vip}/versions/1/restore")
        assert (restored.json()["version"], restored.json()["how"], restored.json()["about"]) == (3, "restored", "1")
        assert await rows(anna) == await rows(anna, version=1)
        assert (await anna.post(f"{vip}/versions/1/restore")).json()["version"] == 3
        missing = await anna.post(f"{vip}/versions/9/restore")
        assert (missing.status_code, missing.json()["type"]) == (404, "/problems/no-list-version")

    async def test_so_many_are_kept(self, vip: str, anna: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
        assert MOST_VERSIONS > 4
        monkeypatch.setattr("svarhus.domains.numberlists.repository.MOST_VERSIONS", 3)
        for number in range(5):
            await bring_in(anna, f"Nummer\n070-174 06 0{number}\n", dry_run=False, replace=True)
        versions = (await anna.get(f"{vip}/versions")).json()["items"]
        assert [each["version"] for each in versions] == [5, 4, 3]
        assert await rows(anna, version=3) == [("+46701740602", "")]
        assert (await anna.get(f"{vip}/rows", params={"version": 2})).status_code == 404

    async def test_how_many_rows_the_lists_have(self, vip: str, anna: httpx.AsyncClient) -> None:
        assert (await anna.get("/api/list-sizes")).json() == []
        await bring_in(anna, dry_run=False, skip_faulty=True)
        assert (await anna.get("/api/list-sizes")).json() == [{"list": "vip", "rows": 2, "version": 1}]


class TestTheEnd:
    async def test_a_list_that_is_used_stays(self, vip: str, anna: httpx.AsyncClient) -> None:
        flow = (await anna.get("/api/callflows/main")).json()
        element = {
            "type": "caller_list",
            "settings": {"lists": ["vip"]},
            "exits": {"listed": "desk", "not_listed": "open"},
        }
        flow = {**flow, "start": "vip", "elements": {**flow["elements"], "vip": element}}
        assert (await anna.put("/api/callflows/main", json=flow)).status_code == 200
        await add(anna, "070-174 06 05")
        refused = await anna.delete(vip)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/in-use")
        uses = (await anna.get("/api/organisation/parts/lists/vip/uses")).json()["paths"]
        assert uses == ["callflows.main.elements.vip.settings.lists[0]"]
        assert len(await rows(anna)) == 1

    async def test_a_deleted_list_is_gone_with_all_its_versions(self, vip: str, anna: httpx.AsyncClient) -> None:
        await add(anna, "070-174 06 05")
        assert (await anna.delete(vip)).status_code == 204
        gone = await anna.get(f"{vip}/rows")
        assert (gone.status_code, gone.json()["type"]) == (404, "/problems/no-list")
        await anna.post("/api/lists", json={"key": "vip", "name": "Best customers"})
        assert await rows(anna) == []
        assert (await anna.get(f"{vip}/versions")).json()["items"] == []

    @pytest.mark.parametrize(("name", "left"), [("Best customers", 1), ("Others", 0)])
    async def test_the_wrong_file_and_then_the_right_one_lose_no_rows(
        self, vip: str, anna: httpx.AsyncClient, wired: Organisations, name: str, left: int
    ) -> None:
        """But another list under the same key gets none of them."""
        await add(anna, "070-174 06 05")
        await wired.service.replace_with(operator(OrganisationId("clinic")), SMALL.encode())
        right = f"{SMALL}lists:\n  - {{key: vip, name: {name}}}\n"
        await wired.service.replace_with(operator(OrganisationId("clinic")), right.encode())
        assert len(await rows(anna)) == left
