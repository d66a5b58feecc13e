"""Browsers' SIP, brought to Asterisk through our own port.

A page then needs one origin and one certificate, and Asterisk's WebSocket need not be open to the network.
Who speaks is known before the first message, so that nobody can speak for somebody else, or try passwords.
"""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

import aiohttp

from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.kit.errors import Unavailable

BROWSERS = "127.0.83.1"
"""Loopback address from which browsers' messages reach an Asterisk on this machine: a trunk that is known by
the machine's own address must not be taken for one of them."""

LONGEST = 65_536
"""Characters of a message. An offer with many candidates is about 4,000."""

METHODS = frozenset({"REGISTER", "INVITE", "ACK", "BYE", "CANCEL", "INFO", "UPDATE", "OPTIONS", "REFER", "NOTIFY"})
SHORT = {"f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length"}
"""Compact names of headers (RFC 3261, 7.3.3)."""

_quoted = re.compile(r'"(?:\\.|[^"\\])*"')
_user = re.compile(r"\s*sips?:([^@;>\s]+)@", re.IGNORECASE)
_username = re.compile(r'\busername\s*=\s*"([^"]*)"', re.IGNORECASE)
_tag = re.compile(r";\s*tag=", re.IGNORECASE)
_hidden = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\.local")
_length = re.compile(r"^(content-length|l)[ \t]*:.*$", re.IGNORECASE | re.MULTILINE)

Line = aiohttp.ClientWebSocketResponse[Literal[True]]


def speaks_for(message: str, allowed: Callable[[str], bool]) -> bool:
    """Whether what a browser sends is in the name of an allowed SIP user, as far as it names one.

    Responses, and requests within a call, belong to what Asterisk knows already.
    """
    if not message.strip() or message.startswith("SIP/2.0 "):
        return True
    start, *lines = message.partition("\r\n\r\n")[0].split("\r\n")
    headers = _headers(lines)
    method = start.partition(" ")[0]
    if headers is None or method not in METHODS:
        return False
    named = [_username.findall(value) for name in ("authorization", "proxy-authorization") for value in headers[name]]
    if not all(found and all(map(allowed, found)) for found in named):
        return False
    return _from_allowed(method, headers["from"], headers["to"], allowed)


def with_address(message: str, address: str) -> str:
    """The message with the browser's address where the browser hides it behind a name of its own (RFC 8828, mDNS).

    Asterisk can look these names up nowhere, and begins no connection without a candidate.
    """
    head, gap, body = message.partition("\r\n\r\n")
    shown = _hidden.sub(address, body)
    if shown == body:
        return message
    return _length.sub(lambda found: f"{found[1]}: {len(shown.encode())}", head) + gap + shown


class BrowserLine:
    """Opens connections to one Asterisk."""

    def __init__(self, address: AriAddress) -> None:
        self._url = address.url.replace("http", "ws", 1).rstrip("/") + "/ws"
        self._local = (BROWSERS, 0) if "//127.0.0.1:" in address.url else None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Line]:
        """Unavailable when Asterisk does not take it."""
        connector = aiohttp.TCPConnector(local_addr=self._local)
        async with aiohttp.ClientSession(connector=connector) as session:
            try:
                line = await session.ws_connect(self._url, protocols=("sip",), max_msg_size=4 * LONGEST)
            except (aiohttp.ClientError, OSError, TimeoutError):
                raise Unavailable("The telephony engine does not answer.", "Try again in a moment.") from None
            async with line:
                yield line


def _headers(lines: list[str]) -> dict[str, list[str]] | None:
    """By their long names in lower case; None for what no browser's program writes."""
    found: dict[str, list[str]] = {name: [] for name in ("authorization", "proxy-authorization", "from", "to")}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or line[:1].isspace() or "\n" in line or "\r" in line:
            return None
        key = name.strip().lower()
        found.setdefault(SHORT.get(key, key), []).append(value.strip())
    return found


def _from_allowed(method: str, senders: list[str], receivers: list[str], allowed: Callable[[str], bool]) -> bool:
    if len(senders) != 1 or len(receivers) != 1:
        return False
    if _tag.search(receivers[0]) and method != "REGISTER":
        return True
    parties = (senders[0], receivers[0]) if method == "REGISTER" else senders[:1]
    return all(allowed(_user_of(party)) for party in parties)


def _user_of(party: str) -> str:
    """The user part of a From or To; empty when there is none. What stands in quotes is only a name."""
    plain = _quoted.sub("", party)
    found = _user.match(plain.partition("<")[2] if "<" in plain else plain)
    return found[1] if found else ""
