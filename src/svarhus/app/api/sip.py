"""The SIP of the browser's phone, over a WebSocket of our own origin (RFC 7118).

It is brought to the telephony engine, message by message, each written anew. Who speaks is known by the session's
cookie, or by a visitor's token, and may speak for nobody else. Close codes are 4000 and the HTTP status.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from svarhus.adapters.asterisk.browser_calls import CallsOnLine
from svarhus.adapters.asterisk.browser_line import Line, LineOffences
from svarhus.adapters.asterisk.browser_sip import Speaker, is_sign_of_life, read
from svarhus.app.api.access import COOKIE, address_of, from_foreign_site
from svarhus.app.api.first_of import first_of
from svarhus.app.api.open_sockets import CountedSocket
from svarhus.app.api.services import ApiServices
from svarhus.app.api.standing import Standing
from svarhus.domains.people.rights import Actor
from svarhus.domains.presence.device import browser_endpoint
from svarhus.kit.errors import NotSignedIn, Refused, SvarhusError, TooMany, Unavailable

router = APIRouter()

ATTEMPTS = 50
"""Proofs without an answer that are remembered of one socket."""

REFUSED_PROOF = re.compile(r"SIP/2\.0 (?:401|407) ")
STALE = re.compile(r"\bstale=true\b", re.IGNORECASE)
CALL_ID = re.compile(r"^(?:call-id|i)[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
SEQUENCE = re.compile(r"^cseq[ \t]*:[ \t]*([0-9]+)[ \t]+([A-Z]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class _Proved:
    """For whom may be spoken."""

    speaker: Speaker
    actor: Actor | None = None
    """None: a visitor."""


Proof = Callable[[], Awaitable[_Proved]]
"""Says again and again for whom may be spoken. NotSignedIn when that is over."""


class SpeaksForAnother(Refused):
    """The message is in somebody else's name, or not SIP as browsers' phones speak it."""

    id = "speaks-for-another"
    title = "The message is not in your name"


class LineClosed(TooMany):
    """Too many messages in others' names or wrong passwords."""

    id = "line-closed"
    title = "The line is closed for a while"


@router.websocket("/ws/sip")
async def sip(socket: WebSocket) -> None:
    services: ApiServices = socket.app.state.services
    if from_foreign_site(socket) or services.browser_line is None:
        await socket.close()
        return
    await socket.accept("sip")
    try:
        await _pass(socket, services)
    except SvarhusError as error:
        await _close(socket, 4000 + error.status, error.id)
    except (WebSocketDisconnect, RuntimeError, OSError, KeyError):
        return


async def _pass(socket: WebSocket, services: ApiServices) -> None:
    assert services.browser_line is not None, "it was looked at"
    proof, address = _proof(socket, services), address_of(socket)
    with services.sockets.counted(address) as counted, services.standings.open() as standing:
        proved = await proof()
        standing.is_for(proved.actor)
        _take(counted, proved)
        visit = _Visit(proved.speaker, address, services.browser_line.offences)
        visit.require_open()
        async with services.browser_line.open() as line:
            keep = _keep(proof, visit, standing, services.pace.look)
            await first_of(_there(socket, line, visit), _back(socket, line, visit), keep)
    await _close(socket, 4503, "the engine has gone")


def _take(counted: CountedSocket, proved: _Proved) -> None:
    """TooManyOpen."""
    if proved.actor is None:
        counted.as_visitor(proved.speaker.user)
    else:
        counted.as_actor(proved.actor)


class _Visit:
    """Who speaks on one socket, and from where."""

    def __init__(self, speaker: Speaker, address: str, offences: LineOffences) -> None:
        self._speaker = speaker
        self._address = address
        self._offences = offences
        self._attempts: set[tuple[str, str]] = set()
        """Proofs of a password that are not answered yet."""
        self._calls = CallsOnLine()
        self._silent = asyncio.Event()

    @property
    def _who(self) -> tuple[str, str]:
        return self._address, self._speaker.user

    def require_open(self) -> None:
        if self._offences.is_closed(self._who, time.monotonic()):
            raise LineClosed("There were too many wrong passwords.", "Try again in a minute.")

    async def last_call_over(self) -> None:
        """Let a conversation end in peace; nothing else is passed on from here."""
        self._calls.let_end()
        if not self._calls.over:
            await self._silent.wait()

    def passes(self, message: str) -> bool:
        """Whether it may be passed on, in either direction."""
        passed = self._calls.passes(message)
        if self._calls.over:
            self._silent.set()
        else:
            self._silent.clear()
        return passed

    def said(self, text: str) -> str:
        """What is passed on of a frame, if anything. SpeaksForAnother."""
        if is_sign_of_life(text):
            return ""
        message = read(text)
        if message is None or not message.is_of(self._speaker):
            self._offences.note(self._who, time.monotonic())
            raise SpeaksForAnother("The message was not passed on.")
        if message.attempt:
            if len(self._attempts) >= ATTEMPTS:
                self._attempts.clear()
            self._attempts.add(message.attempt)
        written = message.written(self._address)
        return written if self.passes(written) else ""

    def heard(self, text: str) -> None:
        """Take note of a proof that was refused. LineClosed."""
        refused = REFUSED_PROOF.match(text) and not STALE.search(text)
        call, sequence = CALL_ID.search(text), SEQUENCE.search(text)
        if not text.startswith("SIP/2.0 ") or not call or not sequence:
            return
        attempt = (call[1], f"{sequence[1]} {sequence[2]}")
        if attempt in self._attempts and not text.startswith("SIP/2.0 1"):
            self._attempts.discard(attempt)
            if refused and self._offences.note(self._who, time.monotonic()):
                raise LineClosed("There were too many wrong passwords.", "Try again in a minute.")


def _proof(socket: WebSocket, services: ApiServices) -> Proof:
    token = socket.query_params.get("guest")
    if token is not None:
        call_us = services.call_us

        async def guest() -> _Proved:
            if call_us is None:
                raise NotSignedIn("No visitors are let in here.")
            visitor = call_us.guest(token)
            return _Proved(Speaker(visitor.name, visitor.numbers))

        return guest
    cookie = socket.cookies.get(COOKIE)
    if cookie is None:
        raise NotSignedIn("Nobody is signed in.", "Sign in first.")

    async def person() -> _Proved:
        organisations = services.organisations
        actor = await organisations.sign_in.signed_in(cookie, in_use=False)
        _, document = await organisations.repository.load(actor.organisation)
        mine = [one.extension for one in document.people if one.key == actor.person and one.extension]
        if not mine:
            raise Refused("You have no extension.", "Ask an administrator for one.")
        return _Proved(Speaker(browser_endpoint(mine[0])), actor)

    return person


async def _there(socket: WebSocket, line: Line, visit: _Visit) -> None:
    while True:
        message = visit.said(await socket.receive_text())
        if message:
            await line.send_str(message)


async def _back(socket: WebSocket, line: Line, visit: _Visit) -> None:
    async for message in line:
        if message.type is aiohttp.WSMsgType.TEXT:
            text = str(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            text = message.data.decode(errors="replace")
        else:
            continue
        if visit.passes(text):
            await socket.send_text(text)
        visit.heard(text)


async def _keep(proof: Proof, visit: _Visit, standing: Standing, every: float) -> None:
    while True:
        await standing.woken(every)
        try:
            await standing.look(proof)
        except (NotSignedIn, Refused):
            await visit.last_call_over()
            raise
        except Unavailable:
            # Nothing can be known while the database is away; calls go on.
            continue


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    try:
        await socket.close(code, reason)
    except (WebSocketDisconnect, RuntimeError, OSError):
        return
