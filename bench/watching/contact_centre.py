"""The organisation whose desk is watched: queues of which one person sees all, and room for thousands of callbacks."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from svarhus.app.organisations import organisations
from svarhus.domains.people.rights import Role, operator
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId

KEY = OrganisationId("bench")
EMAIL, PASSWORD = "desk@svarhus.example", "only-for-the-benchmark"
QUEUES = 10
AT_ONCE = 32
"""Callbacks that are booked at the same time."""


def contact_centre() -> object:
    """The organisation as a document."""
    week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    queues = [
        {
            "key": f"queue-{index}",
            "name": f"Queue {index}",
            "members": [{"person": "desk", "starts_logged_in": False}],
            "callbacks": {"schedule": "always"},
        }
        for index in range(QUEUES)
    ]
    return {
        "svarhus": 1,
        "organisation": {"key": KEY, "name": "Benchmark", "language": "sv", "outgoing": {"trunk": "out"}},
        "people": [
            {
                "key": "desk",
                "name": "Dora Desk",
                "email": EMAIL,
                "password": PASSWORD,
                "extension": "6001",
                "role": "administrator",
            }
        ],
        "trunks": [{"key": "out", "name": "Out", "host": "127.0.0.2:5999", "addresses": ["127.0.0.2"]}],
        "schedules": [
            {
                "key": "always",
                "name": "Always",
                "periods": [{"days": week, "from": "00:00", "to": "24:00", "calls_per_hour": 600}],
            }
        ],
        "queues": queues,
    }


async def token(database_url: str) -> str:
    """Of a program that may do everything."""
    database = Database(database_url)
    try:
        tokens = organisations(database, SystemClock()).tokens
        secret, _ = await tokens.make(operator(KEY), "bench", Role.ADMINISTRATOR)
    finally:
        await database.close()
    return secret


@dataclass(frozen=True)
class Booked:
    """A callback that was promised."""

    id: str
    at: float
    """When the exchange decided it, seconds of the machine's clock."""


class Bookings:
    """Promises callbacks over the API, and takes them back."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def book(self, number: str) -> Booked:
        wanted = {"queue": f"queue-{int(number[1:]) % QUEUES}", "number": number}
        async with self._session.post("/api/callbacks", json=wanted) as answer:
            assert answer.status == 201, await answer.text()
            told = await answer.json()
        return Booked(told["id"], datetime.fromisoformat(told["booked_at"]).timestamp())

    async def book_all(self, numbers: Sequence[str]) -> None:
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(number: str) -> None:
            async with turn:
                await self.book(number)

        await asyncio.gather(*map(one, numbers))

    async def cancel(self, booked: Booked) -> None:
        async with self._session.delete(f"/api/callbacks/{booked.id}") as answer:
            assert answer.status == 204, await answer.text()


def numbers(first: int, count: int) -> list[str]:
    """Numbers of customers, none like another."""
    return [f"+4670{1_000_000 + first + index:07}" for index in range(count)]
