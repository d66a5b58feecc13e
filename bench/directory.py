"""How fast the directory answers while somebody types, among 10,000 contacts.

Over the API as a browser asks it, one question after the other, each with a letter more: of names, numbers, companies
and words of several fields.
"""

import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
from bench.load.contact_centre import KEY, contact_centre
from bench.load.installation import Installation
from bench.load.ports import free_ports
from bench.load.processes import cost_of

from svarhus.app.engine_room import database_url
from svarhus.app.figures import Figure
from svarhus.app.organisations import organisations
from svarhus.app.settings import load_secrets
from svarhus.domains.people.rights import Role, operator
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database

CONTACTS = 10_000
COLLEAGUES = 200
PAGE = {"limit": "30"}
"""What the console asks for at once."""
GOAL = 50.0
"""Milliseconds."""

_FIRST = (
    "Åsa", "Anna", "Örjan", "Karin", "Søren", "Märta", "Lars", "Eva", "Nils", "Björn", "Kerstin", "Göran",
    "Aino", "Jussi", "Ingrid", "Per", "Ulla", "Håkan",
)  # fmt: skip
_LAST = (
    "Öberg", "Lund", "Berg", "Åkesson", "Ek", "Sørensen", "Lindqvist", "Holm", "Ström", "Dahl", "Nyström",
    "Virtanen", "Hansen", "Sjögren", "Ask",
)  # fmt: skip
_TRADES = (
    "Taxi", "Apotek", "Åkeri", "Bygg", "Omsorg", "Tandvård", "Hemtjänst", "Ambulans", "Bageri", "El", "Rör",
    "Städ",
)  # fmt: skip
_TITLES = (
    "Chef", "Sjuksköterska", "Trafikledare", "Handläggare", "Vaktmästare", "Ägare", "Sekreterare",
)  # fmt: skip
_PLACES = (
    "Solna", "Luleå", "Växjö", "Umeå", "Malmö", "Östersund", "Gävle", "Åre", "Borås", "Ängelholm",
)  # fmt: skip


def run(quick: bool) -> list[Figure]:
    """The figures. With `quick` within 60 s, with fewer questions."""
    chance = random.Random(1)
    http, sip = free_ports(2)
    with (
        tempfile.TemporaryDirectory(prefix="svarhus-bench-") as name,
        Installation(Path(name) / "ours", http, sip) as installation,
    ):
        installation.apply(contact_centre(COLLEAGUES))
        token = asyncio.run(_token(database_url(installation.settings, load_secrets(installation.settings.data))))
        with httpx.Client(
            base_url=f"http://127.0.0.1:{http}", headers={"Authorization": f"Bearer {token}"}, timeout=60
        ) as client:
            brought_in = _bring_in(client, chance)
            _ask(client, "/api/directory", [{"q": "warm"}] * 20)
            typed = list(_typed(chance, 60 if quick else 400))
            before = _cpu(installation)
            searches = _ask(client, "/api/directory", [{"q": each, **PAGE} for each in typed])
            cpu = (_cpu(installation) - before) / len(searches)
            lists = _ask(client, "/api/directory", [PAGE] * (20 if quick else 100))
            numbers = [{"number": _number(chance)} for _ in range(100 if quick else 500)]
            callers = _ask(client, "/api/directory/by-number", numbers)
    return [
        Figure(f"search among {CONTACTS:,} contacts, median", "ms", statistics.median(searches), None, GOAL),
        Figure("search, 99th percentile", "ms", _percentile(searches, 99), None, GOAL),
        Figure("search, slowest", "ms", max(searches)),
        Figure("CPU of a search, application and database", "ms", cpu),
        Figure("directory opened, median", "ms", statistics.median(lists), None, GOAL),
        Figure("who has a number, median", "ms", statistics.median(callers), None, GOAL),
        Figure(f"file with {CONTACTS:,} contacts brought in", "s", brought_in),
    ]


def _cpu(installation: Installation) -> float:
    """Milliseconds that application and database have used so far: what a search costs on a busy machine too."""
    return sum(cost_of(installation.pid(part)).cpu for part in ("app", "postgres")) * 1000


async def _token(url: str) -> str:
    database = Database(url)
    secret, _ = await organisations(database, SystemClock()).tokens.make(operator(KEY), "bench", Role.ADMINISTRATOR)
    await database.close()
    return secret


def _bring_in(client: httpx.Client, chance: random.Random) -> float:
    lines = ["Namn;Företag;Titel;Ort;Telefon;Mobil;E-post;Taggar;Avtal"]
    for index in range(CONTACTS):
        first, last, trade = chance.choice(_FIRST), chance.choice(_LAST), chance.choice(_TRADES)
        values = (
            f"{first} {last}",
            f"{last}s {trade} AB",
            chance.choice(_TITLES),
            chance.choice(_PLACES),
            f"+468465{index:05}",
            f"+467017{index:05}",
            f"{index}@{trade.lower()}.example",
            trade,
            f"A-{index}",
        )
        lines.append(";".join(values))
    began = time.perf_counter()
    answer = client.post("/api/contacts/import?dry_run=false", content="\n".join(lines).encode())
    took = time.perf_counter() - began
    assert answer.status_code == 200, answer.text[:500]
    assert answer.json()["added"] == CONTACTS, answer.json()
    return took


def _number(chance: random.Random) -> str:
    return f"+467017{chance.randrange(CONTACTS):05}"


def _typed(chance: random.Random, words: int) -> Iterator[str]:
    """What stands in the field after each key."""
    for _ in range(words):
        first, last = chance.choice(_FIRST), chance.choice(_LAST)
        whole = chance.choice(
            (
                f"{first} {last}",
                f"{last} {chance.choice(_PLACES)}",
                f"{chance.choice(_TRADES)} {chance.choice(_PLACES)} {first}",
                f"070-170 {chance.randrange(CONTACTS)}",
                f"A-{chance.randrange(CONTACTS)}",
                chance.choice(_TITLES).lower(),
            )
        )
        yield from (whole[:end] for end in range(1, len(whole) + 1))


def _ask(client: httpx.Client, path: str, questions: Sequence[dict[str, str]]) -> list[float]:
    """Milliseconds of each, the way there and back included."""
    found = []
    for question in questions:
        began = time.perf_counter()
        answer = client.get(path, params=question)
        found.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text[:500]
    return found


def _percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]
