"""A browser's push service on this machine, and the browser that reads what comes."""

import asyncio
import base64
import os
import struct
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import msgspec
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ec import ECDH, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from svarhus.adapters.webpush.encryption import point_of, public_key


@dataclass(frozen=True)
class Arrived:
    """One message, read."""

    headers: dict[str, str]
    notice: dict[str, Any]


class PushService:
    """Takes messages at `endpoint`, or says that the browser is gone."""

    def __init__(self) -> None:
        self._key = generate_private_key(SECP256R1())
        self._secret = os.urandom(16)
        self.gone = False
        self.silent = False
        """Takes requests and never answers them."""
        self.arrived: asyncio.Queue[Arrived] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_post("/send/{key}", self._take)
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.endpoint = f"http://127.0.0.1:{self._runner.addresses[0][1]}/send/device"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def subscription(self, language: str = "sv") -> dict[str, object]:
        """As the browser gives it to the server."""
        keys = {"p256dh": _encoded(point_of(self._key.public_key())), "auth": _encoded(self._secret)}
        return {"endpoint": self.endpoint, "keys": keys, "language": language}

    async def _take(self, request: web.Request) -> web.Response:
        if self.gone:
            return web.Response(status=410)
        body = await request.read()
        self.arrived.put_nowait(Arrived(dict(request.headers), msgspec.json.decode(self._read(body))))
        if self.silent:
            await asyncio.sleep(60)
        return web.Response(status=201)

    def _read(self, body: bytes) -> bytes:
        """RFC 8188, section 2.1, and RFC 8291, section 3.4."""
        salt, (_, length) = body[:16], struct.unpack("!IB", body[16:21])
        sender, text = body[21 : 21 + length], body[21 + length :]
        shared = self._key.exchange(ECDH(), public_key(sender))
        material = _derived(shared, self._secret, b"WebPush: info\0" + point_of(self._key.public_key()) + sender, 32)
        key = _derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _derived(material, salt, b"Content-Encoding: nonce\0", 12)
        return AESGCM(key).decrypt(nonce, text, None).removesuffix(b"\x02")


def _derived(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key)


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
