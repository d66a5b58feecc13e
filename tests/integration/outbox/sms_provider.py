"""A real provider of text messages of the tests' own, in the manner of 46elks."""

import asyncio
import base64
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
from aiohttp import web

from svarhus.kit.clock import SystemClock

USER, PASSWORD = "u1234", "correct horse"


@dataclass
class Taken:
    id: str
    receiver: str
    text: str
    sender: str
    report_to: str
    created: datetime

    def told(self) -> dict[str, object]:
        return {
            "id": self.id,
            "to": self.receiver,
            "from": self.sender,
            "message": self.text,
            "created": self.created.isoformat(timespec="seconds").removesuffix("+00:00"),
            "status": "created",
            "parts": 1 + (len(self.text) - 1) // 153,
        }


@dataclass
class SmsHouse:
    """The provider. It can be closed and opened again on its port."""

    port: int
    taken: list[Taken] = field(default_factory=list)
    answers: list[int | str] = field(default_factory=list)
    """To the next messages, one after the other: a status; or `cut`, taken and then no answer."""
    said: str = ""
    page: int = 100
    asked: int = 0
    """How often it was asked what it has taken."""
    _runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/a1/sms"

    @property
    def texts(self) -> list[str]:
        return [each.text for each in self.taken]

    async def open(self) -> None:
        application = web.Application()
        application.router.add_post("/a1/sms", self._send)
        application.router.add_get("/a1/sms", self._list)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def report(self, taken: Taken, status: str) -> int:
        """Tell what became of a message, as it was asked to."""
        async with aiohttp.ClientSession() as session:
            form = {"id": taken.id, "status": status}
            async with session.post(taken.report_to, data=form) as answer:
                return answer.status

    async def _send(self, request: web.Request) -> web.StreamResponse:
        if not _let_in(request):
            return web.Response(status=401, text="API access requires Basic HTTP authentication.")
        form = await request.post()
        answer = self.answers.pop(0) if self.answers else 200
        if answer not in (200, "cut"):
            return web.Response(status=int(answer), text=self.said)
        number = len(self.taken) + 1
        taken = Taken(
            id=f"s{number:032x}",
            receiver=str(form["to"]),
            text=str(form["message"]),
            sender=str(form["from"]),
            report_to=str(form.get("whendelivered", "")),
            created=SystemClock().now(),
        )
        self.taken.append(taken)
        if answer == "cut":
            assert request.transport is not None
            request.transport.abort()
            await asyncio.sleep(0)
        return web.json_response(taken.told())

    async def _list(self, request: web.Request) -> web.Response:
        self.asked += 1
        begin = int(request.query.get("start", "0"))
        newest = self.taken[::-1]
        rest = newest[begin : begin + self.page]
        more = begin + self.page < len(newest)
        answer: dict[str, object] = {"data": [each.told() for each in rest]}
        return web.json_response(answer | ({"next": str(begin + self.page)} if more else {}))


def _let_in(request: web.Request) -> bool:
    wanted = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return request.headers.get("Authorization") == f"Basic {wanted}"
