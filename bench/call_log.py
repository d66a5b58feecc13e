"""How fast the call log and the queue log answer among a million calls.

Over the API as a browser asks it: opened, filtered in each way that the pages offer, searched while somebody types,
and paged to the end of a year.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from bench.load.contact_centre import KEY, contact_centre
from bench.load.installation import Installation
from bench.load.ports import free_ports
from sqlalchemy import text

from svarhus.app.engine_room import database_url
from svarhus.app.figures import Figure
from svarhus.app.organisations import organisations
from svarhus.app.settings import load_secrets
from svarhus.domains.calls.tables import calls
from svarhus.domains.people.rights import Role, operator
from svarhus.domains.queuelog import repository as queue_log
from svarhus.domains.queuelog.tables import unanswered
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database, analyze

CALLS, QUICK_CALLS = 1_000_000, 200_000
DAYS = 365
CALLERS = 60_000
PEOPLE, QUEUES = 200, 20
GOAL = 100.0
"""Milliseconds."""

_FIRST = ["Anna", "Lars", "Karin", "Erik", "Ingrid", "Nils", "Eva", "Per", "Ulla", "Sven", "Åsa", "Örjan"]
_LAST = ["Lund", "Berg", "Ek", "Holm", "Ström", "Dahl", "Öberg", "Nyström", "Lindqvist", "Sjögren", "Ask", "Åkesson"]

_CALLS = """
insert into calls (organisation_id, call_id, kind, began_at, answered_at, ended_at, caller, caller_name, dialled, queue,
    person, outcome, wait, talk, record)
select :organisation, 'call-' || place, kind, began, case when talk > 0 then began + interval '20 seconds' end,
    began + interval '20 seconds' + talk * interval '1 second',
    case when kind = 'incoming' then number else '+46846500499' end,
    case when kind = 'incoming' and place % 3 = 0 then name else '' end,
    case when kind = 'incoming' then '+46846500499' else number end, case when kind = 'incoming' then queue end,
    case when talk > 0 then person end, case when talk > 0 then 'answered' else 'abandoned' end, 20, talk,
    jsonb_build_object(
        'legs', jsonb_build_array(
            jsonb_build_object('leg', 'a', 'role', 'caller', 'party', number, 'person', null, 'began_at', began,
                'rang_at', null, 'answered_at', began, 'ended_at', began, 'cause', 'hung_up', 'detail', ''),
            jsonb_build_object('leg', 'b', 'role', 'member', 'party', '6001', 'person', person, 'began_at', began,
                'rang_at', began, 'answered_at', case when talk > 0 then began end, 'ended_at', began,
                'cause', 'hung_up', 'detail', '')),
        'parts', case when kind = 'incoming' then jsonb_build_array(jsonb_build_object('queue', queue))
            else cast('[]' as jsonb) end)
