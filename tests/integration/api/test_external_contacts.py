"""Contacts over the API: changing them, and files of them."""

import httpx

FILE = """Namn;Telefon;Mobil;Företag;Kundnummer
Åsa Öberg;08-465 00 70;070-174 06 05;Öbergs Taxi;17
Bo Ek;12;;;
Cia Dal;08-465 00 71;;;
"""
CSV = {"Content-Type": "text/csv"}


async def bring_in(client: httpx.AsyncClient, text: str = FILE, **wanted: object) -> httpx.Response:
    params = {name: str(value).lower() for name, value in wanted.items()}
    return await client.post("/api/contacts/import", content=text.encode(), params=params, headers=CSV)


async def count(client: httpx.AsyncClient) -> int:
    return len((await client.get("/api/directory", params={"kind": "contact"})).json()["items"])


async def audited(client: httpx.AsyncClient, action: str) -> list[dict[str, object]]:
    lines = (await client.get("/api/audit")).json()["items"]
    return [line for line in lines if line["action"] == action]


async def test_a_contact_is_made_changed_and_deleted(bo: httpx.AsyncClient, anna: httpx.AsyncClient) -> None:
    made = (await bo.post("/api/contacts", json={"name": "Åsa", "numbers": [{"number": "070-174 06 05"}]})).json()
    path = f"/api/contacts/{made['id']}"
    assert made["numbers"] == [{"number": "+46701740605", "label": "work", "note": ""}]
    changed = await bo.put(path, json={"name": "Åsa Öberg", "notes": "Ring.", "fields": {"Kod": "1"}})
    assert (changed.json()["name"], changed.json()["changed_by"], changed.json()["numbers"]) == ("Åsa Öberg", "bo", [])
    assert (await bo.get(path)).json() == changed.json()
    assert (await bo.delete(path)).status_code == 204
    gone = await bo.get(path)
    assert (gone.status_code, gone.json()["type"]) == (404, "/problems/contact-not-found")
    [changed_line] = await audited(anna, "contact-changed")
    assert (changed_line["who"], changed_line["after"]) == ("bo", {"fields": ["name", "numbers", "fields", "notes"]})


async def test_who_opens_a_card_is_noted_and_nothing_of_what_it_says(
    bo: httpx.AsyncClient, anna: httpx.AsyncClient
) -> None:
    made = (await bo.post("/api/contacts", json={"name": "Åsa", "notes": "Hemligt."})).json()
    await bo.get(f"/api/contacts/{made['id']}")
    [line] = await audited(anna, "contact-read")
    assert (line["who"], line["subject"]) == ("bo", made["id"])
    assert "Hemligt" not in (await anna.get("/api/audit")).text


