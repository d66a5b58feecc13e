"""An organisation of a test's own, in the product that all tests share."""

import itertools
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import httpx
from pydantic import JsonValue

from console.product import Product
from svarhus.app.demo_notes import DemoPerson
from svarhus.app.tryout.client import Client
from svarhus.app.tryout.patience import until
from svarhus.kit.errors import SvarhusError
from svarhus.phones.errors import Refused
from svarhus.phones.scenarios import Actor

Object = dict[str, JsonValue]

_numbers = (
    *(f"+463139006{last:02}" for last in range(50)),
    *(f"+464062804{last:02}" for last in range(50)),
    *(f"+469803192{last:02}" for last in range(100)),
    *(f"+468465004{last:02}" for last in range(50, 100)),
)
"""Kept for fiction. No two organisations may have the same."""

CALLERS = tuple(f"+4670174060{digit}" for digit in range(5, 10))
"""Numbers that are kept for fiction."""

_EVERY_DAY: list[JsonValue] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_indices = itertools.count()
_free_numbers = iter(_numbers)


@dataclass(frozen=True)
class Wants:
    """What the organisation is to have."""

    agents: int = 1
    """People of the queue, each with a phone; beside them there is always an administrator, `boss`."""
    logged_in: bool = True
    """Whether they are logged in to the queue from the start."""
    agent: Mapping[str, JsonValue] = field(default_factory=dict)
    """Settings of the agents beside the usual ones."""
    queue: Mapping[str, JsonValue] = field(default_factory=dict)
    organisation: Mapping[str, JsonValue] = field(default_factory=dict)
    more: Mapping[str, JsonValue] = field(default_factory=dict)
    """Further lists of the document: tags, units, ... Queues and so on are added to the usual ones."""
    lines: Mapping[str, str] = field(default_factory=dict)
    """Further numbers: name and call flow of each."""


