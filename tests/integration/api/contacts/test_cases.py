"""A case over the API: what is written goes on with it, whatever the channel, and what is deleted is gone."""

import httpx
import pytest
from sqlalchemy import text

from integration.api.contacts.conftest import may_only
from integration.api.contacts.test_desk import NOTE, items, left
from integration.running import KARIN, RECEPTION, RunningHouse
from svarhus.adapters.simulated.time import VirtualTime
from svarhus.app.desk import cases
from svarhus.app.organisations import DEMO, Organisations
from svarhus.domains.cases.errors import CannotHandle
from svarhus.domains.cases.model import CaseRef, ChannelName
from svarhus.domains.cases.state import Episode, own_case
from svarhus.domains.channels.kept import KeptChannel
from svarhus.domains.channels.registry import CHANNELS, Channels
from svarhus.domains.people.rights import Actor, Right, Role
from svarhus.kit.clock import instant
from svarhus.kit.database import Database
from svarhus.kit.ids import PersonKey, QueueKey

__all__ = ["left"]  # a fixture


async def noted(who: httpx.AsyncClient, case: str, said: str = NOTE) -> None:
    answer = await who.post(f"/api/cases/{case}/notes", json={"text": said})
    assert answer.status_code == 201, answer.text


async def notes(who: httpx.AsyncClient, case: str) -> list[str]:
    return [note["text"] for note in (await who.get(f"/api/cases/{case}")).json()["notes"]]