from (
    select place,
        now() - interval '1 day' * cast(:days as integer) * (cast(:calls as integer) - place) / cast(:calls as integer)
            as began,
        case when place % 10 = 0 then 'outgoing' else 'incoming' end as kind,
        '+4670' || lpad(cast((mod(cast(place as bigint) * 7919, cast(:callers as integer))) as text), 7, '1') as number,
        (cast(:first as text[]))[1 + place / 3 % 12] || ' ' || (cast(:last as text[]))[1 + place / 36 % 12] as name,
        'queue-' || (place % 97 % cast(:queues as integer)) as queue,
        'agent-' || (6001 + place % 89 * 3 % cast(:people as integer)) as person,
        case when place % 5 = 0 then 0 else 30 + place % 300 end as talk
    from generate_series(cast(:from as integer), cast(:to as integer)) as place
) as each
"""
AT_ONCE = 100_000


@dataclass(frozen=True)
class Question:
    figure: str
    path: str
    asked: tuple[dict[str, str], ...]


def run(quick: bool) -> list[Figure]:
    """The figures. With `quick` within 60 s, with fewer calls."""
    count = QUICK_CALLS if quick else CALLS
    http, sip = free_ports(2)
    with (
        tempfile.TemporaryDirectory(prefix="svarhus-bench-") as name,
        Installation(Path(name) / "ours", http, sip) as installation,
    ):
        installation.apply(_document())
        token = asyncio.run(
            _filled(database_url(installation.settings, load_secrets(installation.settings.data)), count)
        )
        with httpx.Client(
            base_url=f"http://127.0.0.1:{http}", headers={"Authorization": f"Bearer {token}"}, timeout=60
        ) as client:
            _ask(client, "/api/calls", {})
            figures = [_figure(client, question, count) for question in _questions(random.Random(1))]
            return [*figures, *_paged(client, count)]


def _figure(client: httpx.Client, question: Question, count: int) -> Figure:
    took = [_ask(client, question.path, {"limit": "50", **each})[0] for each in question.asked]
    return Figure(f"{question.figure}, {count:,} calls, slowest of {len(took)}", "ms", max(took), None, GOAL)


def _questions(chance: random.Random) -> Iterator[Question]:
    log, unanswered_calls = "/api/calls", "/api/queue-log"
    week = {"from": _days_ago(7)}
    year = {"from": _days_ago(DAYS)}
    people = [f"agent-{6001 + chance.randrange(PEOPLE)}" for _ in range(5)]
    queues = [f"queue-{chance.randrange(QUEUES)}" for _ in range(5)]
    numbers = [f"07{chance.randrange(CALLERS):08}" for _ in range(5)]
    yield Question("call log opened", log, ({}, week, year))
    yield Question("call log of a queue", log, tuple({"queue": queue, **year} for queue in queues))
    yield Question("call log of a person", log, tuple({"person": person, **year} for person in people))
    yield Question("call log, outcome that is rare", log, ({"outcome": "voicemail", **year}, {"outcome": "failed"}))
    yield Question("call log of an unknown queue or person", log, ({"queue": "none"}, {"person": "nobody"}))
    yield Question("call log, whole number", log, tuple({"number": number} for number in numbers))
    typed = [text[:end] for text in ("Karin Ask", "0701112", "agent 60", "zzzz") for end in range(1, len(text) + 1)]
    yield Question("call log searched while typing", log, tuple({"text": each, **year} for each in typed))
    yield Question("queue log opened", unanswered_calls, ({}, {"since": _days_ago(DAYS)}))
    yield Question("queue log, all of a year", unanswered_calls, ({"all": "true", "since": _days_ago(DAYS)},))
    yield Question(
        "queue log of a queue", unanswered_calls, tuple({"queue": queue, "since": _days_ago(DAYS)} for queue in queues)
    )
    yield Question("figures of today", "/api/boards/today", ({},))


def _paged(client: httpx.Client, count: int) -> list[Figure]:
    """Each page of the first hundred, and one in the middle of the year."""
    found = []
    for figure, path, asked in (
        ("call log", "/api/calls", {}),
        ("queue log", "/api/queue-log", {"all": "true", "since": _days_ago(DAYS)}),
    ):
        took, cursor = [], None
        for _ in range(100):
            spent, answer = _ask(client, path, {"limit": "200", **asked, **({"cursor": cursor} if cursor else {})})
            took.append(spent)
            cursor = answer["next"]
            if cursor is None:
                break
        found.append(
            Figure(f"{figure}, a page of 200, {count:,} calls, median", "ms", statistics.median(took), None, GOAL)
        )
    return found


def _ask(client: httpx.Client, path: str, asked: dict[str, str]) -> tuple[float, dict[str, str | None]]:
    """Milliseconds, the way there and back included, and the answer."""
    began = time.perf_counter()
    answer = client.get(path, params=asked)
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.text[:500]
    return took, answer.json()


async def _filled(url: str, count: int) -> str:
    """A token, once the calls are there."""
    database = Database(url, longest=0)
    values = {"organisation": KEY, "calls": count, "days": DAYS, "callers": CALLERS, "first": _FIRST, "last": _LAST}
    for begin in range(1, count + 1, AT_ONCE):
        async with database.begin() as session:
            span = {"from": begin, "to": min(begin + AT_ONCE - 1, count), "queues": QUEUES, "people": PEOPLE}
            await session.execute(text(_CALLS), {**values, **span})
    async with database.begin() as session:
        await queue_log.rebuild(session, KEY)
    async with database.begin() as session:
        await analyze(session, calls)
        await analyze(session, unanswered)
    secret, _ = await organisations(database, SystemClock()).tokens.make(operator(KEY), "bench", Role.ADMINISTRATOR)
    await database.close()
    return secret


def _days_ago(days: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - days * 86400))


def _document() -> dict[str, Any]:
    """An organisation with many queues and people."""
    document = contact_centre(PEOPLE)
    document["queues"] += [{"key": f"queue-{index}", "name": f"Queue {index}"} for index in range(QUEUES)]
    return document
