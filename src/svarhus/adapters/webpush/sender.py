"""Hands messages over to push services (RFC 8030)."""

import asyncio
import fnmatch
import os
from collections.abc import Sequence
from urllib.parse import urlsplit

import aiohttp
import structlog
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from svarhus.adapters.webpush.encryption import LONGEST_MESSAGE, encrypted
from svarhus.adapters.webpush.identity import Identity
from svarhus.kit.clock import Clock
from svarhus.ports.push import PushOutcome, PushTarget

log = structlog.get_logger()

TIME_LIMIT = 8.0
"""Seconds for one message; a push service that does not answer by then is too late for a ringing call."""

_GONE = (404, 410)
"""RFC 8030, section 7.3: the subscription has expired or was ended."""


class WebPushSender:
    """Sends to the push services that it knows, and to nothing else. See `ports.push.PushSender`."""

    def __init__(self, identity: Identity, services: Sequence[str], clock: Clock) -> None:
        """`services`: origins such as `https://*.push.apple.com`."""
        self._identity = identity
        self._services = tuple(services)
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    @property
    def public_key(self) -> str:
        return self._identity.public_key

    def may_send_to(self, endpoint: str) -> bool:
        parts = urlsplit(endpoint)
        if parts.username or parts.password or not parts.hostname:
            return False
        origin = f"{parts.scheme}://{parts.netloc}"
        return any(fnmatch.fnmatchcase(origin, service) for service in self._services)

    async def send(self, target: PushTarget, message: bytes, seconds: int) -> PushOutcome:
        if not self.may_send_to(target.endpoint) or len(message) > LONGEST_MESSAGE:
            return PushOutcome.FAILED
        try:
            async with asyncio.timeout(TIME_LIMIT):
                status = await self._post(target, message, seconds)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.info("push_not_sent", service=urlsplit(target.endpoint).netloc, error=type(error).__name__)
            return PushOutcome.FAILED
        if status in _GONE:
            return PushOutcome.GONE
        if status >= 300:
            log.info("push_refused", service=urlsplit(target.endpoint).netloc, status=status)
            return PushOutcome.FAILED
        return PushOutcome.TAKEN

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(self, target: PushTarget, message: bytes, seconds: int) -> int:
        if self._session is None:
            self._session = aiohttp.ClientSession(trust_env=True)
        own = generate_private_key(SECP256R1())
        body = encrypted(message, target.public_key, target.secret, own, os.urandom(16))
        headers = {
            "Authorization": self._identity.authorization(target.endpoint, self._clock.now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(seconds),
            "Urgency": "high",
        }
        # A redirect could lead anywhere.
        posting = self._session.post(target.endpoint, data=body, headers=headers, allow_redirects=False)
        async with posting as response:
            return response.status
