"""The desk over the API: one list of all that waits, and what people add to its cases."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import numpy as np
import pytest
import pytest_asyncio
import websockets

from integration.api.contacts.conftest import SignedIn, may_only
from integration.running import ADVICE, KARIN, LARS, RECEPTION, RunningHouse
from svarhus.app.organisations import DEMO, Organisations
from svarhus.domains.people.rights import Right
from svarhus.kit.database import Database
from svarhus.kit.waveform import RATE, wav

NOTE = "Ringde om provsvar. <b>Vill bli uppringd på mobilen.</b>"


async def booked(who: httpx.AsyncClient, number: str = KARIN) -> str:
    answer = await who.post("/api/callbacks", json={"queue": "advice", "number": number})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def items(who: httpx.AsyncClient, scope: str = "all") -> dict[str, dict[str, object]]:
    listed = (await who.get("/api/desk", params={"scope": scope})).json()["items"]
    return {item["key"]: item for item in listed}


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
    tone = (np.sin(np.arange(RATE) / 5) * 16000).astype(np.int16)
    (tmp_path / f"{recording}.wav").write_bytes(wav(np.concatenate([np.zeros(RATE, np.int16), tone])))
    house.time.advance(2)
    house.hang_up(leg)
    await house.over()
    return recording


async def test_all_channels_stand_in_one_list_by_the_time_due(
    house: RunningHouse, cecilia: httpx.AsyncClient, left: str
) -> None:
    callback = await booked(cecilia, LARS)
    await house.talking("+46701740607")
    leg = await house.waiting("+46701740608", ADVICE)
    listed = (await cecilia.get("/api/desk", params={"scope": "all"})).json()["items"]
    assert [item["due_at"] for item in listed] == sorted(item["due_at"] for item in listed)
    kinds = {(item["kind"], item["state"]) for item in listed}
    assert kinds == {("call", "talking"), ("call", "waiting"), ("callback", "booked"), ("voicemail", "new")}
    waiting = next(item for item in listed if item["state"] == "waiting")
    entered = datetime.fromisoformat(waiting["came_at"])
    assert datetime.fromisoformat(waiting["due_at"]) - entered == timedelta(seconds=90)
    assert (waiting["queue"], waiting["unit"], waiting["position"]) == ("advice", "radgivningen", 1)
    message = next(item for item in listed if item["kind"] == "voicemail")
    assert (message["id"], message["number"], message["queue"]) == (left, KARIN, "reception")
    assert next(item for item in listed if item["kind"] == "callback")["id"] == callback
    house.hang_up(leg)


async def test_a_page_begins_where_the_one_before_ends(cecilia: httpx.AsyncClient) -> None:
    made = [await booked(cecilia, f"+4670174060{digit}") for digit in range(5)]
    first = (await cecilia.get("/api/desk", params={"limit": 3})).json()
    rest = (await cecilia.get("/api/desk", params={"limit": 3, "cursor": first["next"]})).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == made
    assert rest["next"] is None


async def test_what_is_overdue_rises_and_can_be_raised_by_hand(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    id = await booked(cecilia)
    shown = (await items(cecilia))[f"callback:{id}"]
    assert shown["priority"] == "normal"
    await cecilia.put(f"/api/cases/callback/{id}/priority", json={"priority": "high"})
    assert (await items(cecilia))[f"callback:{id}"]["priority"] == "high"
    await cecilia.put(f"/api/cases/callback/{id}/priority", json={"priority": None})
    due = datetime.fromisoformat(str(shown["due_at"]))
    house.pass_by((due - house.time.now()).total_seconds() + 1)
    await house.until(lambda: house.exchange.committed)
    assert (await items(cecilia))[f"callback:{id}"]["priority"] == "high"
    house.pass_by(601)
    assert (await items(cecilia))[f"callback:{id}"]["priority"] == "very_high"


async def test_of_two_who_take_it_at_once_one_gets_it_and_the_other_is_told_who(
    cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    id = await booked(cecilia)
    path = f"/api/cases/callback/{id}/take"
    answers = await asyncio.gather(*(who.post(path) for who in (cecilia, birgitta) * 3))
    assert sorted({answer.status_code for answer in answers}) == [200, 409]
    refused = next(answer for answer in answers if answer.status_code == 409).json()
    holder = (await items(cecilia))[f"callback:{id}"]["taken_by"]
    assert refused["type"] == "/problems/case-taken"
    assert {"cecilia": "Cecilia Lund", "birgitta": "Birgitta Ek"}[str(holder)] in refused["detail"]


async def test_it_is_taken_over_only_from_the_one_who_is_named(
    cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    id = await booked(cecilia)
    path = f"/api/cases/callback/{id}/take"
    await cecilia.post(path)
    assert (await birgitta.post(path, json={"instead_of": "david"})).status_code == 409
    taken = (await birgitta.post(path, json={"instead_of": "cecilia"})).json()
    assert (taken["taken_by"], taken["history"][-1]["act"]) == ("birgitta", "taken_over")
    assert (await cecilia.delete(path)).status_code == 409
    assert (await birgitta.delete(path)).json()["taken_by"] is None


async def test_who_has_taken_it_is_not_passed_by_when_it_is_started(
    cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    id = await booked(cecilia)
    await birgitta.post(f"/api/cases/callback/{id}/take")
    refused = await cecilia.post(f"/api/callbacks/{id}/start")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/case-taken")


async def test_notes_are_kept_as_they_were_written_and_edited_by_their_author_alone(
    cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    id = await booked(cecilia)
    made = await cecilia.post(f"/api/cases/callback/{id}/notes", json={"text": NOTE})
    assert made.status_code == 201
    [note] = made.json()["notes"]
    assert (note["text"], note["author"]) == (NOTE, "cecilia")
    path = f"/api/cases/callback/{id}/notes/{note['id']}"
    assert (await birgitta.put(path, json={"text": "Annat"})).status_code == 403
    edited = (await cecilia.put(path, json={"text": "Klart."})).json()["notes"][0]
    assert (edited["text"], [version["text"] for version in edited["versions"]]) == ("Klart.", [NOTE])
    assert (await items(cecilia))[f"callback:{id}"]["notes"] == 1
    assert (await cecilia.post(f"/api/cases/callback/{id}/notes", json={"text": "  "})).status_code == 422


async def test_only_tags_of_its_queue_can_be_set(cecilia: httpx.AsyncClient) -> None:
    id = await booked(cecilia)
    opened = (await cecilia.get(f"/api/cases/callback/{id}")).json()
    possible = [tag["key"] for tag in opened["possible_tags"]]
    assert possible
    tagged = (await cecilia.post(f"/api/cases/callback/{id}/tags", json={"tag": possible[-1]})).json()
    assert [(each["tag"], each["who"]) for each in tagged["tags"]] == [(possible[-1], "cecilia")]
    assert (await items(cecilia))[f"callback:{id}"]["tags"] == [possible[-1]]
    refused = await cecilia.post(f"/api/cases/callback/{id}/tags", json={"tag": "nothing"})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/tag-not-possible")
    assert (await cecilia.delete(f"/api/cases/callback/{id}/tags/{possible[-1]}")).json()["tags"] == []


async def test_a_message_is_handled_and_taken_up_again(cecilia: httpx.AsyncClient, left: str) -> None:
    path = f"/api/cases/voicemail/{left}/handled"
    assert (await cecilia.post(path)).json()["open"] is False
    assert await items(cecilia) == {}
    reopened = (await cecilia.delete(path)).json()
    assert [act["act"] for act in reopened["history"]][-2:] == ["handled", "reopened"]
    assert list(await items(cecilia)) == [f"voicemail:{left}"]


async def test_a_callback_is_marked_and_not_handled(cecilia: httpx.AsyncClient) -> None:
    id = await booked(cecilia)
    refused = await cecilia.post(f"/api/cases/callback/{id}/handled")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/cannot-be-handled")


async def test_the_shape_of_a_message_is_quiet_first_and_loud_then(cecilia: httpx.AsyncClient, left: str) -> None:
    shape = (await cecilia.get(f"/api/voicemails/{left}/peaks", params={"count": 20})).json()
    assert len(shape["peaks"]) == 20
    assert max(shape["peaks"][:9]) < 0.01 < 0.4 < min(shape["peaks"][11:])


async def test_earlier_contacts_of_the_number_are_all_there(
    house: RunningHouse, cecilia: httpx.AsyncClient, left: str
) -> None:
    house.pass_by(60)
    leg, _ = await house.talking(KARIN)
    house.hang_up(leg)
    await house.over()
    house.pass_by(60)
    id = await booked(cecilia)
    await cecilia.post(f"/api/cases/callback/{id}/notes", json={"text": NOTE})
    earlier = (await cecilia.get(f"/api/cases/callback/{id}/earlier")).json()["items"]
    assert [(each["kind"], each["outcome"]) for each in earlier] == [
        ("callback", "booked"),
        ("call", "answered"),
        ("voicemail", "new"),
    ]
    assert (earlier[0]["last_note"], earlier[1]["person"]) == (NOTE, "cecilia")


async def test_a_call_is_noted_while_it_goes_on_and_found_afterwards(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    leg, _ = await house.talking(KARIN)
    call = house.exchange.core.state.legs[leg].call
    assert (await cecilia.post(f"/api/cases/call/{call}/notes", json={"text": NOTE})).status_code == 201
    assert (await items(cecilia))[f"call:{call}"]["notes"] == 1
    house.hang_up(leg)
    await house.over()
    last = (await cecilia.get("/api/desk/last")).json()["case"]
    assert last == {"kind": "call", "id": call}
    opened = (await cecilia.get(f"/api/cases/call/{call}")).json()
    assert [note["text"] for note in opened["notes"]] == [NOTE]
    assert {"called", "queued", "answered", "noted", "call_ended"} <= {act["act"] for act in opened["history"]}


async def test_a_member_answers_one_certain_caller(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    await house.waiting(LARS)
    await house.until(lambda: house.ringing("cecilia") is not None)
    declined = house.ringing("cecilia")
    assert declined is not None
    house.hang_up(declined)
    await house.until(lambda: house.ringing("cecilia") is None)
    leg = await house.waiting(KARIN)
    call = house.exchange.core.state.legs[leg].call
    taken = await cecilia.post(f"/api/cases/call/{call}/take")
    assert taken.status_code == 200, taken.text
    await house.until(lambda: house.ringing("cecilia") is not None)
    own = house.ringing("cecilia")
    assert own is not None
    house.engine.answer(own)
    await house.until(lambda: house.engine.talking(leg, own))
    assert (await items(cecilia))[f"call:{call}"]["person"] == "cecilia"


async def test_who_is_no_member_takes_no_caller(house: RunningHouse, as_person: SignedIn) -> None:
    leg = await house.waiting(KARIN)
    call = house.exchange.core.state.legs[leg].call
    refused = await (await as_person("david")).post(f"/api/cases/call/{call}/take")
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/not-a-member")


async def test_looks_at_a_case_are_noted_once(cecilia: httpx.AsyncClient, token: str) -> None:
    id = await booked(cecilia)
    for _ in range(3):
        await cecilia.get(f"/api/cases/callback/{id}")
    lines = (await cecilia.get("/api/audit", headers={"Authorization": f"Bearer {token}"})).json()["items"]
    opened = [line for line in lines if line["action"] == "case-opened"]
    assert [(line["who"], line["subject"]) for line in opened] == [("cecilia", f"callback:{id}")]
    [about] = [line["about"] for line in opened]
    assert (about["kind"], about["number"] is not None, about["at"] is not None) == ("callback", True, True)
    assert opened[0]["who_name"].startswith("Cecilia ")


@pytest.mark.feature("DESK-03")
async def test_what_is_not_mine_is_hidden_and_counted(cecilia: httpx.AsyncClient, left: str) -> None:
    id = await booked(cecilia)
    page = (await cecilia.get("/api/desk")).json()
    assert ([item["id"] for item in page["items"]], page["hidden"]) == ([id], 1)
    await cecilia.put("/api/desk/view", json={"hidden_units": ["radgivningen"]})
    page = (await cecilia.get("/api/desk")).json()
    assert ([item["id"] for item in page["items"]], page["hidden"]) == ([left], 1)
    assert (await cecilia.get("/api/desk/view")).json()["hidden_units"] == ["radgivningen"]


async def test_another_organisation_sees_and_changes_nothing(
    cecilia: httpx.AsyncClient, neighbour: httpx.AsyncClient, left: str
) -> None:
    id = await booked(cecilia)
    for case in (f"callback/{id}", f"voicemail/{left}"):
        assert (await neighbour.get(f"/api/cases/{case}")).status_code == 404
        assert (await neighbour.get(f"/api/cases/{case}/earlier")).status_code == 404
        assert (await neighbour.post(f"/api/cases/{case}/notes", json={"text": "x"})).status_code == 404
        assert (await neighbour.put(f"/api/cases/{case}/priority", json={"priority": "low"})).status_code == 404
    assert (await neighbour.get(f"/api/voicemails/{left}/peaks")).status_code == 404


async def test_it_is_all_there_after_the_house_begins_anew(
    house: RunningHouse, cecilia: httpx.AsyncClient, left: str, database: Database
) -> None:
    id = await booked(cecilia)
    await cecilia.post(f"/api/cases/callback/{id}/notes", json={"text": NOTE})
    await cecilia.post(f"/api/cases/callback/{id}/take")
    await cecilia.put(f"/api/cases/voicemail/{left}/priority", json={"priority": "very_high"})
    before = await items(cecilia)
    await house.stop()
    await house.start()
    assert await items(cecilia) == before


async def test_what_a_colleague_does_is_told_at_once(
    cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, token: str, address: str, left: str
) -> None:
    id = await booked(cecilia)
    async with websockets.connect(
        f"ws://{address}/api/live?topics=desk", additional_headers={"Authorization": f"Bearer {token}"}
    ) as socket:
        snapshot = json.loads(await socket.recv())
        assert {item["key"] for item in snapshot["desk"]} == {f"callback:{id}", f"voicemail:{left}"}
        seen: list[dict[str, object]] = []

        async def told(key: str) -> dict[str, object] | None:
            while True:
                message = json.loads(await socket.recv())
                for change in message.get("changes", ()):
                    if change["key"] == key:
                        seen.append(change)
                        return change["value"]  # type: ignore[no-any-return]

        async with asyncio.timeout(5):
            await birgitta.post(f"/api/cases/callback/{id}/take")
            assert (await told(f"callback:{id}") or {})["taken_by"] == "birgitta"
            await cecilia.post(f"/api/cases/callback/{id}/notes", json={"text": NOTE})
            assert (await told(f"callback:{id}") or {})["notes"] == 1
            await birgitta.post(f"/api/cases/voicemail/{left}/handled")
            assert await told(f"voicemail:{left}") is None
            await birgitta.delete(f"/api/cases/voicemail/{left}/handled")
            assert (await told(f"voicemail:{left}") or {})["state"] == "new"


async def test_what_one_may_not_take_care_of_is_not_listed(
    wired: Organisations, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, left: str
) -> None:
    id = await booked(cecilia, LARS)
    assert (await items(cecilia)).keys() == {f"callback:{id}", f"voicemail:{left}"}
    await may_only(wired, "cecilia", Right.SEE_LIVE, Right.HANDLE_CALLBACKS)
    assert (await items(cecilia)).keys() == {f"callback:{id}"}
    shown = (await cecilia.get("/api/live/snapshot")).json()
    assert [item["key"] for item in shown["desk"]] == [f"callback:{id}"]
    assert (await birgitta.get("/api/live/snapshot")).json()["desk"] != shown["desk"]
    await may_only(wired, "cecilia", Right.SEE_LIVE)
    seen = (await cecilia.get("/api/live/snapshot")).text
    assert await items(cecilia) == {}
    assert "callbacks" not in seen
    assert LARS not in seen
    assert KARIN not in seen


async def test_a_change_is_told_only_to_who_may_take_care_of_it(
    wired: Organisations, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, address: str, left: str
) -> None:
    await may_only(wired, "cecilia", Right.SEE_LIVE, Right.HANDLE_CALLBACKS)
    cookie = f"svarhus_session={cecilia.cookies['svarhus_session']}"
    async with (
        asyncio.timeout(5),
        websockets.connect(f"ws://{address}/api/live?topics=desk", additional_headers={"Cookie": cookie}) as socket,
    ):
        assert json.loads(await socket.recv())["desk"] == []
        await birgitta.post(f"/api/cases/voicemail/{left}/take")
        id = await booked(birgitta)
        while not (changes := json.loads(await socket.recv()).get("changes")):
            pass
        assert [change["key"] for change in changes] == [f"callback:{id}"]
        await may_only(wired, "cecilia", Right.SEE_LIVE)
        while (message := json.loads(await socket.recv()))["type"] != "snapshot" or message["desk"]:
            pass


async def _done(reader: httpx.AsyncClient, since: datetime, **wanted: str) -> list[dict[str, object]]:
    answer = await reader.get("/api/desk/done", params={"since": since.isoformat(), **wanted})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["items"]
    return found


async def test_what_was_done_is_listed_by_who_did_it_and_since_when(
    house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, left: str
) -> None:
    begun = house.time.now()
    id = await booked(cecilia, LARS)
    assert await _done(cecilia, begun) == []
    await birgitta.post(f"/api/cases/voicemail/{left}/notes", json={"text": NOTE})
    await birgitta.post(f"/api/cases/voicemail/{left}/handled")
    house.time.advance(60)
    await cecilia.delete(f"/api/callbacks/{id}")
    cancelled, handled = await _done(cecilia, begun)
    assert (cancelled["kind"], cancelled["id"], cancelled["outcome"]) == ("callback", id, "cancelled")
    assert cancelled["who"] == "cecilia"
    assert (handled["id"], handled["who"], handled["number"]) == (left, "birgitta", KARIN)
    assert handled["notes"] == 1
    assert await _done(birgitta, begun, who="me") == [handled]
    assert await _done(cecilia, begun, who="me") == [cancelled]
    assert await _done(cecilia, begun, kind="voicemail") == [handled]
    assert await _done(cecilia, begun + timedelta(seconds=30)) == [cancelled]
    first = (await cecilia.get("/api/desk/done", params={"since": begun.isoformat(), "limit": 1})).json()
    rest = await _done(cecilia, begun, cursor=first["next"])
    assert [*first["items"], *rest] == [cancelled, handled]


async def test_a_callback_that_the_customer_cancels_is_nobodys_of_ours(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    begun = house.time.now()
    id = await booked(cecilia, LARS)
    leg = house.engine.call_in(DEMO, RECEPTION, LARS, trunk="demo-carrier")
    await house.until(lambda: house.greeted(leg))
    house.pass_by(2.5)
    await house.until(lambda: house.in_element(leg, "menu"))
    house.engine.press(leg, "2")
    await house.until(lambda: house.in_element(leg, "callback"))
    await house.until(lambda: house.asks(leg, "callback.already"))
    house.pass_by(1)
    house.engine.press(leg, "2")
    await house.until(lambda: house.asks(leg, "callback.cancel"))
    house.pass_by(1)
    house.engine.press(leg, "1")
    await house.until(lambda: not house.exchange.core.state.bookings)
    await house.until(lambda: house.exchange.committed)
    (cancelled,) = await _done(cecilia, begun)
    assert (cancelled["id"], cancelled["who"], cancelled["by_customer"]) == (id, None, True)
    history = (await cecilia.get(f"/api/cases/callback/{id}")).json()["history"]
    assert [(act["act"], act["who"]) for act in history][-1] == ("cancelled", None)


async def test_of_what_was_done_one_sees_what_one_may_take_care_of(
    wired: Organisations, house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, left: str
) -> None:
    begun = house.time.now()
    await birgitta.post(f"/api/cases/voicemail/{left}/handled")
    assert len(await _done(cecilia, begun)) == 1
    await may_only(wired, "cecilia", Right.SEE_LIVE, Right.HANDLE_CALLBACKS)
    assert await _done(cecilia, begun) == []
    await may_only(wired, "cecilia", Right.SEE_LIVE)
    assert (await cecilia.get("/api/desk/done", params={"since": begun.isoformat()})).status_code == 403
    assert (await birgitta.get("/api/desk/done", params={"since": "0001-01-01T00:00:00+14:00"})).status_code == 422