class Stage:
    """The organisation, its people, its phones and its callers."""

    def __init__(self, product: Product, wants: Wants) -> None:
        self.product = product
        self.wants = wants
        self._index = next(_indices)
        self.number = next(_free_numbers)
        """The number to call; it leads straight into the queue."""
        self.lines = {name: next(_free_numbers) for name in wants.lines}
        """The further numbers, by name."""
        self._actors = AsyncExitStack()

    @property
    def key(self) -> str:
        return f"stage-{self._index}"

    @property
    def queue(self) -> str:
        """The key of the queue."""
        return "front"

    @property
    def extension(self) -> str:
        """The queue's own number inside."""
        return f"4{self._index:02}0"

    @property
    def address(self) -> str:
        """From where this organisation's carrier calls: an address of this machine that no other has."""
        return f"127.0.{10 + self._index // 200}.{1 + self._index % 200}"

    @property
    def boss(self) -> DemoPerson:
        """The administrator."""
        return DemoPerson(
            f"Bo Ek {self._index}", "administrator", f"boss@{self.key}.example", "gul traktor i Boden", "", ""
        )

    def agent(self, which: int = 0) -> DemoPerson:
        """Somebody of the queue."""
        extension = f"3{self._index:02}{which}"
        name, email = f"Agent {'ABCDEFGHIJ'[which]}", f"agent-{which}@{self.key}.example"
        return DemoPerson(name, "user", email, f"gul traktor {which} i Boden", extension, f"phone-{extension}")

    def agent_key(self, which: int = 0) -> str:
        return f"agent-{which}"

    # ------------------------------------------------------------ who acts

    async def caller(self, name: str = "caller") -> Actor:
        """A phone outside: `await caller.call(stage.number, from_number=CALLERS[0])`."""
        return await self._actors.enter_async_context(Actor(name, host=self.address, server=self.product.server))

    async def phone(self, which: int = 0) -> Actor:
        """The desk phone of an agent, registered."""
        person = self.agent(which)
        actor = await self._actors.enter_async_context(Actor(person.name, server=self.product.server))

        async def registered() -> bool:
            try:
                await actor.register(person.extension, person.phone_password, expires=60)
            except Refused:
                return False
            return True

        # A person's phone is made known to Asterisk a moment after the organisation runs.
        await until(registered, "the phone is registered", 10.0)
        return actor

    async def client(self, person: DemoPerson | None = None) -> Client:
        """The REST API as somebody signed in; the administrator when nobody is named."""
        client = await self._actors.enter_async_context(self.product.client())
        wanted = person or self.boss
        await client.sign_in(wanted.email, wanted.password)
        return client

    async def reset_password(self, which: int = 0) -> None:
        """The administrator gives somebody of the queue another one."""
        async with httpx.AsyncClient(base_url=self.product.url, headers={"X-Svarhus": "1"}, timeout=30) as boss:
            await boss.post("/api/session", json={"email": self.boss.email, "password": self.boss.password})
            new = {"new": "Nobody has had this one"}
            answer = await boss.put(f"/api/people/{self.agent_key(which)}/password", json=new)
            assert answer.status_code == 204, answer.text

    async def book(self, number: str, queue: str = "front") -> None:
        """A callback is booked for the number, by the administrator."""
        await self._asks("POST", "/api/callbacks", {"queue": queue, "number": number})

    async def add(self, list_name: str, part: Mapping[str, object]) -> None:
        """Another part of the organisation, by the administrator."""
        await self._asks("POST", f"/api/{list_name}", part)

    async def replace(self, list_name: str, key: str, part: Mapping[str, object]) -> None:
        """A part as it is from now on."""
        await self._asks("PUT", f"/api/{list_name}/{key}", part)

    async def _asks(self, method: str, path: str, body: Mapping[str, object]) -> None:
        async with httpx.AsyncClient(base_url=self.product.url, headers={"X-Svarhus": "1"}, timeout=30) as boss:
            await boss.post("/api/session", json={"email": self.boss.email, "password": self.boss.password})
            answer = await boss.request(method, path, json=body)
            assert answer.is_success, answer.text

    # ------------------------------------------------------------ its life

    async def open(self) -> None:
        """Make it, and wait until it runs."""
        await self.product.create(self.document())
        async with self.product.client() as boss:
            await boss.sign_in(self.boss.email, self.boss.password)
            await until(lambda: _runs(boss), "the organisation runs", 15.0)
        await until(self._is_set_up, "its phones and its carrier are known to Asterisk", 15.0)

    async def close(self) -> None:
        await self._actors.aclose()

    async def _is_set_up(self) -> bool:
        return self.product.ready()

    def document(self) -> Object:
        """The organisation's file."""
        people: list[JsonValue] = [
            {
                "key": "boss",
                "name": self.boss.name,
                "email": self.boss.email,
                "password": self.boss.password,
                "role": "administrator",
            },
            *(self._person(which) for which in range(self.wants.agents)),
        ]
        whole: Object = {
            "svarhus": 1,
            "organisation": {
                "key": self.key,
                "name": f"Provhuset {self._index}",
                "outgoing": {"trunk": "carrier"},
                **self.wants.organisation,
            },
            "people": people,
            "trunks": [
                {
                    "key": "carrier",
                    "name": "The carrier",
                    "addresses": [self.address],
                    "username": f"carrier-{self.key}",
                    "password": "secret-of-the-carrier",
                    "accepts_registration": True,
                }
            ],
            "numbers": [
                _number(self.number, "Växeln", "front"),
                *(_number(self.lines[name], name, flow) for name, flow in self.wants.lines.items()),
            ],
            "schedules": [
                {
                    "key": "always",
                    "name": "Alltid",
                    "notice_minutes": 1,
                    "periods": [{"days": _EVERY_DAY, "from": "00:00", "to": "24:00", "calls_per_hour": 60}],
                }
            ],
            "queues": [self._queue()],
            "callflows": [
                {
                    "key": "front",
                    "name": "Växeln",
                    "start": "queue",
                    "elements": {
                        "queue": {"type": "queue", "settings": {"queue": "front", "wait_for_nobody": True}},
                    },
                }
            ],
        }
        for name, items in self.wants.more.items():
            before = whole.get(name)
            whole[name] = [*before, *items] if isinstance(before, list) and isinstance(items, list) else items
        return whole

    def _person(self, which: int) -> JsonValue:
        person = self.agent(which)
        return {
            "key": self.agent_key(which),
            "name": person.name,
            "email": person.email,
            "password": person.password,
            "extension": person.extension,
            "phone_password": person.phone_password,
            **self.wants.agent,
        }

    def _queue(self) -> JsonValue:
        members: list[JsonValue] = [
            {"person": self.agent_key(which), "starts_logged_in": self.wants.logged_in}
            for which in range(self.wants.agents)
        ]
        return {
            "key": "front",
            "name": "Mottagningen",
            "extension": self.extension,
            "members": members,
            "announcements": {"position": False, "estimated_wait": False},
            "after_call_work": {"answered": 1, "declined": 1, "missed": 1},
            "callbacks": {"schedule": "always"},
            **self.wants.queue,
        }


async def _runs(client: Client) -> bool:
    try:
        await client.now()
    except SvarhusError:
        return False
    return True


def _number(number: str, name: str, flow: str) -> JsonValue:
    return {"number": number, "name": name, "flow": flow}
