"""Client and server transactions of SIP over UDP, TCP and TLS, which aiosipua lacks: retransmission
both ways, ACK of refusals, answers to repeated requests."""

import asyncio
import contextlib
import ipaddress
import re
import ssl
import time
from collections.abc import Callable, Coroutine, Mapping

from aiosipua.headers import parse_uri
from aiosipua.message import SipMessage, SipRequest, SipResponse

from svarhus.phones.sip import AGENT, Address, count_of, header, new_branch, new_tag, tag_of, uri_of

T1, T2 = 0.5, 4.0
"""Seconds; RFC 3261, 17.1."""
LIFETIME = 64 * T1
"""How long transactions are remembered."""
CLOSING = 0.5
"""Seconds that the server has to say goodbye on a connection; over TLS, Asterisk does not."""

OnRequest = Callable[[SipRequest, Address], None]
OnResponse = Callable[[SipResponse], None]
OnTrouble = Callable[[str], None]

ClientKey = tuple[str, str]
"""Branch and method."""
ServerKey = tuple[str, str, int, str]
"""Branch, Call-ID, CSeq and method."""


def _ignore(text: str) -> None:
    """Trouble that nobody wants to hear of."""


class ClientTransaction:
    """A request that we sent."""

    def __init__(self, request: SipRequest, addr: Address, on_response: OnResponse | None) -> None:
        self.request, self.addr, self.on_response = request, addr, on_response
        self.final: asyncio.Future[SipResponse] = asyncio.get_running_loop().create_future()
        self.provisional = asyncio.Event()
        self.ack: SipRequest | None = None
        """For repeated final answers to INVITE."""


class ServerTransaction:
    """A request that came in."""

    def __init__(self) -> None:
        self.response: SipResponse | None = None
        self.acked = asyncio.Event()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, owner: "SipSocket") -> None:
        self._owner = owner

    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._owner.received_from(data, addr)

    def error_received(self, error: Exception) -> None:
        self._owner.on_trouble(f"UDP error: {error}")


