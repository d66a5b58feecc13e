"""What one input costs the core of a large organisation: deciding it, and writing its facts as the journal does.

No telephony, no database, no event loop: inputs are handed to the core as its loop does, one at a time. Half of the
queues are crowded (their members all talk, and everybody waits there), in the other half free members wait for calls.
"""

import gc
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from svarhus.app.figures import Figure
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.queues.distribution import STRATEGIES
from svarhus.exchange.core.core import Core, Decided
from svarhus.exchange.core.decide import Input
from svarhus.exchange.core.facts import encode
from svarhus.exchange.core.requests import TakeConfiguration, TimePassed
from svarhus.exchange.core.rules import Rules
from svarhus.kit.clock import SystemClock, after
from svarhus.kit.ids import LegId, OrganisationId
from svarhus.ports.telephony import (
    CallOffered,
    Dial,
    DigitPressed,
    EndCause,
    EndpointChanged,
    HangUp,
    LegAnswered,
    LegEnded,
)

WAITING, MEMBERS, QUEUES = 1_000, 1_000, 50
OWN_QUEUES = 3
"""In which each member is."""
GOAL_MEDIAN, GOAL_SLOW = 200.0, 1_000.0
"""Microseconds."""


class Took(NamedTuple):
    what: str
    microseconds: float


