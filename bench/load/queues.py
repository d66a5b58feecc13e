"""The organisation of the queues' benchmark: many queues that one reaches by calling a number each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.load.app_queue import PeerQueue, straight_to
from bench.load.contact_centre import KEY, phones

QUEUES, MEMBERS = 20, 200
RING_ALL, NOBODY = "ring-all", "nobody"
RUNG = 25


@dataclass(frozen=True)
class Line:
    """A queue, its number, and its members by their number from 0."""

    queue: str
    number: str
    members: Sequence[int]
    ring_all: bool = False


def lines() -> list[Line]:
    """Queues with ten members each, one that rings all, and one in which nobody answers."""
    each = MEMBERS // QUEUES
    many = [
        Line(f"queue-{index}", f"+468465{index:05}", range(index * each, (index + 1) * each)) for index in range(QUEUES)
    ]
    return [*many, Line(RING_ALL, "+46846590000", range(RUNG), ring_all=True), Line(NOBODY, "+46846591000", ())]


def line(queue: str) -> Line:
    return next(each for each in lines() if each.queue == queue)


def organisation() -> dict[str, Any]:
    """As a document. Nobody has after-call work: whoever hangs up is free."""
    names = phones(MEMBERS)
    people = [
        {
            "key": f"agent-{name}",
            "name": f"Agent {name}",
            "email": f"agent-{name}@svarhus.example",
            "extension": name,
            "role": "administrator",
            "phone_password": password,
        }
        for name, password in names
    ]
    return {
        "svarhus": 1,
        "organisation": {"key": KEY, "name": "Benchmark", "language": "en"},
        "people": people,
        "trunks": [{"key": "load", "name": "Load", "addresses": ["127.0.0.1"]}],
        "numbers": [{"number": each.number, "name": each.queue, "flow": each.queue} for each in lines()],
        "queues": [
            {
                "key": each.queue,
                "name": each.queue,
                "distribution": "ring_all" if each.ring_all else "longest_idle",
                "most_at_once": RUNG,
                "announcements": {"position": False, "estimated_wait": False},
                "members": [{"person": f"agent-{names[n][0]}", "starts_logged_in": True} for n in each.members],
            }
            for each in lines()
        ],
        "callflows": [
            {
                "key": each.queue,
                "name": each.queue,
                "start": "wait",
                "elements": {
                    "wait": {"type": "queue", "settings": {"queue": each.queue, "wait_for_nobody": True}},
                },
            }
            for each in lines()
        ],
    }


def peers_queues() -> list[PeerQueue]:
    return [PeerQueue(each.queue, each.members, "ringall" if each.ring_all else "leastrecent") for each in lines()]


def peers_dialplan() -> str:
    return "".join(straight_to(each.queue, each.number) for each in lines())
