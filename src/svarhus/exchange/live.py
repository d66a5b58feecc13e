"""Live state for those who are watching: a snapshot, then changes by topic, each with a number.

A watcher that misses a number (it was too slow) takes a new snapshot.
"""

import asyncio
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

import msgspec

from svarhus.domains.callbacks.state import BookingStatus
from svarhus.domains.queues.estimate import estimated_wait
from svarhus.exchange.core import Core
from svarhus.exchange.decisions.dialling import person_reachable
from svarhus.exchange.state import State, Topic
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, LegId, PersonKey, QueueKey

V = TypeVar("V")

LONGEST_BACKLOG = 2000
"""Changes that wait for one watcher before it is told to begin anew."""


class LiveLegView(msgspec.Struct, frozen=True):
    leg: str
    role: str
    party: str
    person: str | None
    state: str
    """`ringing`, `up`, `talking` or `held`."""


class LiveCall(msgspec.Struct, frozen=True):
    """A call in progress."""

    id: str
    kind: str
    state: str
    """`in_flow`, `waiting`, `ringing`, `talking`, `ending`."""
    began_at: Instant
    caller: str | None
    caller_name: str
    dialled: str
    language: str
    queue: str | None
    waiting_since: Instant | None
    position: int | None
    offered_to: str | None
    talking_since: Instant | None
    booking: str | None
    legs: tuple[LiveLegView, ...]


class LiveQueue(msgspec.Struct, frozen=True):
    key: str
    name: str
    waiting: tuple[str, ...]
    """Calls that wait, next first."""
    longest_since: Instant | None
    logged_in: int
    free: int
    estimated_wait: float | None
    """Seconds for a caller who came now; None when it cannot be known."""


class AgentState(StrEnum):
    LOGGED_OUT = "logged_out"
    AVAILABLE = "available"
    UNREACHABLE = "unreachable"
    RINGING = "ringing"
    TALKING = "talking"
    AFTER_CALL_WORK = "after_call_work"


class LiveAgent(msgspec.Struct, frozen=True):
    key: str
    name: str
    state: AgentState
    queues: tuple[str, ...]
    after_call_until: Instant | None
    idle_since: Instant | None
    calls: tuple[str, ...]
    phone_reachable: bool


class LiveBooking(msgspec.Struct, frozen=True):
    id: str
    queue: str
    number: str
    status: BookingStatus
    promised_at: Instant
    due_at: Instant
    attempts: int
    person: str | None
    call: str | None


LiveView = LiveCall | LiveQueue | LiveAgent | LiveBooking


class Change(msgspec.Struct, frozen=True):
    """One thing as it is now; `value` is None when it is gone."""

    seq: int
    topic: str
    key: str
    value: LiveView | None


class Everything(msgspec.Struct, frozen=True):
    """All that is live at one moment. Changes go on from `seq`."""

    seq: int
    calls: tuple[LiveCall, ...]
    queues: tuple[LiveQueue, ...]
    agents: tuple[LiveAgent, ...]
    bookings: tuple[LiveBooking, ...]


class Watcher:
    """A queue of changes for one who is watching."""

    def __init__(self) -> None:
        self._changes: asyncio.Queue[Change] = asyncio.Queue(LONGEST_BACKLOG)
        self.overrun = False
        """It was too slow: changes are missing, take a snapshot."""

    async def next(self) -> Change:
        return await self._changes.get()

    def tell(self, change: Change) -> None:
        try:
            self._changes.put_nowait(change)
        except asyncio.QueueFull:
            self.overrun = True

    def begin_anew(self) -> None:
        while not self._changes.empty():
            self._changes.get_nowait()
        self.overrun = False