def deciding(quick: bool) -> list[Figure]:
    """The rows: all inputs together, and each kind's median."""
    house = Crowded()
    for _ in house.day(60):
        pass
    gc.collect()
    took = list(house.day(1_500 if quick else 10_000))
    all_of = sorted(each.microseconds for each in took)
    kinds = sorted({each.what for each in took})
    size = f"{WAITING:,} waiting, {MEMBERS:,} members, {QUEUES} queues"
    return [
        Figure(f"one input, {size}: median", "µs", statistics.median(all_of), None, GOAL_MEDIAN),
        Figure("one input: 99th percentile", "µs", all_of[len(all_of) * 99 // 100], None, GOAL_SLOW),
        *(Figure(f"of these {kind}, median", "µs", _median(took, kind)) for kind in kinds),
    ]


def deciding_by(quick: bool) -> list[Figure]:
    """A row for each strategy by which queues choose whom to ring."""
    return [_deciding_by(strategy, 600 if quick else 6_000) for strategy in STRATEGIES]


def _deciding_by(strategy: str, inputs: int) -> Figure:
    house = Crowded(strategy)
    for _ in house.day(60):
        pass
    gc.collect()
    took = statistics.median(each.microseconds for each in house.day(inputs))
    return Figure(f"one input, {strategy.replace('_', ' ')}: median", "µs", took, None, GOAL_MEDIAN)


def _median(took: Sequence[Took], kind: str) -> float:
    return statistics.median(each.microseconds for each in took if each.what == kind)


class Crowded:
    """An organisation in which a thousand callers wait and a thousand members are logged in."""

    def __init__(self, strategy: str = "longest_idle") -> None:
        self._chance = random.Random(7)
        self._now = SystemClock().now()
        self._core = Core(OrganisationId("crowded"))
        self._core.revisions[1] = Rules(1, Configuration.model_validate(_document(strategy)))
        self._legs = 0
        self._waiting: list[LegId] = []
        self._talking: list[tuple[LegId, LegId]] = []
        self._decide(TakeConfiguration(1))
        for number in range(MEMBERS):
            self._decide(EndpointChanged(_extension(number), reachable=True))
        crowded_members = MEMBERS * (QUEUES // 2) // QUEUES
        while len(self._talking) < crowded_members:
            self._talk(self._arrives())
        while len(self._waiting) < WAITING:
            self._waiting.append(self._arrives()[0])

    def day(self, inputs: int) -> Iterator[Took]:
        """What happens, one thing after the other, at always the same crowd."""
        for _ in range(inputs // 6):
            caller = self._chance.choice(self._waiting)
            yield self._timed("a key of one who waits", DigitPressed(caller, "5"))[0]
            yield self._someone_gives_up()
            yield self._someone_arrives()
            yield from self._someone_is_served()

    def _someone_gives_up(self) -> Took:
        leaving = self._waiting.pop(self._chance.randrange(len(self._waiting)))
        return self._timed("one who waits hangs up", LegEnded(leaving, EndCause.HUNG_UP))[0]

    def _someone_arrives(self) -> Took:
        offered = self._offered()
        took, _ = self._timed("one more arrives", offered)
        self._waiting.append(offered.leg)
        return took

    def _someone_is_served(self) -> Iterator[Took]:
        """A talk ends; its member is free, and rung for the next, and answers."""
        caller, member = self._talking.pop(self._chance.randrange(len(self._talking)))
        self._decide_alone(LegEnded(caller, EndCause.HUNG_UP))
        took, decided = self._timed("a member gets free", LegEnded(member, EndCause.WE_HUNG_UP))
        yield took
        rung = _dialled(decided)[0]
        served = self._core.state.calls[self._core.state.legs[rung].call].first_leg
        took, _ = self._timed("a member answers", LegAnswered(rung))
        yield took
        self._waiting.remove(served)
        self._talking.append((served, rung))
        self._waiting.append(self._arrives()[0])

    # ---- setting it up

    def _offered(self) -> CallOffered:
        self._legs += 1
        number = _number(self._chance.randrange(QUEUES // 2))
        return CallOffered(LegId(f"in-{self._legs}"), number, f"+4670{self._legs:07}", trunk="carrier")

    def _arrives(self) -> tuple[LegId, list[LegId]]:
        offered = self._offered()
        return offered.leg, _dialled(self._decide(offered))

    def _talk(self, arrived: tuple[LegId, list[LegId]]) -> None:
        caller, rung = arrived
        if rung:
            self._decide(LegAnswered(rung[0]))
            self._talking.append((caller, rung[0]))
        else:
            self._decide(LegEnded(caller, EndCause.HUNG_UP))

    def _timed(self, what: str, input: Input) -> tuple[Took, Decided]:
        began = time.perf_counter()
        decided = self._decide_alone(input)
        took = Took(what, (time.perf_counter() - began) * 1e6)
        self._take_back(decided)
        return took, decided

    def _decide(self, input: Input) -> Decided:
        decided = self._decide_alone(input)
        self._take_back(decided)
        return decided

    def _take_back(self, decided: Decided) -> None:
        """Phones that are to ring no more are silent at once."""
        for ordered in decided.commands:
            if isinstance(ordered.command, HangUp) and ordered.command.leg in self._core.state.legs:
                self._decide(LegEnded(ordered.command.leg, EndCause.WE_HUNG_UP))

    def _decide_alone(self, input: Input) -> Decided:
        self._now = after(self._now, timedelta(milliseconds=1))
        decided = self._core.decide([input, TimePassed()], self._now)
        for numbered in decided.facts:
            encode(numbered.fact)
        self._core.state.touched.clear()
        return decided


def _dialled(decided: Decided) -> list[LegId]:
    return [ordered.command.leg for ordered in decided.commands if isinstance(ordered.command, Dial)]


def _extension(number: int) -> str:
    return str(10_000 + number)


def _number(queue: int) -> str:
    return f"+4684650{queue:04}"


def _queues_of(member: int) -> list[int]:
    """The first half of the members is in crowded queues, the other half in quiet ones."""
    half, crowded = QUEUES // 2, member < MEMBERS // 2
    return [(member + step * 7) % half + (0 if crowded else half) for step in range(OWN_QUEUES)]


def _document(strategy: str) -> dict[str, Any]:
    members: list[list[dict[str, object]]] = [[] for _ in range(QUEUES)]
    for member in range(MEMBERS):
        for queue in _queues_of(member):
            members[queue].append({"person": f"p{member}", "starts_logged_in": True})
    return {
        "svarhus": 1,
        "organisation": {"key": "crowded", "name": "Crowded"},
        "people": [
            {"key": f"p{n}", "name": f"P {n}", "email": f"p{n}@crowded.example", "extension": _extension(n)}
            for n in range(MEMBERS)
        ],
        "trunks": [{"key": "carrier", "name": "Carrier", "host": "carrier.example"}],
        "numbers": [{"number": _number(q), "name": f"N {q}", "flow": f"f{q}"} for q in range(QUEUES)],
        "queues": [
            {"key": f"q{q}", "name": f"Q {q}", "members": members[q], "distribution": strategy} for q in range(QUEUES)
        ],
        "callflows": [
            {
                "key": f"f{q}",
                "name": f"F {q}",
                "start": "wait",
                "elements": {"wait": {"type": "queue", "settings": {"queue": f"q{q}"}}},
            }
            for q in range(QUEUES)
        ],
    }
