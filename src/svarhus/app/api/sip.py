"""The SIP of the browser's phone, over a WebSocket of our own origin (RFC 7118).

It is passed on to the telephony engine, message by message. Who speaks is known by the session's cookie, or by a
visitor's token, and may speak for nobody else. Close codes are 4000 and the HTTP status.
"""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from svarhus.adapters.asterisk.browser_line import LONGEST, Line, speaks_for, with_address
from svarhus.app.api.access import COOKIE, from_foreign_site
from svarhus.app.api.services import ApiServices
from svarhus.kit.errors import NotSignedIn, Refused, SvarhusError, Unavailable

router = APIRouter()

LOOK = 30.0
"""Seconds between looks whether the one who speaks may still do so."""

Allowed = Callable[[str], bool]
"""Whether this is a SIP user for whom may be spoken."""

Proof = Callable[[], Awaitable[Allowed]]
"""Says again and again for whom may be spoken. NotSignedIn when that is over."""


class SpeaksForAnother(Refused):
    """The message is in somebody else's name, or not SIP as browsers' phones speak it."""

    id = "speaks-for-another"
    title = "The message is not in your name"


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
    proof = _proof(socket, services)
    allowed = await proof()
    async with services.browser_line.open() as line:
        works = [_there(socket, line, allowed), _back(socket, line), _keep(proof)]
        tasks = [asyncio.ensure_future(work) for work in works]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()
    await _close(socket, 4503, "the engine has gone")


def _proof(socket: WebSocket, services: ApiServices) -> Proof:
    token = socket.query_params.get("guest")
    if token is not None:
        call_us = services.call_us

        async def guest() -> Allowed:
            if call_us is None:
                raise NotSignedIn("No visitors are let in here.")
            name = call_us.guest(token).name
            return lambda user: user == name

        return guest
    cookie = socket.cookies.get(COOKIE)
    if cookie is None:
        raise NotSignedIn("Nobody is signed in.", "Sign in first.")

    async def person() -> Allowed:
        organisations = services.organisations
        actor = await organisations.sign_in.signed_in(cookie, in_use=False)
        _, document = await organisations.repository.load(actor.organisation)
        mine = [one.extension for one in document.people if one.key == actor.person and one.extension]
        if not mine:
            raise Refused("You have no extension.", "Ask an administrator for one.")
        return lambda user: user == mine[0] or user.startswith(f"{mine[0]}-")

    return person


async def _there(socket: WebSocket, line: Line, allowed: Allowed) -> None:
    address = socket.client.host if socket.client else ""
    while True:
        message = await socket.receive_text()
        if len(message) > LONGEST or not speaks_for(message, allowed):
            raise SpeaksForAnother("The message was not passed on.")
        await line.send_str(with_address(message, address) if address else message)


async def _back(socket: WebSocket, line: Line) -> None:
    async for message in line:
        if message.type is aiohttp.WSMsgType.TEXT:
            await socket.send_text(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            await socket.send_text(message.data.decode())


async def _keep(proof: Proof) -> None:
    while True:
        await asyncio.sleep(LOOK)
        try:
            await proof()
        except Unavailable:
            # Nothing can be known while the database is away; calls go on.
            continue


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    try:
        await socket.close(code, reason)
    except (WebSocketDisconnect, RuntimeError, OSError):
        return
