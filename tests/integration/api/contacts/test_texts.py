"""Texts that customers send: handed over by a provider, read by the organisation, and answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import msgspec
import pytest
import pytest_asyncio
from fastapi import FastAPI
from sqlalchemy import text

from integration.api.conftest import client
from integration.api.contacts.conftest import SignedIn
from integration.running import KARIN, LARS, RunningHouse
from svarhus.app.organisations import DEMO, Organisations
from svarhus.app.text_reading import TextReading
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.people.rights import operator
from svarhus.domains.queues.model import Queue
from svarhus.domains.telling.answers import MOST_ANSWERS, AnswerText, answer_jobs
from svarhus.domains.telling.incoming import MOST_OF_ONE
from svarhus.kit.clock import Clock
from svarhus.kit.database import Database
from svarhus.kit.ids import QueueKey
from svarhus.kit.jobs.model import Attempt

PROVIDER = {"settings": {"kind": "http", "user": "u1", "sender": "Clinic"}, "password": "p"}
ADVICE = QueueKey("advice")


class Provider:
    """Hands over texts without signing in, and may be asked what came of them."""

    def __init__(self, web: httpx.AsyncClient, address: str, database: Database) -> None:
        self._web = web
        self._path = httpx.URL(address).path
        self._database = database

    async def tells(self, words: str, id: str = "s1", sender: str = KARIN, path: str = "") -> int:
        form = {"id": id, "from": sender, "to": "+46766861004", "message": words, "direction": "incoming"}
        return (await self._web.post(path or self._path, data=form)).status_code

    async def outcomes(self) -> list[str | None]:
        """Of all that was kept, in the order in which it came."""
        async with self._database.begin() as session:
            query = text("select outcome from texts_received order by provider_id")
            return list((await session.execute(query)).scalars())


@pytest_asyncio.fixture
async def provider(
    wired: Organisations, house: RunningHouse, as_person: SignedIn, application: FastAPI, database: Database
) -> AsyncIterator[Provider]:
    """Of the demonstration, whose advice line books for who sends BOKA."""

    def changed(before: Configuration) -> Configuration:
        return before.model_copy(update={"queues": tuple(map(by_word, before.queues))})

    await wired.service.change(operator(DEMO), changed, "texts", None)
    house.exchange.configuration_changed()
    await house.until(lambda: words_of(house.exchange.core.rules.queues[ADVICE]) == ["BOKA"])
    astrid = await as_person("astrid")
    assert (await astrid.put("/api/outbox/providers/text", json=PROVIDER)).status_code == 204
    made = await astrid.post("/api/outbox/providers/text/incoming")
    assert (await astrid.get("/api/outbox/providers/text/incoming")).json() == made.json()
    async with client(application) as web:
        yield Provider(web, made.json()["address"], database)


def by_word(queue: Queue) -> Queue:
    document = queue.model_dump(mode="json", by_alias=True)
    if queue.key == ADVICE:
        document["callbacks"]["by_text"] = [{"word": "BOKA"}]
    return Queue.model_validate(document)


def words_of(queue: Queue) -> list[str]:
    return [each.word for each in queue.callbacks.by_text] if queue.callbacks else []


@asynccontextmanager
async def read(database: Database, house: RunningHouse, provider: Provider) -> AsyncIterator[None]:
    """All that has come in by then is read."""
    running = asyncio.create_task(TextReading(database, house, again=0.02).run())
    try:
        yield
        async with asyncio.timeout(30):
            while None in await provider.outcomes():  # noqa: ASYNC110  # the database tells nobody
                await asyncio.sleep(0.02)
    finally:
        running.cancel()
        await asyncio.wait([running])


async def answered(database: Database, wired: Organisations, clock: Clock) -> list[str]:
    """What was written to customers, by a worker that dies after each job and does it again."""
    work = answer_jobs(database, clock, wired.repository, wired.outbox).works[0]
    async with database.begin() as session:
        query = text("select id, payload from pgqueuer where entrypoint = 'telling.answer-text' order by id")
        jobs = (await session.execute(query)).all()
    for job in jobs:
        for failures in (0, 1):
            payload = msgspec.json.decode(job.payload, type=AnswerText)
            await work.do(payload, Attempt(job.id, failures, last=False))
    async with database.begin() as session:
        return list((await session.execute(text("select text from outbox"))).scalars())


@pytest.mark.feature("MSG-01")
async def test_a_text_books_and_is_answered_with_the_time(
    provider: Provider, house: RunningHouse, wired: Organisations, database: Database, cecilia: httpx.AsyncClient
) -> None:
    async with read(database, house, provider):
        assert await provider.tells("Boka") == 204
        assert await provider.tells("Boka") == 204, "a provider may tell a thing twice"
    assert await provider.outcomes() == ["booked"]
    (booking,) = (await cecilia.get("/api/callbacks")).json()["items"]
    assert (booking["number"], booking["queue"], booking["kind"]) == (KARIN, ADVICE, "timed")
    (said,) = await answered(database, wired, house.time)
    assert said.startswith("Vi ringer dig måndag 2 november kl. ")


@pytest.mark.feature("MSG-01")
async def test_what_came_while_nothing_ran_is_read_afterwards(
    provider: Provider, house: RunningHouse, database: Database
) -> None:
    await house.stop()
    await provider.tells("Boka", "s1")
    house.time.advance(1)
    await provider.tells("Avboka", "s2")
    async with read(database, house, provider):
        await asyncio.sleep(0.05)
        assert await provider.outcomes() == [None, None]
        await house.start()
    assert await provider.outcomes() == ["booked", "cancelled"]
    assert list(house.exchange.core.state.bookings) == []


async def test_who_does_not_know_the_address_hands_over_nothing(provider: Provider) -> None:
    for path in ("/api/texts/incoming/demo/guess", "/api/texts/incoming/nobody/guess", "/api/texts/incoming/clinic/x"):
        assert await provider.tells("Boka", path=path) == 404
    assert await provider.outcomes() == []


async def test_another_address_ends_the_one_before(provider: Provider, as_person: SignedIn) -> None:
    astrid = await as_person("astrid")
    await astrid.post("/api/outbox/providers/text/incoming")
    assert await provider.tells("Boka") == 404


async def test_what_is_no_text_is_refused_clearly(provider: Provider) -> None:
    assert await provider.tells("Boka", id="") == 422
    assert await provider.tells("Boka", sender="") == 422
    assert await provider.tells("x" * 4001) == 422
    assert await provider.outcomes() == []


async def test_a_flood_is_kept_and_not_read(provider: Provider) -> None:
    for number in range(MOST_OF_ONE + 1):
        await provider.tells("Boka", f"s{number:02}")
    await provider.tells("Boka", "s99", LARS)
    assert await provider.outcomes() == [*[None] * MOST_OF_ONE, "too_many", None]


async def test_a_name_is_nobody_who_could_be_called(provider: Provider) -> None:
    await provider.tells("Boka", sender="Bank")
    assert await provider.outcomes() == ["other"]


async def test_two_machines_do_not_talk_for_ever(
    provider: Provider, house: RunningHouse, wired: Organisations, database: Database
) -> None:
    for number in range(MOST_ANSWERS + 2):
        async with read(database, house, provider):
            await provider.tells("Avboka", f"s{number}")
        house.time.advance(1)
    assert await provider.outcomes() == ["nothing"] * (MOST_ANSWERS + 2)
    assert len(await answered(database, wired, house.time)) == MOST_ANSWERS


# ------------------------------------------------------------------ on the case


async def booked(who: httpx.AsyncClient, number: str = KARIN, **more: str) -> str:
    made = await who.post("/api/callbacks", json={"queue": ADVICE, "number": number, **more})
    assert made.status_code == 201, made.text
    return f"/api/cases/callback/{made.json()['id']}/texts"


@pytest.mark.feature("MSG-03")
async def test_what_went_to_and_fro_stands_on_the_case(
    provider: Provider, house: RunningHouse, cecilia: httpx.AsyncClient, database: Database
) -> None:
    texts = await booked(cecilia)
    async with read(database, house, provider):
        await provider.tells("Tack! Jag har ont i halsen.")
    house.time.advance(1)
    preview = (await cecilia.post(f"{texts}/preview", json={"template": "reminder"})).json()
    assert preview["text"].startswith("Påminnelse: vi ringer dig ") and preview["parts"] == 1
    new = {"template": "reminder", "text": preview["text"], "id": "ab" * 16}
    for _ in range(2):
        assert (await cecilia.post(texts, json=new)).status_code == 201
    found = (await cecilia.get(texts)).json()
    assert (found["takes_texts"], found["templates"]) == (True, ["confirmation", "reminder", "receipt"])
    sent, came = found["messages"]
    assert (sent["incoming"], sent["status"], sent["purpose"], sent["made_by"]) == (
        False,
        "waiting",
        "reminder",
        "cecilia",
    )
    assert (came["incoming"], came["text"], came["outcome"]) == (True, "Tack! Jag har ont i halsen.", "other")


async def test_only_what_is_so_can_be_sent(cecilia: httpx.AsyncClient) -> None:
    texts = await booked(cecilia)
    await cecilia.delete(texts.replace("cases/callback", "callbacks").removesuffix("/texts"))
    assert (await cecilia.get(texts)).json()["templates"] == ["receipt"]
    refused = await cecilia.post(texts, json={"template": "reminder", "text": "Hej"})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-to-tell")
    assert (await cecilia.post(f"{texts}/preview", json={"template": "late"})).status_code == 409
    assert (await cecilia.post(texts, json={"template": "receipt", "text": ""})).status_code == 422


async def test_to_a_landline_nothing_is_sent(cecilia: httpx.AsyncClient) -> None:
    texts = await booked(cecilia, "+46846500499")
    assert (await cecilia.get(texts)).json() == {"takes_texts": False, "templates": [], "messages": []}
    refused = await cecilia.post(texts, json={"template": "receipt", "text": "Hej"})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/no-texts")


async def test_others_read_nothing_of_it(cecilia: httpx.AsyncClient, neighbour: httpx.AsyncClient) -> None:
    texts = await booked(cecilia)
    assert (await neighbour.get(texts)).status_code == 404
    assert (await neighbour.post(texts, json={"template": "receipt", "text": "Hej"})).status_code == 404


async def test_an_address_may_be_given_with_a_booking(cecilia: httpx.AsyncClient) -> None:
    texts = await booked(cecilia, email="kund@example.org")
    shown = await cecilia.get(texts.replace("cases/callback", "callbacks").removesuffix("/texts"))
    assert shown.json()["email"] == "kund@example.org"
    body = {"queue": ADVICE, "number": LARS, "email": "no address"}
    assert (await cecilia.post("/api/callbacks", json=body)).status_code == 422
