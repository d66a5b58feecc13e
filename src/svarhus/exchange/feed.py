"""Tells those who are watching what has changed: a snapshot, then changes by topic.

A change is encoded once, however many are watching. Who is too slow for what happens gets a new snapshot
instead of what was missed.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable

import msgspec

from svarhus.exchange import live
from svarhus.exchange.core import Core
from svarhus.exchange.live import LiveTopic, LiveView
from svarhus.exchange.state import Topic
from svarhus.kit.ids import PersonKey

LONGEST_BACKLOG = 1000
"""Changes that wait for one watcher before it gets a snapshot instead."""

ALL_TOPICS = frozenset(LiveTopic)

_encoder = msgspec.json.Encoder()

_LISTS: dict[LiveTopic, Callable[[Core], tuple[LiveView, ...]]] = {
    LiveTopic.CALLS: live.calls,
    LiveTopic.QUEUES: live.queues,
    LiveTopic.AGENTS: live.agents,
    LiveTopic.CALLBACKS: live.callbacks,
}


class _Untold(msgspec.Struct, frozen=True, tag="change"):
    """One thing as it is now, without the number of the change, which each watcher counts for itself."""

    topic: LiveTopic
    key: str
    value: LiveView | None
    """None when it is gone; always None for voicemails."""


class Watcher:
    """What one who is watching has yet to be told, as JSON texts."""

    def __init__(self, feed: "LiveFeed", topics: Collection[LiveTopic]) -> None:
        self.topics = frozenset(topics)
        self.ended = False
        """The organisation has stopped, perhaps to begin anew: look for its new feed."""
        self._feed = feed
        self._untold: deque[str] = deque()
        self._anew = True
        self._seq = 0
        self._woken = asyncio.Event()
        self._woken.set()

    async def next(self) -> list[str]:
        """All that is to be told now; waits until there is something. Nothing when the feed has ended."""
        await self._woken.wait()
        self._woken.clear()
        if self._anew:
            self._anew = False
            self._untold.clear()
            return [self._numbered(self._feed.snapshot(self.topics))]
        told = [self._numbered(change) for change in self._untold]
        self._untold.clear()
        return told

    def tell(self, change: str) -> None:
        if not self._anew:
            self._untold.append(change)
            self._anew = len(self._untold) > LONGEST_BACKLOG
        self._woken.set()

    def begin_anew(self) -> None:
        self._anew = True
        self._woken.set()

    def end(self) -> None:
        self.ended = True
        self._untold.clear()
        self._anew = False
        self._woken.set()

    def _numbered(self, untold: str) -> str:
        self._seq += 1
        return f'{{"seq":{self._seq},{untold}'


class LiveFeed:
    """All who are watching one organisation."""

    def __init__(self, core: Core) -> None:
        self._core = core
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
        lists = "".join(f',"{topic}":{self._list(topic)}' for topic in _LISTS if topic in topics)
        return f'"type":"snapshot"{lists}}}'

    def _list(self, topic: LiveTopic) -> str:
        known = self._lists.get(topic)
        if known is None:
            known = self._lists[topic] = _encoder.encode(_LISTS[topic](self._core)).decode()
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
        self._tell_all(_Untold(topic, key, None))

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
            self._tell_all(_Untold(topic, key, view(self._core, key)))

    def _tell_all(self, change: _Untold) -> None:
        watchers = [watcher for watcher in self._watchers if change.topic in watcher.topics]
        if watchers:
            untold = _encoder.encode(change).decode()[1:]
            for watcher in watchers:
                watcher.tell(untold)

    def _spread(self, touched: Iterable[Topic]) -> set[Topic]:
        """A change of one thing can show in others: a phone in its person, a person in the queues."""
        spread = set(touched)
        for kind, key in touched:
            if kind == "phones" and key in self._core.rules.by_extension:
                spread.add(("agents", self._core.rules.by_extension[key].key))
            elif kind == "agents" and (agent := self._core.state.agents.get(PersonKey(key))):
                spread |= {("queues", queue) for queue in agent.queues}
        return spread
