"""Tells devices of calls that are offered to their people.

It watches as a console does, beside the exchange: whatever push services do, no call waits for them.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping

import msgspec
import structlog

from svarhus.domains.calls.model import CallKind
from svarhus.domains.push.model import Notice
from svarhus.domains.push.service import Push
from svarhus.exchange.running.exchange import Exchange
from svarhus.exchange.showing.feed import Sight
from svarhus.exchange.showing.views import LiveTopic
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId, PersonKey

log = structlog.get_logger()

LOOK_EVERY = 20.0
"""Seconds until it is looked who has devices, when nothing tells of a change: sessions also end by themselves."""

AGAIN = 1.0
MOST_AT_ONCE = 50
"""Notices on their way; what comes beyond is left out, for a notice that is late is of no use."""


class _Leg(msgspec.Struct, frozen=True):
    role: str
    state: str
    person: str | None = None


class _Call(msgspec.Struct, frozen=True):
    id: str
    kind: str
    queue: str | None = None
    caller: str | None = None
    offered_to: str | None = None
    legs: tuple[_Leg, ...] = ()

    def offered(self) -> frozenset[str]:
        """Whose phones ring for it. Whoever has called himself need not be told."""
        if self.kind == CallKind.OUTGOING:
            return frozenset()
        ringing = {leg.person for leg in self.legs if leg.state == "ringing" and leg.role != "caller"}
        return frozenset(person for person in {*ringing, self.offered_to} if person)


class _Change(msgspec.Struct, frozen=True):
    topic: str
    key: str
    value: _Call | None = None


class _Message(msgspec.Struct, frozen=True):
    type: str
    changes: tuple[_Change, ...] = ()
    calls: tuple[_Call, ...] = ()


_message = msgspec.json.Decoder(_Message).decode


class PushOffers:
    """Watches the organisations in which somebody has a device."""

    def __init__(self, running: Mapping[OrganisationId, Exchange], push: Push) -> None:
        self._running = running
        self._push = push
        self._people: frozenset[tuple[OrganisationId, PersonKey]] = frozenset()
        self._watching: dict[OrganisationId, asyncio.Task[None]] = {}
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                with contextlib.suppress(SvarhusError):
                    self._people = await self._push.people()
                self._watch_those_with_devices()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._push.changed.wait()
                self._push.changed.clear()
        finally:
            for task in (*self._watching.values(), *self._sending):
                task.cancel()

    def _watch_those_with_devices(self) -> None:
        wanted = {organisation for organisation, _ in self._people}
        for organisation in self._watching.keys() - wanted:
            self._watching.pop(organisation).cancel()
        for organisation in wanted - self._watching.keys():
            self._watching[organisation] = asyncio.create_task(self._watch(organisation))

    async def _watch(self, organisation: OrganisationId) -> None:
        while True:
            exchange = self._running.get(organisation)
            if exchange is None:
                await asyncio.sleep(AGAIN)
                continue
            watcher = exchange.live.watch(Sight(frozenset({LiveTopic.CALLS})))
            known: dict[str, frozenset[str]] = {}
            try:
                while (text := await watcher.next()) is not None:
                    self._take(organisation, exchange, _message(text), known)
            finally:
                exchange.live.leave(watcher)
            await asyncio.sleep(AGAIN)

    def _take(
        self, organisation: OrganisationId, exchange: Exchange, message: _Message, known: dict[str, frozenset[str]]
    ) -> None:
        if message.type == "snapshot":
            known.clear()
            known.update({call.id: call.offered() for call in message.calls})
            return
        for change in message.changes:
            offered = change.value.offered() if change.value else frozenset()
            new = offered - known.get(change.key, frozenset())
            known[change.key] = offered
            if not offered:
                del known[change.key]
            for person in new:
                if change.value and (organisation, PersonKey(person)) in self._people:
                    self._tell(organisation, exchange, PersonKey(person), change.value)

    def _tell(self, organisation: OrganisationId, exchange: Exchange, person: PersonKey, call: _Call) -> None:
        if len(self._sending) >= MOST_AT_ONCE:
            log.warning("push_left_out", organisation=organisation)
            return
        queue = next((queue for queue in exchange.core.rules.queues.values() if queue.key == call.queue), None)
        shown = exchange.core.rules.document.organisation.notices_show_caller
        seconds = queue.ring_time if queue else 20

        def notice(language: str) -> Notice:
            name, caller = queue.name if queue else "", (call.caller or "") if shown else ""
            return Notice("offer", language, queue=name, caller=caller, seconds=int(seconds), tag=call.id)

        task = asyncio.create_task(self._send(organisation, person, notice))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, organisation: OrganisationId, person: PersonKey, notice: Callable[[str], Notice]) -> None:
        try:
            await self._push.offer(organisation, person, notice)
        except SvarhusError as error:
            log.info("push_not_sent", organisation=organisation, error=error.id)