@pytest.mark.feature("DESK-05")
async def test_a_note_on_a_call_is_seen_on_the_callback_that_is_promised_in_it(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    leg = house.engine.call_in(DEMO, RECEPTION, KARIN, trunk="demo-carrier")
    await house.until(lambda: house.greeted(leg))
    call = house.exchange.core.state.legs[leg].call
    await noted(cecilia, f"call/{call}")
    house.pass_by(2.5)
    await house.until(lambda: house.in_element(leg, "menu"))
    house.engine.press(leg, "2")
    await house.until(lambda: house.asks(leg, "callback.offer_days"))
    house.pass_by(1)
    house.engine.press(leg, "1")
    await house.until(lambda: bool(house.exchange.core.state.bookings))
    [booking] = house.exchange.core.state.bookings
    house.hang_up(leg)
    await house.over()
    assert (await items(cecilia))[f"callback:{booking}"]["notes"] == 1
    await noted(cecilia, f"callback/{booking}", "Ring före tolv.")
    for case in (f"callback/{booking}", f"call/{call}"):
        assert await notes(cecilia, case) == [NOTE, "Ring före tolv."]
        history = (await cecilia.get(f"/api/cases/{case}")).json()["history"]
        assert [act["act"] for act in history].count("noted") == 2
    [earlier] = (await cecilia.get(f"/api/cases/callback/{booking}/earlier")).json()["items"]
    assert (earlier["id"], earlier["notes"], earlier["last_note"]) == (booking, 2, "Ring före tolv.")


async def test_a_message_for_which_a_callback_is_booked_goes_on_there(
    house: RunningHouse, cecilia: httpx.AsyncClient, left: str
) -> None:
    await noted(cecilia, f"voicemail/{left}")
    wanted = {"queue": "advice", "number": KARIN, "of": {"kind": "voicemail", "id": left}}
    id = (await cecilia.post("/api/callbacks", json=wanted)).json()["id"]
    await cecilia.post(f"/api/cases/voicemail/{left}/handled")
    assert await notes(cecilia, f"callback/{id}") == [NOTE]
    assert {key: item["notes"] for key, item in (await items(cecilia)).items()} == {f"callback:{id}": 1}
    await house.stop()
    await house.start()
    assert (await items(cecilia))[f"callback:{id}"]["notes"] == 1


async def test_the_case_that_goes_on_must_be_there(cecilia: httpx.AsyncClient) -> None:
    wanted = {"queue": "advice", "number": KARIN, "of": {"kind": "voicemail", "id": "nothing"}}
    assert (await cecilia.post("/api/callbacks", json=wanted)).status_code == 404
    assert await items(cecilia) == {}


async def test_a_call_may_be_noted_and_tagged_after_it_is_over(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    leg, _ = await house.talking(KARIN)
    call = house.exchange.core.state.legs[leg].call
    house.hang_up(leg)
    await house.over()
    possible = (await cecilia.get(f"/api/cases/call/{call}")).json()["possible_tags"][-1]["key"]
    await noted(cecilia, f"call/{call}")
    tagged = (await cecilia.post(f"/api/cases/call/{call}/tags", json={"tag": possible})).json()
    assert ([each["tag"] for each in tagged["tags"]], tagged["revision"], tagged["open"]) == ([possible], 2, False)
    [earlier] = (await cecilia.get(f"/api/cases/call/{call}/earlier")).json()["items"]
    assert (earlier["last_note"], earlier["tags"]) == (NOTE, [possible])
    gone = (await cecilia.delete(f"/api/cases/call/{call}/tags/{possible}")).json()
    assert (gone["tags"], gone["revision"]) == ([], 3)


async def test_what_was_written_about_a_deleted_message_is_nowhere_any_more(
    cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, left: str, database: Database
) -> None:
    await noted(cecilia, f"voicemail/{left}")
    [note] = (await cecilia.get(f"/api/cases/voicemail/{left}")).json()["notes"]
    await cecilia.put(f"/api/cases/voicemail/{left}/notes/{note['id']}", json={"text": "Annat."})
    assert (await birgitta.delete(f"/api/voicemails/{left}")).status_code == 204
    assert await items(cecilia) == {}
    async with database.begin() as session:
        for query in (
            "select id from case_notes",
            "select note_id from case_note_versions",
            "select tag from case_tags",
            "select act from case_acts",
            "select id from case_episodes where channel = 'voicemail'",
            "select body from journal where body->>'text' <> ''",
        ):
            assert (await session.execute(text(query))).all() == [], query
        told = (await session.execute(text("select body->>'text' from journal where body ? 'note'"))).all()
        assert [tuple(row) for row in told] == [("",), ("",)]


async def test_a_case_is_closed_when_nothing_of_it_is_open(
    cecilia: httpx.AsyncClient, database: Database, left: str
) -> None:
    wanted = {"queue": "advice", "number": KARIN, "of": {"kind": "voicemail", "id": left}}
    id = (await cecilia.post("/api/callbacks", json=wanted)).json()["id"]

    async def closed() -> list[bool]:
        async with database.begin() as session:
            found = await session.execute(text("select closed_at is not null from cases"))
            return [bool(row[0]) for row in found]

    assert await closed() == [False]
    await cecilia.post(f"/api/cases/voicemail/{left}/handled")
    assert await closed() == [False]
    await cecilia.delete(f"/api/callbacks/{id}")
    assert await closed() == [True]
    await cecilia.delete(f"/api/cases/voicemail/{left}/handled")
    assert await closed() == [False]


async def test_of_a_case_one_sees_what_one_may_take_care_of(
    wired: Organisations, house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    leg, _ = await house.talking(KARIN)
    call = house.exchange.core.state.legs[leg].call
    await noted(birgitta, f"call/{call}")
    wanted = {"queue": "advice", "number": KARIN, "of": {"kind": "call", "id": call}}
    id = (await birgitta.post("/api/callbacks", json=wanted)).json()["id"]
    house.time.advance(1)
    await noted(birgitta, f"callback/{id}", "Ring före tolv.")
    whole = (await cecilia.get(f"/api/cases/call/{call}")).json()
    assert [note["kind"] for note in whole["notes"]] == ["call", "callback"]
    assert [(each["kind"], each["id"], each["open"]) for each in whole["episodes"]] == [
        ("call", call, True),
        ("callback", id, True),
    ]
    assert whole["case"] == (await birgitta.get(f"/api/cases/callback/{id}")).json()["case"]
    await may_only(wired, "cecilia", Right.SEE_LIVE)
    less = (await cecilia.get(f"/api/cases/call/{call}")).json()
    assert ([note["text"] for note in less["notes"]], len(less["episodes"])) == ([NOTE], 1)
    assert [act["act"] for act in less["history"]].count("noted") == 1


class Letters(KeptChannel):
    """A channel that is nowhere but here."""

    name = ChannelName("letter")
    right = Right.LEAD_NOTICES


async def test_a_channel_of_its_own_needs_nothing_else(
    house: RunningHouse, wired: Organisations, database: Database, time: VirtualTime
) -> None:
    service = cases(database, time, wired, house, Channels((*CHANNELS, Letters())))
    birgitta = Actor(DEMO, Role.TEAM_LEADER, "birgitta", PersonKey("birgitta"))
    ref, began = CaseRef(Letters.name, "l1"), time.now()
    letter = Episode(ref, own_case(ref), began, queue=QueueKey("advice"), number=KARIN, name="Karin")
    await service.begin(birgitta, letter)
    await service.note(birgitta, ref, NOTE)
    taken = await service.take(birgitta, ref)
    assert (taken.subject.name, taken.marks.taken_by, [each.text for each in taken.notes]) == (
        "Karin",
        "birgitta",
        [NOTE],
    )
    [earlier] = (await service.earlier(birgitta, ref, None, 10)).items
    assert (earlier.kind, earlier.outcome, earlier.last_note) == ("letter", "new", NOTE)
    handled = await service.handle(birgitta, ref)
    assert (handled.subject.open, [act.act for act in handled.history]) == (False, ["noted", "taken", "handled"])
    [done] = (await service.done(birgitta, instant(began), False, None, None, 10)).items
    assert (done.kind, done.who, done.outcome, done.notes) == ("letter", "birgitta", "handled", 1)
    assert (await service.reopen(birgitta, ref)).subject.open
    with pytest.raises(CannotHandle):
        await service.handle(birgitta, CaseRef(ChannelName("callback"), "b1"))
