"""Asterisk's manager interface (AMI), for what ARI cannot do: over HTTP, at ARI's address, with its name and secret.

Each request is one HTTP request. A refusal (a channel that has just hung up) is an outcome, not an exception.
"""

import asyncio
import logging
from collections.abc import Mapping

import aiohttp

from svarhus.adapters.asterisk.ari import AriAddress

log = logging.getLogger(__name__)

TIME_LIMIT = 2.0
"""Seconds for one request."""
ATTEMPTS = 4
PAUSE = 0.15
"""Seconds before the second attempt; twice as long before each one after it."""


class AmiClient:
    """Signs in when it must, and tries again what got no answer."""

    def __init__(self, address: AriAddress) -> None:
        self._url = f"{address.url}/rawman"
        self._sign_in = {"Action": "Login", "Username": address.user, "Secret": address.password}
        self._session: aiohttp.ClientSession | None = None

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def request(self, action: str, fields: Mapping[str, str]) -> bool:
        """Whether it was carried out. False when it was refused, or nobody answered in several attempts."""
        pause = PAUSE
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(pause)
                pause *= 2
            answer = await self._signed_in({"Action": action, **fields})
            if answer is not None:
                return answer
        log.error("ami: %s had no answer in %d attempts", action, ATTEMPTS)
        return False

    async def _signed_in(self, fields: Mapping[str, str]) -> bool | None:
        """None: no answer, or the sign-in did not work."""
        body = await self._post(fields)
        if body is not None and "Permission denied" in body:
            # Signed in no longer, since Asterisk forgets it after a minute; or not yet.
            body = await self._post(fields) if _done(await self._post(self._sign_in) or "") else None
        if body is None:
            return None
        if not _done(body):
            log.debug("ami: %s was refused: %s", fields["Action"], body.strip())
        return _done(body)

    async def _post(self, fields: Mapping[str, str]) -> str | None:
        if self._session is None:
            # Cookies of bare addresses are kept only by a jar that is told so.
            limit = aiohttp.ClientTimeout(TIME_LIMIT)
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), timeout=limit)
        try:
            async with self._session.post(self._url, data=fields) as response:
                return await response.text()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("ami: %s had no answer: %s", fields["Action"], type(error).__name__)
            return None


def _done(body: str) -> bool:
    return "Response: Success" in body
