"""The installation's own API, as a person who is signed in uses it."""

from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

import aiohttp
import msgspec

from svarhus.kit.errors import SvarhusError, Unavailable

T = TypeVar("T")


class Me(msgspec.Struct, frozen=True):
    name: str
    person: str | None = None


class _SessionBegun(msgspec.Struct, frozen=True):
    me: Me


class PhonePassword(msgspec.Struct, frozen=True):
    password: str


class Device(msgspec.Struct, frozen=True):
    """Where a person's calls ring."""

    kind: str
    number: str | None = None


class _Phone(msgspec.Struct, frozen=True):
    device: Device


class AgentNow(msgspec.Struct, frozen=True):
    key: str
    name: str
    state: str
    queues: tuple[str, ...]
    phone_reachable: bool


class CallNow(msgspec.Struct, frozen=True):
    id: str
    state: str
    caller: str | None
    queue: str | None


class Now(msgspec.Struct, frozen=True):
    """What happens at this moment."""

    calls: tuple[CallNow, ...]
    agents: tuple[AgentNow, ...]


class LoggedCall(msgspec.Struct, frozen=True):
    call: str
    outcome: str
    person: str | None
    wait: float
    talk: float
    began_at: datetime


class Callback(msgspec.Struct, frozen=True):
    id: str
    number: str
    status: str
    promised_at: datetime
    connected: bool = False


class FreeTime(msgspec.Struct, frozen=True):
    at: datetime


class Voicemail(msgspec.Struct, frozen=True):
    id: str
    caller: str | None
    seconds: float


class _Page(msgspec.Struct, frozen=True):
    items: msgspec.Raw


class _Problem(msgspec.Struct, frozen=True):
    detail: str = ""
    remedy: str = ""


class Answered(SvarhusError):
    """The API answered that it cannot be done."""

    id = "api-answered"
    title = "The API refused"


class Client:
    """One person's session."""

    def __init__(self, url: str) -> None:
        self._url = url
        # `X-Svarhus` shows that no foreign page has made the request; unsafe cookies are for IP addresses.
        self._http = aiohttp.ClientSession(
            headers={"X-Svarhus": "1"},
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            timeout=aiohttp.ClientTimeout(total=10),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def sign_in(self, email: str, password: str) -> Me:
        body = await self._ask("POST", "/api/session", json={"email": email, "password": password})
        return msgspec.json.decode(body, type=_SessionBegun).me

    async def sign_out(self) -> None:
        await self._ask("DELETE", "/api/session")

    async def phone_password(self) -> PhonePassword | None:
        return msgspec.json.decode(await self._ask("GET", "/api/me/phone-password"), type=PhonePassword | None)

    async def device(self) -> Device:
        return msgspec.json.decode(await self._ask("GET", "/api/phone"), type=_Phone).device

    async def choose(self, device: Device) -> None:
        await self._ask("PUT", "/api/phone/device", json={"kind": device.kind, "number": device.number})

    async def now(self) -> Now:
        return msgspec.json.decode(
            await self._ask("GET", "/api/live/snapshot", params={"topics": "calls,agents"}), type=Now
        )

    async def log_in(self, person: str, queues: tuple[str, ...]) -> None:
        await self._ask("POST", f"/api/agents/{person}/log-in", json={"queues": queues})

    async def log_out(self, person: str, queues: tuple[str, ...]) -> None:
        await self._ask("POST", f"/api/agents/{person}/log-out", json={"queues": queues})

    async def end_after_call_work(self) -> None:
        await self._ask("POST", "/api/agents/me/end-after-call-work")

    async def end_call(self, call: str) -> None:
        await self._ask("POST", f"/api/calls/{call}/end")

    async def calls_with(self, number: str) -> tuple[LoggedCall, ...]:
        """The call log of a number, the newest first."""
        return await self._page("/api/calls", tuple[LoggedCall, ...], number=number)

    async def places(self, queue: str) -> tuple[FreeTime, ...]:
        """The times that can be promised next."""
        return await self._page(f"/api/queues/{queue}/places", tuple[FreeTime, ...], limit="3")

    async def callbacks_for(self, number: str, status: str = "live") -> tuple[Callback, ...]:
        return await self._page("/api/callbacks", tuple[Callback, ...], number=number, status=status)

    async def callback(self, id: str) -> Callback:
        return msgspec.json.decode(await self._ask("GET", f"/api/callbacks/{id}"), type=Callback)

    async def start_callback(self, id: str) -> None:
        await self._ask("POST", f"/api/callbacks/{id}/start")

    async def mark_callback(self, id: str, answered: bool) -> Callback:
        body = await self._ask("POST", f"/api/callbacks/{id}/mark", json={"answered": answered})
        return msgspec.json.decode(body, type=Callback)

    async def cancel_callback(self, id: str) -> None:
        await self._ask("DELETE", f"/api/callbacks/{id}")

    async def voicemails_from(self, queue: str, caller: str) -> tuple[Voicemail, ...]:
        """Those that are not handled yet."""
        found = await self._page("/api/voicemails", tuple[Voicemail, ...], queue=queue, limit="200")
        return tuple(one for one in found if one.caller == caller)

    async def voicemail_sound(self, id: str) -> bytes:
        return await self._ask("GET", f"/api/voicemails/{id}/sound")

    async def delete_voicemail(self, id: str) -> None:
        await self._ask("DELETE", f"/api/voicemails/{id}")

    async def _page(self, path: str, items: type[T], **params: str) -> T:
        page = msgspec.json.decode(await self._ask("GET", path, params=params), type=_Page)
        return msgspec.json.decode(page.items, type=items)

    async def _ask(
        self, method: str, path: str, params: dict[str, str] | None = None, json: object | None = None
    ) -> bytes:
        """The body of the answer. Answered when it is a refusal, Unavailable when there is none."""
        try:
            async with self._http.request(method, self._url + path, params=params, json=json) as response:
                body = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unavailable(f"The API did not answer {method} {path}: {error}.", "./svarhus doctor") from error
        if response.status >= 400:
            problem = _problem(body)
            detail = problem.detail or f"status {response.status}"
            raise Answered(f"{method} {path} was answered: {detail}", problem.remedy)
        return body


def _problem(body: bytes) -> _Problem:
    try:
        return msgspec.json.decode(body, type=_Problem)
    except msgspec.DecodeError:
        return _Problem()
