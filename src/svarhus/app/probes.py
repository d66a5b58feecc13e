"""Questions to what runs on this machine: does it answer, and who holds a port."""

import asyncio
import errno
import os
import secrets
import socket
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Transport = Literal["tcp", "udp"]


async def sip_answers(host: str, port: int, limit: float = 1.0) -> bool:
    """Whether something there answers an OPTIONS request over UDP, with whatever status. RFC 3261, 11."""
    loop = asyncio.get_running_loop()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        try:
            sender.connect((host, port))
            await loop.sock_sendall(sender, _options(host, port, sender.getsockname()[1]))
            async with asyncio.timeout(limit):
                reply = await loop.sock_recv(sender, 4096)
        except (OSError, TimeoutError):
            return False
    return reply.startswith(b"SIP/2.0 ")


def _options(host: str, port: int, own_port: int) -> bytes:
    target = f"sip:probe@{_in_uri(host)}:{port}"
    own = f"{_in_uri(host)}:{own_port}"
    lines = (
        f"OPTIONS {target} SIP/2.0",
        f"Via: SIP/2.0/UDP {own};rport;branch=z9hG4bK{secrets.token_hex(8)}",
        f"From: <sip:probe@{own}>;tag={secrets.token_hex(4)}",
        f"To: <{target}>",
        f"Call-ID: {secrets.token_hex(8)}",
        "CSeq: 1 OPTIONS",
        f"Contact: <sip:probe@{own}>",
        "Max-Forwards: 70",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _in_uri(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@dataclass(frozen=True)
class Answer:
    """What a web server answered."""

    status: int
    body: str


async def http_get(
    host: str, port: int, path: str, limit: float = 2.0, *, user: str = "", password: str = ""
) -> Answer | None:
    """The answer to a plain GET; None when nothing answers in time."""
    sign_in = b64encode(f"{user}:{password}".encode()).decode()
    headers = f"Host: {_in_uri(host)}:{port}\r\nConnection: close\r\n" + (
        f"Authorization: Basic {sign_in}\r\n" if user else ""
    )
    try:
        async with asyncio.timeout(limit):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(f"GET {path} HTTP/1.0\r\n{headers}\r\n".encode())
                text = (await reader.read(1 << 20)).decode(errors="replace")
                while more := await reader.read(1 << 20):
                    text += more.decode(errors="replace")
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return None
    head, _, body = text.partition("\r\n\r\n")
    words = head.split(maxsplit=2)
    return Answer(int(words[1]), body) if len(words) > 1 and words[1].isdigit() else None


async def connects(host: str, port: int, limit: float = 2.0) -> bool:
    """Whether a TCP connection can be made."""
    try:
        async with asyncio.timeout(limit):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


def why_not_free(address: str, port: int, transport: Transport) -> int | None:
    """The system's number of the error with which we could not listen there now; None when we could."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    kind = socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
    with socket.socket(family, kind) as probe:
        if transport == "tcp":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            return error.errno or errno.EINVAL
    return None


@dataclass(frozen=True)
class Holder:
    """The process that holds a port."""

    pid: int
    program: str


def holder_of(port: int, transport: Transport) -> Holder | None:
    """Who listens on the port, as far as /proc tells us (of others' processes only root is told). proc(5)."""
    sockets = set(_listening(port, transport))
    if not sockets:
        return None
    for folder in Path("/proc").glob("[0-9]*"):
        if sockets & set(_sockets_of(folder)):
            return Holder(int(folder.name), _program(folder))
    return None


def _listening(port: int, transport: Transport) -> Iterator[str]:
    for table in (transport, f"{transport}6"):
        try:
            rows = Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        except OSError:
            continue
        for row in (line.split() for line in rows):
            listens = transport == "udp" or row[3] == "0A"
            if listens and int(row[1].rpartition(":")[2], 16) == port:
                yield f"socket:[{row[9]}]"


def _sockets_of(process: Path) -> Iterator[str]:
    try:
        with os.scandir(process / "fd") as entries:
            for entry in entries:
                yield os.readlink(entry.path)
    except OSError:
        return


def _program(process: Path) -> str:
    try:
        words = (process / "cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return "a process"
    names = [os.path.basename(word) for word in words]
    if names[0].startswith("ld-linux") and len(names) > 3:
        return names[3]  # Asterisk, run through the loader that came with it: --library-path FOLDER PROGRAM
    return " ".join(words[:3]) if "-m" in words[:2] else names[0]
