"""Tells those who are watching what has changed: a snapshot, then changes by topic.

Changes of some milliseconds are gathered, and encoded once, however many are watching: of what changed several
times, only the last is told. Who falls too far behind gets a new snapshot.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple, TypeVar

import msgspec

from svarhus.domains.cases.model import CaseRef, case_ref
from svarhus.domains.channels.model import DeskItem
from svarhus.domains.organisation.difference import Difference
from svarhus.domains.people.unnamed import Unnamed
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import Topic
from svarhus.exchange.showing import live
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.exchange.showing.views import LiveCall, LiveTopic, LiveView
from svarhus.kit.ids import PersonKey, QueueKey

LONGEST_BACKLOG = 1000
"""Things of which one watcher has not been told yet, before it gets a snapshot instead."""

PAUSE = 0.02
"""Seconds between two messages at least: changes are gathered meanwhile. After a quiet time one goes at once."""
PAUSE_FOR_EACH = 0.00005
"""At least, for each one who is watching: a message costs each some ten microseconds."""

V = TypeVar("V")

ALL_TOPICS = frozenset(LiveTopic)


class Sight(NamedTuple):
    """What somebody wants to see, as far as they may."""

    topics: frozenset[LiveTopic] = ALL_TOPICS
    cases: frozenset[str] | None = None
    """Of these channels on the desk; None: of all."""
    hidden_people: bool = True
    own: str | None = None
    """Key of whoever watches when that is a hidden person, who sees themselves."""
    supervision: bool = True
    """Also who listens to conversations unknown to those who talk."""

    def shows(self, told: "Told", hidden: Collection[str]) -> bool:
        """`hidden`: keys of people who are hidden from colleagues."""
        topic, key = told
        if topic not in self.topics:
            return False
        if topic in (LiveTopic.AGENTS, LiveTopic.PHONE):
            return self.shows_person(key, hidden)
        return topic is not LiveTopic.DESK or self.shows_channel(case_ref(key).kind)

    def shows_channel(self, name: str) -> bool:
        return self.cases is None or name in self.cases

    def shows_person(self, key: str, hidden: Collection[str]) -> bool:
        return self.hidden_people or key == self.own or key not in hidden

    def unnamed(self, rules: Rules) -> Unnamed:
        """Who is not named to whoever watches."""
        people = () if self.hidden_people else (rules.people[PersonKey(key)] for key in rules.hidden - {self.own})
        return Unnamed({person.key: person for person in people})

    def seen(self, value: V) -> V:
        """A view, without what is not for whoever watches."""
        return value if self.supervision or not isinstance(value, LiveCall) else value.without_supervision()

    def of_list(self, topic: LiveTopic, hidden: Collection[str]) -> "Sight":
        """What of it makes a difference for the list of a topic. `hidden`: keys of people who are so."""
        cases = self.cases if topic is LiveTopic.DESK else None
        supervision = self.supervision or topic is not LiveTopic.CALLS
        if not hidden or topic is LiveTopic.QUEUES:
            return Sight(frozenset({topic}), cases, supervision=supervision)
        return Sight(frozenset({topic}), cases, self.hidden_people, self.own, supervision)


EVERYTHING = Sight()

_encoder = msgspec.json.Encoder()

Told = tuple[LiveTopic, str]
"""Topic and key of what has changed."""

_LISTS: dict[LiveTopic, Callable[[Core], tuple[LiveView, ...]]] = {
    LiveTopic.CALLS: live.calls,
    LiveTopic.QUEUES: live.queues,
    LiveTopic.AGENTS: live.agents,
    LiveTopic.CALLBACKS: live.callbacks,
    LiveTopic.CATEGORIES: live.categories,
}


_IN_DIRECTORY = frozenset({"people", "units", "fields"})


class Change(msgspec.Struct, frozen=True):
    """One thing as it is now."""

    topic: LiveTopic
    key: str
    value: LiveView | DeskItem | None
    """None when it is gone; always None for voicemails."""


class _Gathered(NamedTuple):
    """A change, and how most are told of it: it is encoded once for all who are told the same."""

    change: Change
    encoded: str

    def told(self, unnamed: Unnamed, sight: "Sight") -> str:
        value = sight.seen(self.change.value)
        change = self.change if value is self.change.value else msgspec.structs.replace(self.change, value=value)
        seen = unnamed.of(change)
        return self.encoded if seen is self.change else _encoder.encode(seen).decode()


Straight = Callable[[bytes], bool]
"""Write a message to one who is watching, now. False when that cannot be: it is told as those without it are."""


class Watcher:
    """What one who is watching has yet to be told."""

    def __init__(self, feed: "LiveFeed", sight: Sight, straight: Straight | None = None) -> None:
        self.sight = sight
        self.ended = False
        """The organisation has stopped, perhaps to begin anew: look for its new feed."""
        self._feed = feed
        self._straight = straight
        self._waits = False
        """It is in `next`, and all before was written: what comes now can be written past it."""
        self._untold: dict[Told, str] = {}
        """Encoded changes by topic and key, in order of the last one."""
        self._anew = True
        self._seq = 0
        self._woken = asyncio.Event()
        self._woken.set()

    async def next(self) -> str | None:
        """All that is to be told now, as one message; waits until there is something. None: the feed has ended.

        `{"type": "snapshot", "seq": 1, ...}` (`Snapshot`), or `{"type": "changes", "seq": 2, "changes": [...]}`.
        The number is one higher than that of the message before.
        """
        self._waits = True
        try:
            await self._woken.wait()
        finally:
            self._waits = False
        self._woken.clear()
        if self.ended:
            return None
        self._seq += 1
        if self._anew:
            self._anew = False
            message = f'{{"seq":{self._seq},{self._feed.snapshot(self.sight)}'
        else:
            message = f'{{"seq":{self._seq},{changes(self._untold.values())}'
        self._untold.clear()
        return message

    def tell(self, told: Mapping[Told, str], message: bytes) -> None:
        """`message`: the same as `changes`."""
        if self._write_straight(message):
            return
        if not self._anew:
            for key, change in told.items():
                self._untold.pop(key, None)
                self._untold[key] = change
            self._anew = len(self._untold) > LONGEST_BACKLOG
        self._woken.set()

    def _write_straight(self, message: bytes) -> bool:
        if self._straight is None or not self._waits or self._woken.is_set():
            return False
        if not self._straight(b'{"seq":%d,%b' % (self._seq + 1, message)):
            return False
        self._seq += 1
        return True

    def look(self, sight: Sight) -> None:
        """See this from now on."""
        if sight != self.sight:
            self.sight = sight
            self.begin_anew()

    def begin_anew(self) -> None:
        self._anew = True
        self._woken.set()

    def end(self) -> None:
        self.ended = True
        self._woken.set()


def changes(encoded: Iterable[str]) -> str:
    """A message without the opening brace and the number."""
    return f'"type":"changes","changes":[{",".join(encoded)}]}}'


def looks_alike(before: Rules, now: Rules) -> bool:
    """Whether it can be told thing by thing what another configuration makes look otherwise: not where it is the order
    of things, or who is hidden, or what people call about, or the organisation itself."""
    found = now.since(before)
    if "categories" in found.lists:
        return False
    reordered = found.of("people").reordered or found.of("queues").reordered
    return not (found.organisation or reordered or before.hidden != now.hidden)


def shown_by(difference: Difference) -> set[Topic]:
    """What looks otherwise."""
    people, queues = difference.of("people").keys, difference.of("queues").keys
    schedules = {("schedules", key) for key in difference.of("schedules").keys}
    of_people = {(kind, key) for key in people for kind in ("agents", "phone")}
    return of_people | schedules | {("queues", key) for key in queues}


def moved(before: Rules, now: Rules) -> set[Topic]:
    """Who has joined or left a queue that is set otherwise."""
    queues = now.since(before).of("queues").keys
    members = (
        before.rosters.get(QueueKey(key), {}).keys() ^ now.rosters.get(QueueKey(key), {}).keys() for key in queues
    )
    return {("agents", person) for people in members for person in people}


class LiveFeed:
    """All who are watching one organisation."""

    def __init__(self, core: Core, desk: LiveDesk) -> None:
        self._core = core
        self.desk = desk
        self._watchers: set[Watcher] = set()
        self._ended = False
        self._lists: dict[tuple[LiveTopic, Sight], str] = {}
        """Encoded lists, good until the next change: many watchers may come at once."""
        self._gathered: dict[Told, _Gathered] = {}
        """Changes that nobody was told of yet."""
        self._telling: asyncio.TimerHandle | None = None
        self._told_at = -PAUSE
        self._rules: Rules | None = None
        """The configuration by which was told last."""

    @property
    def watchers(self) -> int:
        return len(self._watchers)

    def watch(self, sight: Sight = EVERYTHING, straight: Straight | None = None) -> Watcher:
        """Whoever has `straight` is told that way whenever it works, and by `Watcher.next` otherwise."""
        watcher = Watcher(self, sight, straight)
        if self._ended:
            watcher.end()
        self._watchers.add(watcher)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        self._watchers.discard(watcher)

    def snapshot(self, sight: Sight = EVERYTHING) -> str:
        """`Snapshot` as JSON, without the opening brace and the number."""
        wanted = (topic for topic in (*_LISTS, LiveTopic.DESK) if topic in sight.topics)
        lists = "".join(f',"{topic}":{self._list(topic, sight)}' for topic in wanted)
        return f'"type":"snapshot"{lists}}}'

    def _list(self, topic: LiveTopic, sight: Sight) -> str:
        kept_as = topic, sight.of_list(topic, self._core.rules.hidden)
        known = self._lists.get(kept_as)
        if known is None:
            views = sight.unnamed(self._core.rules).of(self._views(topic, sight))
            known = self._lists[kept_as] = _encoder.encode(views).decode()
        return known

    def _views(self, topic: LiveTopic, sight: Sight) -> tuple[LiveView | DeskItem, ...]:
        if topic is LiveTopic.DESK:
            return tuple(item for item in self.desk.items(self._core) if sight.shows_channel(item.kind))
        if topic is LiveTopic.AGENTS:
            hidden = self._core.rules.hidden
            return tuple(each for each in live.agents(self._core) if sight.shows_person(each.key, hidden))
        return tuple(map(sight.seen, _LISTS[topic](self._core)))

    def tell(self) -> None:
        """Tell what has been touched since the last time."""
        touched = self._core.state.touched
        if not touched:
            return
        self._lists.clear()
        before, self._rules = self._rules, self._core.revisions.get(self._core.state.stored.revision)
        if not any(kind == "configuration" for kind, _ in touched):
            self._tell_touched(touched)
        elif before and self._rules and looks_alike(before, self._rules):
            difference = self._rules.since(before)
            self._tell_touched(touched | shown_by(difference) | moved(before, self._rules))
            self._tell_of_lists(difference)
        else:
            self._begin_anew()
        touched.clear()

    def _tell_touched(self, touched: Iterable[Topic]) -> None:
        if self._watchers:
            for topic in sorted(self._spread(touched)):
                self._tell(topic)

    def _tell_of_lists(self, difference: Difference) -> None:
        """What is not seen in one thing alone: of whom or what the configuration says something else."""
        if not self._watchers:
            return
        queues = difference.of("queues").keys
        if queues:
            for key in self.desk.cases_in(self._core, queues):
                self._tell_desk(key)
        if _IN_DIRECTORY & difference.lists.keys():
            self.tell_of(LiveTopic.CONTACTS, "")

    def tell_of(self, topic: LiveTopic, key: str) -> None:
        """Tell of something that is not part of the live state: that it has changed."""
        self._gather(Change(topic, key, None))

    def end(self) -> None:
        """The organisation stops."""
        self._ended = True
        if self._telling is not None:
            self._telling.cancel()
        for watcher in self._watchers:
            watcher.end()

    def _tell(self, touched: Topic) -> None:
        kind, key = touched
        found = live.VIEWS.get(kind)
        if found is not None:
            topic, view = found
            self._gather(Change(topic, key, view(self._core, key)))
        if kind == "cases":
            self._tell_case(case_ref(key))
        elif channel := self.desk.channels.following(kind):
            self._tell_desk(channel.ref(key).key)

    def _tell_case(self, case: CaseRef) -> None:
        """What people have added to a case, or have done with it."""
        channel = self.desk.channels.find(case.kind)
        if channel is None:
            return
        self._tell_desk(case.key)
        if channel.told_as:
            self.tell_of(LiveTopic(channel.told_as), case.id)

    def _tell_desk(self, key: str) -> None:
        self._gather(Change(LiveTopic.DESK, key, self.desk.item(self._core, key)))

    # ---- telling all

    def _gather(self, change: Change) -> None:
        if not self._watchers:
            return
        told = (change.topic, change.key)
        self._gathered.pop(told, None)
        self._gathered[told] = _Gathered(change, _encoder.encode(change).decode())
        if self._telling is None:
            loop = asyncio.get_running_loop()
            pause = max(PAUSE, PAUSE_FOR_EACH * len(self._watchers))
            self._telling = loop.call_at(self._told_at + pause, self._tell_all)

    def _tell_all(self) -> None:
        gathered, self._gathered, self._telling = self._gathered, {}, None
        if len(gathered) > LONGEST_BACKLOG:
            self._begin_anew()
            return
        hidden = self._core.rules.hidden
        alike: dict[Sight, tuple[dict[Told, str], bytes]] = {}
        for watcher in self._watchers:
            if watcher.sight not in alike:
                shown = {key: change for key, change in gathered.items() if watcher.sight.shows(key, hidden)}
                unnamed = watcher.sight.unnamed(self._core.rules)
                told = {key: change.told(unnamed, watcher.sight) for key, change in shown.items()}
                alike[watcher.sight] = told, changes(told.values()).encode()
            told, message = alike[watcher.sight]
            if told:
                watcher.tell(told, message)
        self._told_at = asyncio.get_running_loop().time()

    def _begin_anew(self) -> None:
        """A snapshot has all that was gathered."""
        self._gathered.clear()
        for watcher in self._watchers:
            watcher.begin_anew()

    def _spread(self, touched: Iterable[Topic]) -> set[Topic]:
        """A change of one thing can show in others: a phone in its person, a person in the queues."""
        spread = set(touched)
        for kind, key in touched:
            owner = self._core.rules.at_endpoint(key) if kind == "phones" else None
            if owner is not None:
                person = owner.key
                spread |= {("agents", person), ("phone", person)}
                spread |= {("queues", queue) for queue in self._queues_of(person)}
            elif kind == "agents":
                spread |= {("queues", queue) for queue in self._queues_of(key)}
        return spread

    def _queues_of(self, person: str) -> frozenset[QueueKey]:
        """In which the person is logged in."""
        agent = self._core.state.agents.get(PersonKey(person))
        return agent.queues if agent else frozenset()
