"""A visitor whose program is not our page."""

from types import TracebackType
from typing import Self

import aiohttp
from aiosipua.message import SipMessage, SipRequest, SipResponse

from console.product import Product
from svarhus.phones import sip


class HostileVisitor:
    """Has begun a visit as everybody can, and says over the WebSocket what it likes."""

    def __init__(self, product: Product) -> None:
        self._url = product.url
        self._count = 0

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(headers={"X-Svarhus": "1"})
        async with self._session.post(f"{self._url}/api/public/call-us/sessions") as answer:
            self._visit = await answer.json()
        address = self._url.replace("http", "ws", 1) + self._visit["websocket_path"]
        self._socket = await self._session.ws_connect(address, protocols=["sip"])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()
        await self._session.delete(f"{self._url}/api/public/call-us/sessions/{self._visit['token']}")
        await self._session.close()

    @property
    def name(self) -> str:
        return str(self._visit["user"])

    async def says(self, method: str, number: str, sender: str | None = None) -> int:
        """The status, or the code with which the WebSocket was closed. In its own name, unless another is given."""
        return await self._status(bytes(self._request(method, number, sender or self.name)))

    async def says_in_one_frame(self, number: str, sender: str) -> int:
        """A call in its own name to one of the page's numbers, and another's behind it. As `says`."""
        return await self._status(
            bytes(self._request("INVITE", number, self.name)) + bytes(self._request("INVITE", number, sender))
        )

    async def _status(self, message: bytes) -> int:
        await self._socket.send_str(message.decode())
        answer = await self._answer()
        return answer if isinstance(answer, int) else int(answer.status_code)

    def _request(self, method: str, number: str, sender: str) -> SipRequest:
        self._count += 1
        request = SipRequest(method=method, uri=f"sip:{number}@svarhus")
        for name, value in (
            ("Via", f"SIP/2.0/WS x.invalid;branch={sip.new_branch()}"),
            ("From", f"<sip:{sender}@svarhus>;tag=hostile"),
            ("To", f"<sip:{number}@svarhus>"),
            ("Call-ID", f"hostile-{number}-{id(self)}"),
            ("CSeq", f"{self._count} {method}"),
            ("Contact", f"<sip:{sender}@x.invalid;transport=ws>"),
            ("Max-Forwards", "70"),
            ("Content-Length", "0"),
        ):
            request.headers.append(name, value)
        return request

    async def _answer(self) -> SipResponse | int:
        while True:
            received = await self._socket.receive(timeout=5.0)
            if received.type is not aiohttp.WSMsgType.TEXT:
                return self._socket.close_code or 0
            if not str(received.data).strip():
                continue  # keep-alive
            message = SipMessage.parse(str(received.data).encode())
            if isinstance(message, SipResponse):
                return message
