"""The queue log, a person's own calls, and who spoke with a caller last."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from integration.api.contacts.test_calls import one_call
from integration.running import KARIN, LARS, RunningHouse
from svarhus.domains.calls.reasons import LegCause
from svarhus.kit.database import Database


async def missed(house: RunningHouse, caller: str = KARIN) -> str:
    """A caller waits, and hangs up unanswered. The call's id."""
    leg = await house.waiting(caller)
    call = house.exchange.core.state.legs[leg].call
    house.pass_by(5)
    house.hang_up(leg)
    await house.over()
    return call


async def log(client: httpx.AsyncClient, **wanted: object) -> list[dict[str, Any]]:
    answer = await client.get("/api/queue-log", params={name: str(value) for name, value in wanted.items()})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_a_caller_whom_nobody_answered_is_to_be_called_back(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    await cecilia.post("/api/contacts", json={"name": "Karin Ask", "numbers": [{"number": KARIN}]})
    first, second = await missed(house), await missed(house)
    [line] = await log(cecilia)
    assert (line["call"], line["queue"], line["caller"], line["earlier"]) == (second, "advice", KARIN, 1)
    assert (line["known_as"], line["resolved"], first != second) == ("Karin Ask", None, True)
    assert await log(cecilia, queue="reception") == []


async def test_the_queue_log_is_read_by_pages(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    calls = [await missed(house, f"+4670174061{index}") for index in range(3)]
    first = (await cecilia.get("/api/queue-log", params={"limit": 2})).json()
    rest = (await cecilia.get("/api/queue-log", params={"limit": 2, "cursor": first["next"]})).json()
    assert [line["call"] for line in first["items"] + rest["items"]] == calls[::-1]
    assert rest["next"] is None


async def test_one_is_marked_as_handled_and_taken_up_again(
    house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient
) -> None:
    call = await missed(house)
    assert (await cecilia.put(f"/api/queue-log/{call}/handled")).status_code == 204
    assert (await birgitta.put(f"/api/queue-log/{call}/handled")).status_code == 204
    assert await log(cecilia) == []
    [line] = await log(cecilia, all=True)
    assert (line["resolved"]["how"], line["resolved"]["by"]) == ("handled", "cecilia")
    assert (await birgitta.delete(f"/api/queue-log/{call}/handled")).status_code == 204
    assert [line["call"] for line in await log(cecilia)] == [call]
    assert (await birgitta.delete(f"/api/queue-log/{call}/handled")).status_code == 404


async def test_who_called_again_and_was_answered_need_not_be_called(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    call = await missed(house)
    later = await one_call(house)
    await missed(house, LARS)
    assert [line["caller"] for line in await log(cecilia)] == [LARS]
    told = {line["call"]: line["resolved"] for line in await log(cecilia, all=True)}
    assert (told[call]["how"], told[call]["by"], told[call]["call"]) == ("called_again", "cecilia", later)


async def test_who_was_promised_a_callback_need_not_be_called(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    call = await missed(house)
    booked = await cecilia.post("/api/callbacks", json={"queue": "advice", "number": KARIN})
    assert booked.status_code == 201
    assert await log(cecilia) == []
    [line] = await log(cecilia, all=True)
    assert (line["call"], line["resolved"]["how"]) == (call, "booked")


async def test_who_was_missed_again_after_an_answer_is_to_be_called(
    house: RunningHouse, cecilia: httpx.AsyncClient
) -> None:
    first = await missed(house)
    await one_call(house)
    second = await missed(house)
    [line] = await log(cecilia)
    assert (line["call"], line["earlier"]) == (second, 0)
    assert {line["call"] for line in await log(cecilia, all=True)} == {first, second}


async def test_another_organisation_sees_nothing_of_the_queue_log(
    house: RunningHouse, neighbour: httpx.AsyncClient
) -> None:
    call = await missed(house)
    assert await log(neighbour, all=True) == []
    answer = await neighbour.put(f"/api/queue-log/{call}/handled")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-unanswered")


async def test_everybody_finds_their_own_calls(
    house: RunningHouse, cecilia: httpx.AsyncClient, birgitta: httpx.AsyncClient, as_person: Any
) -> None:
    call = await one_call(house)
    [line] = (await cecilia.get("/api/calls", params={"mine": True})).json()["items"]
    mine = {"called": False, "spoke": True, "talk": 30.0, "elsewhere": False}
    assert (line["call"], line["mine"], line["other_party"]) == (call, mine, KARIN)
    assert (await cecilia.get("/api/calls", params={"mine": True, "unanswered": True})).json()["items"] == []
    assert (await cecilia.get(f"/api/calls/{call}")).json()["talk"] == 30
    assert (await birgitta.get("/api/calls", params={"mine": True})).json()["items"] == []
    david = await as_person("david")
    assert (await david.get(f"/api/calls/{call}")).status_code == 403


async def test_a_person_finds_the_calls_that_they_missed(house: RunningHouse, cecilia: httpx.AsyncClient) -> None:
    call = await missed(house)
    [line] = (await cecilia.get("/api/calls", params={"mine": True, "unanswered": True})).json()["items"]
    assert (line["call"], line["mine"]["spoke"]) == (call, False)


@pytest.mark.feature("Q-06")
async def test_who_was_rung_for_a_caller_whom_a_colleague_took_has_missed_nothing(
    house: RunningHouse, cecilia: httpx.AsyncClient, database: Database
) -> None:
    call = await missed(house)
    async with database.begin() as session:
        await session.execute(
            text("""update calls set record = replace(record::text, '"we_hung_up"', :cause)::jsonb"""),
            {"cause": f'"{LegCause.ANSWERED_ELSEWHERE.value}"'},
        )
    [line] = (await cecilia.get("/api/calls", params={"mine": True})).json()["items"]
    assert (line["call"], line["mine"]["spoke"], line["mine"]["elsewhere"]) == (call, False, True)
    assert (await cecilia.get("/api/calls", params={"mine": True, "unanswered": True})).json()["items"] == []


async def test_a_call_is_found_by_a_part_of_a_name_or_number(house: RunningHouse, birgitta: httpx.AsyncClient) -> None:
    await birgitta.post("/api/contacts", json={"name": "Karin Ask", "numbers": [{"number": KARIN}]})
    call = await one_call(house)
    for typed in ("karin", "ASK", "070-174", "+46 70", "cecilia lund", "rådgiv"):
        found = (await birgitta.get("/api/calls", params={"text": typed})).json()["items"]
        assert [line["call"] for line in found] == [call], typed
        assert found[0]["known_as"] == "Karin Ask"
    for typed in ("zzz", "0999"):
        assert (await birgitta.get("/api/calls", params={"text": typed})).json()["items"] == []


async def test_who_spoke_with_a_caller_last_is_told(house: RunningHouse, birgitta: httpx.AsyncClient) -> None:
    call = await one_call(house)
    await missed(house)
    found = (await birgitta.get("/api/directory/by-number", params={"number": KARIN})).json()
    assert (found["last_spoken"]["call"], found["last_spoken"]["person"]) == (call, "cecilia")