class SipSocket:
    """on_request(request, addr) is called once for each new request (ACK to a 2xx included)."""

    protocol = "UDP"
    repeat_after = T1

    def __init__(self, host: str, port: int, on_request: OnRequest, on_trouble: OnTrouble = _ignore) -> None:
        self.host, self.port = host, port
        self.on_request, self.on_trouble = on_request, on_trouble
        self.clients: dict[ClientKey, ClientTransaction] = {}
        self.servers: dict[ServerKey, ServerTransaction] = {}
        self.tasks: set[asyncio.Task[object]] = set()
        self.transport: asyncio.DatagramTransport | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self), local_addr=(self.host, self.port)
        )
        self.port = self.transport.get_extra_info("sockname")[1]

    async def stop(self) -> None:
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.transport:
            self.transport.close()
            self.transport = None

    def spawn(self, coroutine: Coroutine[object, object, object]) -> asyncio.Task[object]:
        task: asyncio.Task[object] = asyncio.get_running_loop().create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[object]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            self.on_trouble(f"the phone's own error: {task.exception()!r}")

    def send(self, message: SipRequest | SipResponse, addr: Address) -> None:
        if self.transport:
            self.transport.sendto(bytes(message), addr)

    def destination(self, uri: str, fallback: Address) -> Address:
        """Where a request to this URI goes. Loopback addresses only: anything else goes to `fallback`, the
        server that the phone's user named."""
        try:
            parsed = parse_uri(uri_of(uri))
            host = "127.0.0.1" if parsed.host == "localhost" else parsed.host
            if ipaddress.ip_address(host).is_loopback:
                return host, parsed.port or 5060
        except ValueError:
            pass
        if uri_of(uri).split("@")[-1].split(";")[0] not in (f"{fallback[0]}:{fallback[1]}", fallback[0]):
            self.on_trouble(f"target {uri} is not a loopback address; sent to the server instead")
        return fallback

    # ------------------------------------------------------------ as a client

    def via(self, branch: str) -> str:
        return f"SIP/2.0/{self.protocol} {self.host}:{self.port};branch={branch};rport"

    @property
    def uri_parameter(self) -> str:
        """What a contact says of the transport."""
        return "" if self.protocol == "UDP" else f";transport={self.protocol.lower()}"

    def start_request(
        self,
        request: SipRequest,
        addr: Address,
        on_response: OnResponse | None = None,
        branch: str | None = None,
    ) -> ClientTransaction:
        """Send a request and repeat it until answered. Await .final for the final response
        (a made-up 408 when there is none in 32 s). Only a CANCEL gives its branch: the INVITE's."""
        branch = branch or new_branch()
        request.headers.set_single("Via", self.via(branch))
        method = request.cseq.method if request.cseq else request.method
        client = ClientTransaction(request, addr, on_response)
        key = (branch, method)
        self.clients[key] = client
        self.send(request, addr)
        self.spawn(self._repeat_request(key, client, method))
        return client

    async def request(self, request: SipRequest, addr: Address, on_response: OnResponse | None = None) -> SipResponse:
        return await self.start_request(request, addr, on_response).final

    async def _repeat_request(self, key: ClientKey, client: ClientTransaction, method: str) -> None:
        wait, deadline = self.repeat_after, time.monotonic() + LIFETIME
        while not client.final.done() and time.monotonic() < deadline:
            await self._any_reply(client, wait, provisional=method == "INVITE")
            if client.final.done():
                break
            if method == "INVITE" and client.provisional.is_set():
                await asyncio.wait([client.final])  # the callee may ring for as long as it likes
                break
            self.send(client.request, client.addr)
            wait = wait * 2 if method == "INVITE" else min(wait * 2, T2)
        if not client.final.done():
            client.final.set_result(SipResponse(status_code=408, reason_phrase="No answer from the server"))
        await asyncio.sleep(LIFETIME)
        self.clients.pop(key, None)

    async def _any_reply(self, client: ClientTransaction, wait: float, provisional: bool) -> None:
        """Wait for the final reply (or a provisional one, where that ends the repeating) for so long."""
        if not provisional:
            await asyncio.wait([client.final], timeout=wait)
            return
        ringing = asyncio.create_task(client.provisional.wait())
        client.final.add_done_callback(lambda final: ringing.cancel())
        await asyncio.wait((ringing,), timeout=wait)
        ringing.cancel()

    def _response(self, response: SipResponse) -> None:
        branch = re.search(r"branch=([^;,\s]+)", header(response, "via"))
        cseq = response.cseq
        client = self.clients.get((branch.group(1), cseq.method)) if branch and cseq else None
        if client is None or cseq is None:
            return
        if response.status_code < 200:
            client.provisional.set()
        elif cseq.method == "INVITE" and response.status_code >= 300:
            if client.ack is None:
                client.ack = self.make_ack(client.request, response)
            self.send(client.ack, client.addr)
        if client.on_response and not (client.final.done() and response.status_code >= 300):
            client.on_response(response)  # also for repeated 2xx, to repeat the ACK
        if response.status_code >= 200 and not client.final.done():
            client.final.set_result(response)

    @staticmethod
    def make_ack(invite: SipRequest, response: SipResponse) -> SipRequest:
        """ACK of a refusal: same transaction."""
        ack = SipRequest(method="ACK", uri=invite.uri)
        ack.headers.append("Via", header(invite, "via"))
        ack.headers.append("From", header(invite, "from"))
        ack.headers.append("To", header(response, "to") or header(invite, "to"))
        ack.headers.append("Call-ID", header(invite, "call-id"))
        ack.headers.append("CSeq", f"{count_of(invite)} ACK")
        ack.headers.append("Max-Forwards", "70")
        for route in invite.get_header_values("route"):
            ack.headers.append("Route", route)
        return ack

    # ------------------------------------------------------------ as a server

    @staticmethod
    def _server_key(request: SipRequest, method: str) -> ServerKey:
        via = header(request, "via")
        branch = re.search(r"branch=([^;,\s]+)", via)
        return branch.group(1) if branch else via, header(request, "call-id"), count_of(request), method

    def received_from(self, data: bytes, addr: Address) -> None:
        """A datagram or a message of a stream."""
        if len(data) < 10 or not data.strip():
            return  # keep-alive
        try:
            message = SipMessage.parse(data)
            if message.cseq is None or not message.call_id:
                raise ValueError("no CSeq or no Call-ID")
        except Exception as error:
            self.on_trouble(f"unreadable message from {addr}: {error!r}: {data[:80]!r}")
            return
        if isinstance(message, SipResponse):
            self._response(message)
            return
        if isinstance(message, SipRequest):
            self._request(message, addr)

    def _request(self, message: SipRequest, addr: Address) -> None:
        if message.method == "ACK":
            refused = self.servers.get(self._server_key(message, "INVITE"))
            if refused and refused.response and refused.response.status_code >= 300:
                refused.acked.set()
            else:
                self.on_request(message, addr)
            return
        key = self._server_key(message, message.method)
        known = self.servers.get(key)
        if known is not None:
            if known.response:
                self.send(known.response, addr)
            return
        self.servers[key] = ServerTransaction()
        asyncio.get_running_loop().call_later(LIFETIME + 200, self.servers.pop, key, None)
        self.on_request(message, addr)

    def server_of(self, request: SipRequest) -> ServerTransaction | None:
        return self.servers.get(self._server_key(request, request.method))

    def reply(
        self,
        request: SipRequest,
        addr: Address,
        status: int,
        reason: str,
        *,
        to_tag: str = "",
        headers: Mapping[str, str] | None = None,
        body: str = "",
        content_type: str = "application/sdp",
    ) -> None:
        """Answer a request; a final answer to INVITE is repeated until the ACK comes."""
        response = SipResponse(status_code=status, reason_phrase=reason)
        for via in request.get_header_values("via"):
            response.headers.append("Via", via)
        for route in request.get_header_values("record-route"):
            response.headers.append("Record-Route", route)
        response.headers.append("From", header(request, "from"))
        to = header(request, "to")
        response.headers.append("To", to if tag_of(to) or status == 100 else f"{to};tag={to_tag or new_tag()}")
        response.headers.append("Call-ID", header(request, "call-id"))
        response.headers.append("CSeq", header(request, "cseq"))
        response.headers.append("User-Agent", AGENT)
        for name, value in (headers or {}).items():
            response.headers.append(name, value)
        if body:
            response.headers.append("Content-Type", content_type)
            response.body = body.encode()
        server = self.server_of(request)
        if server:
            server.response = response
        self.send(response, addr)
        if request.method == "INVITE" and status >= 200 and server:
            self.spawn(self._repeat_response(server, response, addr))

    async def _repeat_response(self, server: ServerTransaction, response: SipResponse, addr: Address) -> None:
        wait, deadline = self.repeat_after, time.monotonic() + LIFETIME
        while time.monotonic() < deadline:
            try:
                async with asyncio.timeout(wait):
                    await server.acked.wait()
                return
            except TimeoutError:
                self.send(response, addr)
                wait = min(wait * 2, T2)
        self.on_trouble(f"no ACK came for our {response.status_code} (Call-ID {response.call_id})")


