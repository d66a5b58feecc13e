"""Follows Asterisk's security log: tells what happens at the SIP edge, and blocks who guesses."""

import asyncio
import ipaddress
import logging
import os
import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from svarhus.adapters.asterisk.browser_line import BROWSERS
from svarhus.adapters.asterisk.offences import Block, Offences, Sign
from svarhus.adapters.asterisk.places import lies_in

log = logging.getLogger("svarhus.sip_edge")

PACE = 0.25
"""Seconds between looks at the log."""
LARGEST = 5_000_000
"""Bytes after which the log is emptied."""
FIELD = re.compile(r'(\w+)="([^"]*)"')
UNKNOWN = "<unknown>"
UNKNOWN_CALLER = "UnknownCaller"
"""Our name for a challenge sent to nobody that we know, which is how every stranger is refused."""

SIGNS = {
    # Asterisk reports these only for an answer to its own challenge, so a forged sender address
    # does not get somebody else blocked.
    "ChallengeResponseFailed": Sign.WRONG_PASSWORD,
    "InvalidPassword": Sign.WRONG_PASSWORD,
    UNKNOWN_CALLER: Sign.UNKNOWN_CALLER,
    "SuccessfulAuth": Sign.SIGNED_IN,
}
QUIET = {"ChallengeSent", "SuccessfulAuth", "InvalidAccountID"}
"""Asterisk tells of an invalid account only from a stranger's second request on, so it is not counted."""


@dataclass(frozen=True)
class SecurityEvent:
    """One line of the log."""

    kind: str
    """Asterisk's name of it, `UnknownCaller`, or `Blocked` and `Banned` for what we did about it."""
    address: str
    account: str
    forgeable: bool = False
    """Anybody can have sent it in the name of this address: it came by UDP, and nothing has come back from there."""


def parse(line: str) -> SecurityEvent | None:
    """None for lines that are not about SIP."""
    fields = dict(FIELD.findall(line))
    kind, remote = fields.get("SecurityEvent"), fields.get("RemoteAddress", "").split("/")
    if kind is None or fields.get("Service") != "PJSIP" or len(remote) != 4:
        return None
    try:
        address = str(ipaddress.ip_address(remote[2]))
    except ValueError:
        return None
    account = fields.get("AccountID", UNKNOWN)
    stranger = kind == "ChallengeSent" and account == UNKNOWN
    return SecurityEvent(UNKNOWN_CALLER if stranger else kind, address, account, stranger and remote[1] == "UDP")


class Blocking(Protocol):
    """Where blocks are put."""

    def put(self, address: str, account: str | None, until: float) -> None: ...

    def lift(self, now: float) -> None: ...


class SipEdge:
    """Watches one Asterisk's security log from now on, from start() to stop()."""

    def __init__(
        self,
        log_file: Path,
        bans: Blocking,
        shared: Callable[[str], bool],
        known: Callable[[str], bool],
        tell: Callable[[SecurityEvent], None],
    ) -> None:
        """`shared`: an address used by many. `known`: a SIP name of ours. `tell` counts events."""
        self._log_file = log_file
        self._bans = bans
        self._known = known
        self._tell = tell
        self._offences = Offences(shared)
        self._position = 0
        self._rest = b""
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._position = self._size()
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(PACE)
            try:
                self.read_on()
                self._bans.lift(time.monotonic())
            except Exception:
                log.exception("sip edge: reading the security log failed")

    def _size(self) -> int:
        return self._log_file.stat().st_size if self._log_file.exists() else 0

    def read_on(self) -> None:
        """Take note of all lines since the last look."""
        size = self._size()
        if size < self._position:
            self._position, self._rest = 0, b""
        if size == self._position:
            return
        with self._log_file.open("rb") as file:
            file.seek(self._position)
            text = self._rest + file.read()
            self._position = file.tell()
        *lines, self._rest = text.split(b"\n")
        for line in lines:
            event = parse(line.decode(errors="replace"))
            if event is not None:
                self._note(event)
        if self._position > LARGEST:
            # Asterisk appends, so it goes on at the new end.
            os.truncate(self._log_file, 0)

    def _note(self, event: SecurityEvent) -> None:
        # What strangers call themselves may be a person's number and is not logged.
        account = event.account if self._known(event.account) else UNKNOWN
        event = replace(event, account=account)
        self._tell(event)
        if event.kind not in QUIET:
            log.warning("sip edge: %s from %s, account %s", event.kind, event.address, account)
        sign = SIGNS.get(event.kind)
        if sign is None or event.forgeable or event.address == BROWSERS:
            # Who pays for it must have sent it. All browsers come from one address; who of them offends is known to
            # the one who passes their messages on.
            return
        now = time.monotonic()
        block = self._offences.note(sign, event.address, account, now)
        if block is not None:
            self._block(block, now)

    def _block(self, block: Block, now: float) -> None:
        if block.account == UNKNOWN:
            return
        what = "Banned" if block.ban else "Blocked"
        self._tell(SecurityEvent(what, block.address, block.account or UNKNOWN))
        log.warning(
            "sip edge: %s %s, account %s, for %.0f s", what.lower(), block.address, block.account, block.seconds
        )
        self._bans.put(block.address, block.account, now + block.seconds)


def is_shared(address: str, networks: Collection[str]) -> bool:
    """Whether the address is this machine's own (whose phones share it) or lies in one of the networks."""
    return address == "127.0.0.1" or lies_in(address, networks)
