"""What happens now: a snapshot over REST, and over a WebSocket a snapshot and then every change.

Close codes of the WebSocket are 4000 and the HTTP status: 4401 not signed in, 4403 not allowed, 4422 not
understood, 4429 too many are open. A message of type `problem` with the details comes before.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection
from typing import Annotated

from fastapi import Query, WebSocket, WebSocketDisconnect

from svarhus.app.api.access import COOKIE, Services, SignedIn, address_of, from_foreign_site
from svarhus.app.api.first_of import first_of
from svarhus.app.api.live_json import LiveJson, described
from svarhus.app.api.open_sockets import CountedSocket
from svarhus.app.api.problems import PROBLEMS, answer
from svarhus.app.api.routing import ApiRouter
from svarhus.app.api.services import ApiServices, LivePace
from svarhus.app.api.standing import Standing
from svarhus.app.sockets import straight
from svarhus.domains.people.rights import Actor
from svarhus.exchange.core.errors import ExchangeUnavailable
from svarhus.exchange.showing.feed import ALL_TOPICS, Watcher
from svarhus.exchange.showing.views import LiveTopic, Snapshot
from svarhus.kit.errors import Invalid, NotSignedIn, SvarhusError, Unavailable

router = ApiRouter(prefix="/api/live", tags=["live"], responses=PROBLEMS)

LONGEST_GREETING = 1000
"""Characters of the first message."""

AGAIN = 0.5
"""Seconds until an organisation that does not run is looked for again."""

SignIn = Callable[[], Awaitable[Actor]]
"""Says again and again who is watching. NotSignedIn when that is over."""

Topics = Annotated[str | None, Query(max_length=200, description="Comma-separated; all when it is left out.")]


class UnknownTopic(Invalid):
    id = "unknown-topic"
    title = "There is no such topic"


@router.get("/snapshot", response_class=LiveJson, responses=described(Snapshot))
async def snapshot(actor: SignedIn, services: Services, topics: Topics = None) -> LiveJson:
    """Calls, queues, agents and callbacks as they are now.

    The WebSocket `/api/live?topics=calls,queues` begins with the same and goes on with messages of the schema
    `Changes`; `ping` comes now and then, `away` while the organisation does not run, and `snapshot` again when
    it has begun anew or too much happened at once. Sign in by cookie, by `Authorization`, or with the first
    message `{"token": "…"}`.
    """
    running = services.centre.running
    return LiveJson('{"seq":0,' + running.feed(actor).snapshot(running.sight(actor, _topics(topics))))


@router.websocket("")
async def live(socket: WebSocket) -> None:
    services: ApiServices = socket.app.state.services
    if COOKIE in socket.cookies and from_foreign_site(socket):
        await socket.close()
        return
    await socket.accept()
    try:
        with services.sockets.counted(address_of(socket)) as counted:
            await _Watching(socket, services, counted).until_it_ends()
    except SvarhusError as error:
        await _refuse(socket, error)
    except (WebSocketDisconnect, TimeoutError, OSError, KeyError):
        # KeyError: what should be text is bytes.
        return


class _Watching:
    """One socket, from its sign-in to its end."""

    def __init__(self, socket: WebSocket, services: ApiServices, counted: CountedSocket) -> None:
        self._socket = socket
        self._services = services
        self._counted = counted
        self._pace: LivePace = services.pace
        self._topics = _topics(socket.query_params.get("topics"))
        self._watcher: Watcher | None = None

    async def until_it_ends(self) -> None:
        sign_in = await self._sign_in()
        with self._services.standings.open() as standing:
            self._actor = await sign_in()
            standing.is_for(self._actor)
            self._counted.as_actor(self._actor)
            await first_of(self._tell(), self._ping(), self._keep(sign_in, standing), self._read())

    async def _sign_in(self) -> SignIn:
        people = self._services.organisations
        scheme, _, secret = self._socket.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and secret:
            return lambda: people.tokens.signed_in(secret.strip())
        cookie = self._socket.cookies.get(COOKIE)
        if cookie:
            return lambda: people.sign_in.signed_in(cookie, in_use=False)
        self._counted.as_stranger()
        token = await self._greeting()
        return lambda: people.tokens.signed_in(token)

    async def _greeting(self) -> str:
        try:
            async with asyncio.timeout(self._pace.sign_in):
                text = await self._socket.receive_text()
            token = json.loads(text)["token"] if len(text) <= LONGEST_GREETING else None
        except (TimeoutError, ValueError, KeyError, TypeError, RecursionError):
            token = None
        if not isinstance(token, str) or not token.isascii():
            raise NotSignedIn("Nobody signed in.", 'Send `{"token": "…"}` as the first message.')
        return token

    async def _tell(self) -> None:
        """Everything that happens, also after the organisation has begun anew."""
        away = False
        while True:
            try:
                feed = self._services.centre.running.feed(self._actor)
            except ExchangeUnavailable:
                if not away:
                    await self._socket.send_text('{"type":"away"}')
                away = True
                await asyncio.sleep(AGAIN)
                continue
            away = False
            sight = self._services.centre.running.sight(self._actor, self._topics)
            self._watcher = watcher = feed.watch(sight, straight(self._socket))
            try:
                while (message := await watcher.next()) is not None:
                    await self._socket.send_text(message)
            finally:
                feed.leave(watcher)

    async def _ping(self) -> None:
        """A sign of life now and then."""
        while True:
            await asyncio.sleep(self._pace.ping)
            await self._socket.send_text('{"type":"ping"}')

    async def _keep(self, sign_in: SignIn, standing: Standing) -> None:
        """Whoever may no longer watch does not."""
        while True:
            await standing.woken(self._pace.look)
            await standing.look(lambda: self._still_allowed(sign_in))

    async def _still_allowed(self, sign_in: SignIn) -> None:
        try:
            self._actor = await sign_in()
            running = self._services.centre.running
            running.feed(self._actor)
            if self._watcher:
                self._watcher.look(running.sight(self._actor, self._topics))
        except Unavailable:
            # Nothing can be known while the database is away.
            return

    async def _read(self) -> None:
        """Nothing is expected; this notices when the other side goes away."""
        while True:
            await self._socket.receive_text()


def _topics(wanted: str | None) -> Collection[LiveTopic]:
    if wanted is None:
        return ALL_TOPICS
    known = {topic.value: topic for topic in LiveTopic}
    names = [name.strip() for name in wanted.split(",")]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UnknownTopic(f"There is no topic `{unknown[0]}`.", f"The topics are {', '.join(known)}.")
    return [known[name] for name in names]


async def _refuse(socket: WebSocket, error: SvarhusError) -> None:
    problem = bytes(answer(error).body).decode()
    try:
        await socket.send_text(f'{{"type":"problem","problem":{problem}}}')
        await socket.close(4000 + error.status, error.id)
    except (WebSocketDisconnect, RuntimeError, OSError):
        return
