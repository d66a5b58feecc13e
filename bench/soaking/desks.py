"""The consoles of the soak: what people ask of the API while they talk."""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import aiohttp
from bench.load.contact_centre import KEY

from svarhus.app.api.access import COOKIE
from svarhus.app.organisations import organisations
from svarhus.domains.signin.service import NewSession, Origin
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import PersonKey

AT_ONCE = 16
"""Requests of all desks together, at the same time."""


class Desks:
    """A session of each person. What is answered is counted; a refusal is an answer like others."""

    def __init__(self, port: int, tokens: Mapping[str, str]) -> None:
        self._url = f"http://127.0.0.1:{port}"
        self._tokens = tokens
        self.answered: Counter[str] = Counter()
        """By status: `2xx`, `4xx`; what failed by its status and path."""

    async def __aenter__(self) -> Self:
        jar = aiohttp.DummyCookieJar()
        limit = aiohttp.TCPConnector(limit=AT_ONCE)
        self._http = aiohttp.ClientSession(self._url, cookie_jar=jar, connector=limit, headers={"X-Svarhus": "1"})
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def ask(self, person: str, method: str, path: str, body: object = None) -> Any:
        """What is answered; None when it is refused, or nothing."""
        headers = {"Cookie": f"{COOKIE}={self._tokens[person]}"}
        async with self._http.request(method, path, json=body, headers=headers) as answer:
            if answer.status >= 500:
                self.answered[f"{answer.status} {method} {path.split('/')[-1]}"] += 1
                return None
            self.answered[f"{answer.status // 100}xx"] += 1
            told = answer.ok and answer.content_type == "application/json"
            return await answer.json() if told else None

    @property
    def failed(self) -> int:
        """Answers that say that something is broken."""
        return sum(count for kind, count in self.answered.items() if not kind.endswith("xx"))


async def signed_in(url: str, people: Sequence[str]) -> dict[str, str]:
    """Tokens of sessions, by person. `url`: the database's. Nobody has a password, and so needs none."""
    database = Database(url)
    sign_in = organisations(database, SystemClock()).sign_in
    tokens = {}
    try:
        for person in people:
            begun = await sign_in.let_in(KEY, PersonKey(person), None, Origin("127.0.0.1"))
            assert isinstance(begun, NewSession)
            tokens[person] = begun.token
    finally:
        await database.close()
    return tokens