async def test_what_is_wrong_is_named_and_nothing_is_kept(bo: httpx.AsyncClient) -> None:
    answer = await bo.post("/api/contacts", json={"name": " ", "numbers": [{"number": "12"}], "email": "fel"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/wrong-contact")
    assert [fault["path"] for fault in answer.json()["faults"]] == ["name", "email", "numbers"]
    assert await count(bo) == 0


async def test_markup_stays_text(bo: httpx.AsyncClient) -> None:
    name = "<img src=x onerror=alert(1)>"
    made = (await bo.post("/api/contacts", json={"name": name})).json()
    assert made["name"] == name


async def test_a_preview_tells_the_faults_by_line_and_keeps_nothing(anna: httpx.AsyncClient) -> None:
    told = (await bring_in(anna)).json()
    assert (told["added"], told["changed"], told["faulty_lines"], told["dry_run"]) == (2, 0, 1, True)
    [fault] = told["faults"]
    assert (fault["line"], fault["column"]) == (3, "numbers")
    assert {"heading": "Kundnummer", "meaning": "field", "example": "17"} in told["columns"]
    assert "Bo Ek;12" in told["faulty_file"]
    assert await count(anna) == 0


async def test_a_fault_of_a_line_comes_with_what_its_words_name(anna: httpx.AsyncClient) -> None:
    file = b"Namn;E-post;Telefon\nEva Ek;eva at home;070-174 06 05\n"
    sent = await anna.post("/api/contacts/import", content=file, headers={"Content-Type": "text/csv"})
    [fault] = sent.json()["faults"]
    assert (fault["reason"], fault["values"]) == ("contact-email", ["eva at home"])


async def test_a_file_with_faults_is_brought_in_only_when_that_is_meant(anna: httpx.AsyncClient) -> None:
    refused = await bring_in(anna, dry_run=False)
    assert (refused.status_code, refused.json()["faults"][0]["line"]) == (422, 3)
    assert await count(anna) == 0
    assert (await bring_in(anna, dry_run=False, skip_faulty=True)).json()["added"] == 2
    assert await count(anna) == 2
    [line] = await audited(anna, "contacts-imported")
    assert line["subject"] == "2 added, 0 changed"


async def test_bringing_in_again_what_was_taken_out_changes_nothing(anna: httpx.AsyncClient) -> None:
    await bring_in(anna, dry_run=False, skip_faulty=True)
    taken = await anna.get("/api/contacts/export")
    assert taken.headers["content-type"].startswith("text/csv")
    told = (await bring_in(anna, taken.text, dry_run=False)).json()
    assert (told["added"], told["changed"], told["unchanged"], told["faults"]) == (0, 0, 2, [])
    assert len(await audited(anna, "contacts-exported")) == 1


async def test_only_team_leaders_move_contacts_in_bulk(bo: httpx.AsyncClient) -> None:
    assert (await bring_in(bo)).status_code == 403
    assert (await bo.get("/api/contacts/export")).status_code == 403


async def test_a_file_that_is_none_is_refused(anna: httpx.AsyncClient) -> None:
    answer = await bring_in(anna, "just words")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unreadable-file")


async def test_what_headings_mean_is_told_once_and_remembered(anna: httpx.AsyncClient, bo: httpx.AsyncClient) -> None:
    file = "Wer;Nr\nBo;08-465 00 42 vxl\n"
    card = (await anna.get("/api/people/bo")).json()
    assert (await anna.put("/api/people/bo", json={**card, "role": "team_leader"})).status_code == 200
    told = (await bring_in(bo, file)).json()
    assert (told["nameless"], told["added"]) == (True, 0)
    refused = await bring_in(bo, file, dry_run=False)
    assert refused.json()["faults"][0]["reason"] == "file-no_names"
    await bo.put("/api/me/preferences", json={"headings": {"Wer": "name", "Nr": "work"}})
    told = (await bring_in(bo, file, dry_run=False)).json()
    assert (told["nameless"], told["added"]) == (False, 1)
    assert told["asides"] == [{"line": 2, "number": "+4684650042", "note": "vxl"}]


async def test_a_program_tells_with_the_file_what_its_headings_mean(anna: httpx.AsyncClient) -> None:
    params = {"column": ["Wer=name", "Nr=mobile"]}
    told = await anna.post("/api/contacts/import", params=params, content=b"Wer;Nr\nBo;070-174 06 05\n", headers=CSV)
    assert [column["meaning"] for column in told.json()["columns"]] == ["name", "mobile"]


async def test_an_encoding_that_is_not_certain_is_asked_for_with_a_sample(anna: httpx.AsyncClient) -> None:
    file = "Namn\nÅsa Öberg\n".encode("mac_roman")
    told = (await anna.post("/api/contacts/import", content=file, headers=CSV)).json()
    assert (told["encoding"], told["examples"]) == ("mac-roman", ["Åsa Öberg"])
    assert {"encoding": "mac-roman", "sample": "Åsa, Öberg"} in told["encodings"]
    chosen = await anna.post("/api/contacts/import", params={"encoding": "cp850"}, content=file, headers=CSV)
    assert chosen.json()["encoding"] == "cp850"
