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

    async def dials(self, number: str) -> int:
        """The status in the end."""
        user, password = str(self._visit["user"]), str(self._visit["password"])
        request = self._request("INVITE", number, user)
        await self._send(request)
        challenge = await self._answer()
        assert isinstance(challenge, SipResponse)
        proof = sip.authorization(challenge, user, password, "INVITE", request.uri)
        assert proof is not None, challenge.status_code
        again = self._request("INVITE", number, user)
        again.headers.set_single(*proof)
        await self._send(again)
        while isinstance(answer := await self._answer(), SipResponse):
            if answer.status_code >= 200:
                return int(answer.status_code)
        return answer

    async def says(self, method: str, number: str, sender: str) -> int:
        """The status, or the code with which the WebSocket was closed."""
        await self._send(self._request(method, number, sender))
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

    async def _send(self, request: SipRequest) -> None:
        await self._socket.send_str(bytes(request).decode())

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
