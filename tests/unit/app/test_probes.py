import asyncio
import errno
import os
import socket
from typing import cast

import pytest

from svarhus.app.probes import Transport, connects, holder_of, http_get, sip_answers, why_not_free


@pytest.mark.parametrize(("transport", "kind"), [("tcp", socket.SOCK_STREAM), ("udp", socket.SOCK_DGRAM)])
def test_a_taken_port_and_its_holder_are_found(transport: Transport, kind: socket.SocketKind) -> None:
    with socket.socket(socket.AF_INET, kind) as held:
        held.bind(("127.0.0.1", 0))
        if transport == "tcp":
            held.listen()
        port = held.getsockname()[1]
        assert why_not_free("127.0.0.1", port, transport) == errno.EADDRINUSE
        holder = holder_of(port, transport)
        assert holder is not None
        assert holder.pid == os.getpid()
    assert why_not_free("127.0.0.1", port, transport) is None


class _Answering(asyncio.DatagramProtocol):
    def __init__(self, reply: bytes) -> None:
        self._reply = reply
        self.heard: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.heard.append(data)
        self._transport.sendto(self._reply, addr)


async def _asked(reply: bytes) -> tuple[bool, bytes]:
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(lambda: _Answering(reply), local_addr=("127.0.0.1", 0))
    try:
        return await sip_answers("127.0.0.1", transport.get_extra_info("sockname")[1]), protocol.heard[0]
    finally:
        transport.close()


async def test_any_sip_response_counts_as_an_answer() -> None:
    answered, heard = await _asked(b"SIP/2.0 401 Unauthorized\r\n\r\n")
    assert answered
    assert heard.startswith(b"OPTIONS sip:")
    assert b"\r\nVia: SIP/2.0/UDP 127.0.0.1:" in heard


async def test_what_is_no_sip_is_no_answer() -> None:
    answered, _ = await _asked(b"HTTP/1.1 200 OK\r\n\r\n")
    assert not answered


async def test_silence_is_no_answer() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        assert not await sip_answers("127.0.0.1", port, limit=0.05)
    assert await http_get("127.0.0.1", port, "/") is None
    assert not await connects("127.0.0.1", port)
