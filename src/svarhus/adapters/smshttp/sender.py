"""Posts text messages to a provider, and asks it about them. https://46elks.com/docs/send-sms"""

import asyncio
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import aiohttp
import msgspec

from svarhus.kit.clock import Instant, after
from svarhus.ports.sending import NotSent, Why
from svarhus.ports.sms import Accepted, HttpProvider, Sms

TIME_LIMIT = 20.0
"""Seconds for one question."""
LARGEST_ANSWER = 1_000_000
"""Bytes."""
PAGE = 100
"""Messages that the provider is asked for at a time, the newest first; it gives no more."""
MOST_PAGES = 50
CLOCKS_DIFFER = timedelta(minutes=10)
"""At most: the provider tells when it took a message by a clock of its own."""

_NOT_NOW = (408, 425, 429, 503)


class _Taken(msgspec.Struct, frozen=True):
    """A message as the provider tells of it."""

    id: str
    to: str = ""
    message: str = ""
    created: str = ""
    parts: int = 1

    def fits(self, sms: Sms, since: Instant) -> bool:
        """Whether it is this one, taken since then. It tells moments in UTC."""
        if (self.to, self.message) != (sms.receiver, sms.text):
            return False
        try:
            created = datetime.fromisoformat(self.created)
        except ValueError:
            return True
        return (created if created.tzinfo else created.replace(tzinfo=UTC)) >= since


class _Page(msgspec.Struct, frozen=True):
    data: tuple[_Taken, ...] = ()
    next: str | None = None
    """Where the next page begins."""


_taken = msgspec.json.Decoder(_Taken).decode
_page = msgspec.json.Decoder(_Page).decode


class HttpSmsSender:
    """See `ports.sms.SmsSender`."""

    def __init__(self, provider: HttpProvider, *, time_limit: float = TIME_LIMIT) -> None:
        self._provider = provider
        self._time_limit = time_limit

    async def send(self, sms: Sms) -> Accepted:
        form = {"from": sms.sender, "to": sms.receiver, "message": sms.text}
        if sms.report_to:
            form["whendelivered"] = sms.report_to
        body = await self._asked("POST", form)
        try:
            taken = _taken(body)
        except msgspec.DecodeError as error:
            raise NotSent(Why.NO_ANSWER, f"the answer is not understood: {error}") from error
        return Accepted(taken.id, taken.parts)

    async def sent_since(self, sms: Sms, since: Instant) -> tuple[Accepted, ...]:
        found: list[Accepted] = []
        since = after(since, -CLOCKS_DIFFER)
        asked = {"limit": str(PAGE), "end": since.strftime("%Y-%m-%dT%H:%M:%S")}
        for _ in range(MOST_PAGES):
            try:
                page = _page(await self._asked("GET", asked))
            except msgspec.DecodeError as error:
                raise NotSent(Why.NO_ANSWER, f"the list of messages is not understood: {error}") from error
            found += [Accepted(each.id, each.parts) for each in page.data if each.fits(sms, since)]
            if not page.next:
                break
            asked = {**asked, "start": page.next}
        return tuple(found)

    async def _asked(self, method: str, values: dict[str, str]) -> bytes:
        """The body of a good answer. NotSent."""
        provider = self._provider
        headers = {"Authorization": f"Basic {b64encode(f'{provider.user}:{provider.password}'.encode()).decode()}"}
        data, params = (values, None) if method == "POST" else (None, values)
        # A redirect could lead anywhere.
        try:
            async with (
                asyncio.timeout(self._time_limit),
                aiohttp.ClientSession(trust_env=True) as session,
                session.request(
                    method, provider.url, data=data, params=params, headers=headers, allow_redirects=False
                ) as answer,
            ):
                body = await answer.content.read(LARGEST_ANSWER)
        except aiohttp.ClientConnectorError as error:
            raise NotSent(Why.NOT_REACHED, str(error)) from error
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise NotSent(Why.NO_ANSWER, str(error)[:300] or type(error).__name__) from error
        if answer.status >= 300:
            raise NotSent(_why(answer.status, body), f"{answer.status} {body[:200].decode(errors='replace')}")
        return body


def _why(status: int, body: bytes) -> Why:
    said = body.lower()
    if status == 401:
        return Why.SIGN_IN_REFUSED
    if status == 402 or (status == 403 and b"credit" in said):
        return Why.NO_CREDIT
    if status in _NOT_NOW or status < 400:
        return Why.NOT_NOW
    if status >= 500:
        # A fault on the way back, or in between: it may have the message.
        return Why.NO_ANSWER
    return Why.RECEIVER_REFUSED if b"number" in said or b'"to"' in said else Why.MESSAGE_REFUSED