class SipStream(SipSocket):
    """SIP over one TCP or TLS connection to the server (RFC 3261, 18): nothing is repeated there."""

    repeat_after = LIFETIME

    def __init__(
        self, host: str, server: Address, tls: bool, on_request: OnRequest, on_trouble: OnTrouble = _ignore
    ) -> None:
        super().__init__(host, 0, on_request, on_trouble)
        self.protocol = "TLS" if tls else "TCP"
        self._server = server
        self._writer: asyncio.StreamWriter | None = None

    async def start(self) -> None:
        context = None
        if self.protocol == "TLS":
            # A test phone trusts anybody: what it checks is the call, and the certificate may be self-signed.
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        reader, self._writer = await asyncio.open_connection(*self._server, ssl=context, local_addr=(self.host, 0))
        self.port = self._writer.get_extra_info("sockname")[1]
        self.spawn(self._read(reader))

    async def stop(self) -> None:
        await super().stop()
        if self._writer:
            self._writer.close()
            with contextlib.suppress(OSError):
                async with asyncio.timeout(CLOSING):
                    await self._writer.wait_closed()
            self._writer.transport.abort()
            self._writer = None

    def send(self, message: SipRequest | SipResponse, addr: Address) -> None:
        if self._writer:
            self._writer.write(bytes(message))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if not head.strip():
                    continue  # keep-alive
                length = re.search(rb"^(?:content-length|l)\s*:\s*(\d+)", head, re.I | re.M)
                body = await reader.readexactly(int(length.group(1))) if length else b""
                self.received_from(head.lstrip(b"\r\n") + body, self._server)
