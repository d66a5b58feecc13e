"""Around every request: limits its size, answers errors of our own, and sets the headers of security."""

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from svarhus.app.api.problems import answer, broken
from svarhus.kit.errors import SvarhusError

LARGEST_BODY = 25_000_000
"""Bytes. The largest thing sent is a recording: ten minutes of 16 bit stereo at 8 kHz are 19 MB."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Set where the endpoint has not set its own."""

_ONLY_TLS = "max-age=31536000"


class BodyTooLarge(SvarhusError):
    id = "body-too-large"
    status = 413
    title = "Too much was sent"


class Guard:
    """The outermost middleware."""

    def __init__(self, app: ASGIApp, largest_body: int = LARGEST_BODY) -> None:
        self._app = app
        self._largest = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def guarded_send(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", _ONLY_TLS)
            await send(message)

        try:
            _refuse_announced(scope, self._largest)
            await self._app(scope, _limited(receive, self._largest), guarded_send)
        except ClientDisconnect:
            return
        except Exception as error:
            if begun:
                raise
            response = answer(error) if isinstance(error, SvarhusError) else broken(error)
            await response(scope, receive, guarded_send)


def _refuse_announced(scope: Scope, largest: int) -> None:
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > largest:
        raise BodyTooLarge(f"{int(announced):,} bytes are too many: {largest:,} are allowed.", "Send less.")


def _limited(receive: Receive, largest: int) -> Receive:
    got = 0

    async def limited() -> Message:
        nonlocal got
        message = await receive()
        if message["type"] == "http.request":
            got += len(message.get("body", b""))
            if got > largest:
                raise BodyTooLarge(f"More than {largest:,} bytes were sent.", "Send less.")
        return message

    return limited
