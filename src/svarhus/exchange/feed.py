"""Tells those who are watching what has changed: a snapshot, then changes by topic.

A change is encoded once, however many are watching. Of what changed several times before a watcher came
round to it, only the last is told; who falls too far behind gets a new snapshot.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable

import msgspec

from svarhus.domains.desk.model import CaseKind, CaseRef, DeskItem
from svarhus.exchange import live
from svarhus.exchange.core import Core
from svarhus.exchange.desk import LiveDesk
from svarhus.exchange.live import LiveTopic, LiveView
from svarhus.exchange.state import Topic
from svarhus.kit.ids import PersonKey, QueueKey

LONGEST_BACKLOG = 1000
"""Things of which one watcher has not been told yet, before it gets a snapshot instead."""

ALL_TOPICS = frozenset(LiveTopic)

_encoder = msgspec.json.Encoder()

_LISTS: dict[LiveTopic, Callable[[Core], tuple[LiveView, ...]]] = {
    LiveTopic.CALLS: live.calls,
    LiveTopic.QUEUES: live.queues,
    LiveTopic.AGENTS: live.agents,
    LiveTopic.CALLBACKS: live.callbacks,
}

_ON_DESK = {"calls": CaseKind.CALL, "bookings": CaseKind.CALLBACK, "voicemails": CaseKind.VOICEMAIL}


class Change(msgspec.Struct, frozen=True):
    """One thing as it is now."""

    topic: LiveTopic
    key: str
    value: LiveView | DeskItem | None
    """None when it is gone; always None for voicemails."""


class Watcher:
    """What one who is watching has yet to be told."""

    def __init__(self, feed: "LiveFeed", topics: Collection[LiveTopic]) -> None:
        self.topics = frozenset(topics)
        self.ended = False
        """The organisation has stopped, perhaps to begin anew: look for its new feed."""
        self._feed = feed
        self._untold: dict[tuple[str, str], str] = {}
        """Encoded changes by topic and key, in order of the last one."""
        self._anew = True
        self._seq = 0
        self._woken = asyncio.Event()
        self._woken.set()

    async def next(self) -> str | None:
        """All that is to be told now, as one message; waits until there is something. None: the feed has ended.

        `{"type": "snapshot", "seq": 1, ...}` (`live.Snapshot`), or `{"type": "changes", "seq": 2, "changes": [...]}`.
        The number is one higher than that of the message before.
        """
        await self._woken.wait()
        self._woken.clear()
        if self.ended:
            return None
        self._seq += 1
        if self._anew:
            self._anew = False
            message = f'{{"seq":{self._seq},{self._feed.snapshot(self.topics)}'
        else:
            message = f'{{"seq":{self._seq},"type":"changes","changes":[{",".join(self._untold.values())}]}}'
        self._untold.clear()
        return message

    def tell(self, topic: str, key: str, change: str) -> None:
        if not self._anew:
            self._untold.pop((topic, key), None)
            self._untold[topic, key] = change
            self._anew = len(self._untold) > LONGEST_BACKLOG
        self._woken.set()

    def begin_anew(self) -> None:
        self._anew = True
        self._woken.set()

    def end(self) -> None:
        self.ended = True
        self._woken.set()


class LiveFeed:
    """All who are watching one organisation."""

    def __init__(self, core: Core, desk: LiveDesk) -> None:
        self._core = core
        self.desk = desk
        self._watchers: set[Watcher] = set()
        self._ended = False
        self._lists: dict[LiveTopic, str] = {}
        """Encoded lists, good until the next change: many watchers may come at once."""

    @property
    def watchers(self) -> int:
        return len(self._watchers)

    def watch(self, topics: Collection[LiveTopic] = ALL_TOPICS) -> Watcher:
        watcher = Watcher(self, topics)
        if self._ended:
            watcher.end()
        self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        self._watchers.discard(watcher)

    def snapshot(self, topics: Collection[LiveTopic] = ALL_TOPICS) -> str:
        """`live.Snapshot` as JSON, without the opening brace and the number."""
        lists = "".join(f',"{topic}":{self._list(topic)}' for topic in (*_LISTS, LiveTopic.DESK) if topic in topics)
        return f'"type":"snapshot"{lists}}}'

    def _list(self, topic: LiveTopic) -> str:
        known = self._lists.get(topic)
        if known is None:
            views = self.desk.items(self._core) if topic is LiveTopic.DESK else _LISTS[topic](self._core)
            known = self._lists[topic] = _encoder.encode(views).decode()
        return known

    def tell(self) -> None:
        """Tell what has been touched since the last time."""
        touched = self._core.state.touched
        if not touched:
            return
        self._lists.clear()
        if any(kind == "configuration" for kind, _ in touched):
            for watcher in self._watchers:
                watcher.begin_anew()
        elif self._watchers:
            for topic in sorted(self._spread(touched)):
                self._tell(topic)
        touched.clear()

    def tell_of(self, topic: LiveTopic, key: str) -> None:
        """Tell of something that is not part of the live state: that it has changed."""
        self._tell_all(Change(topic, key, None))

    def end(self) -> None:
        """The organisation stops."""
        self._ended = True
        for watcher in self._watchers:
            watcher.end()

    def _tell(self, touched: Topic) -> None:
        kind, key = touched
        found = live.VIEWS.get(kind)
        if found is not None:
            topic, view = found
            self._tell_all(Change(topic, key, view(self._core, key)))
        if kind in _ON_DESK:
            self._tell_desk(f"{_ON_DESK[kind].value}:{key}")

    def tell_case(self, case: CaseRef) -> None:
        """Tell of what people have added to a case, or have done with it."""
        self._lists.pop(LiveTopic.DESK, None)
        self._tell_desk(case.key)

    def _tell_desk(self, key: str) -> None:
        self._tell_all(Change(LiveTopic.DESK, key, self.desk.item(self._core, key)))

    def _tell_all(self, change: Change) -> None:
        watchers = [watcher for watcher in self._watchers if change.topic in watcher.topics]
        if watchers:
            encoded = _encoder.encode(change).decode()
            for watcher in watchers:
                watcher.tell(change.topic, change.key, encoded)

    def _spread(self, touched: Iterable[Topic]) -> set[Topic]:
        """A change of one thing can show in others: a phone in its person, a person in the queues."""
        spread = set(touched)
        for kind, key in touched:
            if kind == "phones" and key in self._core.rules.by_endpoint:
                person = self._core.rules.by_endpoint[key].key
                spread |= {("agents", person), ("phone", person)}
                spread |= {("queues", queue) for queue in self._queues_of(person)}
            elif kind == "agents":
                spread |= {("queues", queue) for queue in self._queues_of(key)}
        return spread

    def _queues_of(self, person: str) -> frozenset[QueueKey]:
        """In which the person is logged in."""
        agent = self._core.state.agents.get(PersonKey(person))
        return agent.queues if agent else frozenset()