class LiveFeed:
    """Tells watchers what has changed."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._watchers: set[Watcher] = set()
        self._seq = 0

    def watch(self) -> Watcher:
        watcher = Watcher()
        self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        self._watchers.discard(watcher)

    def everything(self) -> Everything:
        rules, state = self._core.rules, self._core.state
        return Everything(
            self._seq,
            tuple(_present(_call(self._core, key) for key in state.calls)),
            tuple(_present(_queue(self._core, key) for key in rules.queues)),
            tuple(_present(_agent(self._core, key) for key in rules.people)),
            tuple(_present(_booking(self._core, key) for key in state.bookings)),
        )

    def tell(self) -> None:
        """Tell what has been touched since the last time."""
        touched = self._core.state.touched
        if self._watchers:
            for topic in sorted(_spread(self._core.state, touched, self._core)):
                self._tell(topic)
        touched.clear()

    def _tell(self, topic: Topic) -> None:
        kind, key = topic
        view = _VIEWS.get(kind)
        if view is None:
            return
        self._seq += 1
        change = Change(self._seq, kind, key, view(self._core, key))
        for watcher in self._watchers:
            watcher.tell(change)


def _spread(state: State, touched: Iterable[Topic], core: Core) -> set[Topic]:
    """A change of one thing can show in others: a phone in its person, a new configuration everywhere."""
    spread = set(touched)
    for kind, key in touched:
        if kind == "phones" and key in core.rules.by_extension:
            spread.add(("agents", core.rules.by_extension[key].key))
        elif kind == "agents" and (agent := state.agents.get(PersonKey(key))):
            spread |= {("queues", queue) for queue in agent.queues}
        elif kind == "configuration":
            spread |= {("queues", queue) for queue in core.rules.queues}
            spread |= {("agents", person) for person in core.rules.people}
    return spread


def _present(views: Iterable[V | None]) -> Iterable[V]:
    return (view for view in views if view is not None)


# ------------------------------------------------------------------ views


def _call(core: Core, key: str) -> LiveCall | None:
    state = core.state
    call = state.calls.get(CallId(key))
    if call is None:
        return None
    waiting = state.waiting.get(call.id)
    offer = state.offers.get(waiting.offer) if waiting and waiting.offer else None
    return LiveCall(
        id=call.id,
        kind=call.kind.value,
        state=_call_state(core, key),
        began_at=call.began_at,
        caller=call.caller,
        caller_name=call.caller_name,
        dialled=call.dialled,
        language=call.language,
        queue=waiting.queue if waiting else (call.parts[-1].queue if call.parts else None),
        waiting_since=waiting.entered_at if waiting else None,
        position=state.position(waiting) if waiting else None,
        offered_to=offer.person if offer else None,
        talking_since=call.talk_since,
        booking=call.booking,
        legs=tuple(_leg(state, leg) for leg in call.legs),
    )


def _call_state(core: Core, key: str) -> str:
    state, call = core.state, core.state.calls[CallId(key)]
    if call.ending:
        return "ending"
    if call.talk_since:
        return "talking"
    if call.id in state.waiting:
        return "ringing" if state.waiting[call.id].offer else "waiting"
    return "in_flow" if call.position else "ringing"


def _leg(state: State, key: str) -> LiveLegView:
    leg = state.legs[LegId(key)]
    if leg.held:
        shown = "held"
    elif leg.join:
        shown = "talking"
    else:
        shown = "up" if leg.answered_at else "ringing"
    return LiveLegView(leg.id, leg.role.value, leg.party, leg.person, shown)


def _queue(core: Core, key: str) -> LiveQueue | None:
    queue = core.rules.queues.get(QueueKey(key))
    if queue is None:
        return None
    state, queue_key = core.state, QueueKey(key)
    line = state.lines.get(queue_key, [])
    staff = state.logged_in(queue_key)
    return LiveQueue(
        key=key,
        name=queue.name,
        waiting=tuple(call for _, call in line),
        longest_since=min((state.waiting[call].entered_at for _, call in line), default=None),
        logged_in=staff,
        free=sum(agent.free and queue_key in agent.queues for agent in state.agents.values()),
        estimated_wait=estimated_wait(state.stored.waits.get(queue_key, ()), len(line) + 1, staff),
    )


def _agent(core: Core, key: str) -> LiveAgent | None:
    person = core.rules.people.get(PersonKey(key))
    if person is None:
        return None
    state = core.state
    agent = state.agents.get(PersonKey(key))
    calls = sorted({state.legs[leg].call for leg in agent.legs}) if agent else []
    return LiveAgent(
        key=key,
        name=person.name,
        state=_agent_state(core, key),
        queues=tuple(sorted(agent.queues)) if agent else (),
        after_call_until=agent.after_call_until if agent else None,
        idle_since=agent.idle_since if agent else None,
        calls=tuple(calls),
        phone_reachable=person_reachable(state, core.rules, PersonKey(key)),
    )


def _agent_state(core: Core, key: str) -> AgentState:
    state = core.state
    agent = state.agents.get(PersonKey(key))
    if agent and agent.legs:
        answered = any(state.legs[leg].answered_at for leg in agent.legs)
        return AgentState.TALKING if answered else AgentState.RINGING
    if agent is None or not agent.queues:
        return AgentState.LOGGED_OUT
    if agent.after_call_until:
        return AgentState.AFTER_CALL_WORK
    reachable = person_reachable(state, core.rules, agent.person)
    return AgentState.AVAILABLE if reachable else AgentState.UNREACHABLE


def _booking(core: Core, key: str) -> LiveBooking | None:
    booking = core.state.bookings.get(BookingId(key))
    if booking is None:
        return None
    return LiveBooking(
        booking.id,
        booking.queue,
        booking.number,
        booking.status,
        booking.promised_at,
        booking.due_at,
        booking.attempts,
        booking.person,
        booking.attempt_call,
    )


_VIEWS: dict[str, Callable[[Core, str], LiveView | None]] = {
    "calls": _call,
    "queues": _queue,
    "agents": _agent,
    "bookings": _booking,
}
