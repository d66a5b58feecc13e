"""An organisation of ten thousand people and two hundred queues, as a file."""

import json
import random
from collections.abc import Iterator
from typing import Any

from svarhus.kit.ids import OrganisationId

KEY = OrganisationId("large")
PEOPLE, QUEUES, MEMBERS = 10_000, 200, 50
ADMINISTRATORS = 5

_DAYS = ["mon", "tue", "wed", "thu", "fri"]


def large_organisation() -> bytes:
    """Each queue has a call flow, a number, opening hours, a message and a work schedule of its own."""
    return json.dumps(
        {
            "svarhus": 1,
            "organisation": {
                "key": KEY,
                "name": "Large",
                "language": "sv",
                "outgoing": {"trunk": "carrier", "presented": "+46846500400"},
            },
            "units": [{"key": f"unit-{index}", "name": f"Unit {index}"} for index in range(20)],
            "people": [*_people()],
            "trunks": [{"key": "carrier", "name": "Carrier", "host": "sip.example", "addresses": ["192.0.2.10"]}],
            "numbers": [
                {"number": f"+468465{index:05}", "name": f"Line {index}", "flow": f"flow-{index}", "trunk": "carrier"}
                for index in range(QUEUES)
            ],
            "hours": [_hours(index) for index in range(QUEUES)],
            "messages": [
                {"key": f"welcome-{index}", "name": f"Welcome {index}", "manuscripts": {"sv": f"Välkommen {index}."}}
                for index in range(QUEUES)
            ],
            "schedules": [_schedule(index) for index in range(QUEUES)],
            "queues": [*_queues()],
            "callflows": [_flow(index) for index in range(QUEUES)],
        }
    ).encode()


def person_key(index: int) -> str:
    return f"person-{index:05}"


def _people() -> Iterator[dict[str, Any]]:
    for index in range(PEOPLE):
        yield {
            "key": person_key(index),
            "name": f"Person {index}",
            "email": f"person-{index}@large.example",
            "role": "administrator" if index < ADMINISTRATORS else "user",
            "units": [f"unit-{index % 20}"],
            "mobile": f"+4670174{index:04}",
            "extension": f"{10_000 + index}",
        }


def _queues() -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    for index in range(QUEUES):
        members = chance.sample(range(PEOPLE), MEMBERS)
        yield {
            "key": f"queue-{index}",
            "name": f"Queue {index}",
            "unit": f"unit-{index % 20}",
            "members": [{"person": person_key(member), "starts_logged_in": True} for member in members],
            "callbacks": {"schedule": f"schedule-{index}"},
        }


def _hours(index: int) -> dict[str, Any]:
    week = [{"days": _DAYS, "from": "08:00", "to": "17:00", "category": "open"}]
    return {"key": f"hours-{index}", "name": f"Hours {index}", "week": week}


def _schedule(index: int) -> dict[str, Any]:
    periods = [{"days": _DAYS, "from": "08:00", "to": "16:00", "calls_per_hour": 4}]
    return {"key": f"schedule-{index}", "name": f"Schedule {index}", "periods": periods}


def _flow(index: int) -> dict[str, Any]:
    elements = {
        "hours": {"type": "hours", "settings": {"hours": f"hours-{index}"}, "exits": {"open": "welcome"}},
        "welcome": {
            "type": "message",
            "settings": {"messages": [f"welcome-{index}"]},
            "exits": {"next": "queue"},
        },
        "queue": {"type": "queue", "settings": {"queue": f"queue-{index}"}},
    }
    return {"key": f"flow-{index}", "name": f"Flow {index}", "start": "hours", "elements": elements}
