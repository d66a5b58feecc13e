"""The organisation of the soak: a queue of each strategy, their members, mobiles outside, and a menu."""

from typing import Any

from bench.load.contact_centre import KEY, phones

MEMBERS = 60
LEADERS = 3
"""People at desks of their own who listen; members of no queue."""
MOBILES = 4
"""Members who answer outside, and confirm by nothing but that they answer."""
MENU = "+46846592000"
STRATEGIES = ("longest_idle", "round_robin", "priority_list", "ring_all", "ring_best", "escalating")
RECORDED = ("all", "on_demand", "share", "all", "never", "on_demand")
EACH = 2 * (MEMBERS // len(STRATEGIES))
"""Members of a queue; each is in two."""


def queue(index: int) -> str:
    return f"queue-{index}"


def queues() -> list[str]:
    return [queue(index) for index in range(len(STRATEGIES))]


def numbers() -> list[str]:
    """That callers ring: of each queue, and of the menu."""
    return [*(f"+46846592{1 + index:03}" for index in range(len(STRATEGIES))), MENU]


def desks() -> list[tuple[str, str, str]]:
    """Key, phone and its password, of members and then of those who lead."""
    return [(f"agent-{name}", name, password) for name, password in phones(MEMBERS + LEADERS)]


def outside(index: int) -> str:
    """Number of a mobile."""
    return f"+4670999{index:04}"


def organisation(outside_port: int) -> dict[str, Any]:
    """As a document. `outside_port`: where the carrier answers calls that go out."""
    people = [
        {
            "key": key,
            "name": f"Agent {name}",
            "email": f"{key}@svarhus.example",
            "extension": name,
            "role": "administrator",
            "phone_password": password,
        }
        for key, name, password in desks()
    ]
    mobiles = [
        {
            "key": f"mobile-{index}",
            "name": f"Mobile {index}",
            "email": f"mobile-{index}@svarhus.example",
            "number": outside(index),
            "answers_at": "number",
        }
        for index in range(MOBILES)
    ]
    return {
        "svarhus": 1,
        "organisation": {
            "key": KEY,
            "name": "Soak",
            "language": "en",
            "outgoing": {"trunk": "load", "presented": MENU, "simultaneous": 500, "daily": 1_000_000},
        },
        "people": [*people, *mobiles],
        "trunks": [
            {"key": "load", "name": "Load", "addresses": ["127.0.0.1"], "host": f"127.0.0.1:{outside_port}"},
        ],
        "numbers": [
            *({"number": each, "name": each, "flow": key} for each, key in zip(numbers(), queues(), strict=False)),
            {"number": MENU, "name": "Menu", "flow": "menu"},
        ],
        "messages": [{"key": "choices", "name": "Choices", "manuscripts": {"en": "Press one."}}],
        "schedules": [
            {
                "key": "always",
                "name": "Always",
                "periods": [
                    {
                        "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                        "from": "00:00",
                        "to": "24:00",
                        "calls_per_hour": 600,
                    }
                ],
            }
        ],
        "queues": [_queue(index) for index in range(len(STRATEGIES))],
        "callflows": [*(_flow(key) for key in queues()), _menu()],
    }


def _queue(index: int) -> dict[str, Any]:
    step = MEMBERS // len(STRATEGIES)
    own = [desks()[(index * step + place) % MEMBERS][0] for place in range(EACH)]
    members = [{"person": key, "starts_logged_in": True, "priority": place // 7} for place, key in enumerate(own)] + [
        {"person": f"mobile-{index}", "starts_logged_in": True, "priority": 3}
    ] * (index < MOBILES)
    recording = {"mode": RECORDED[index], **({"share": 50} if RECORDED[index] == "share" else {})}
    return {
        "key": queue(index),
        "name": f"Queue {index}",
        "extension": f"20{index:02}",
        "distribution": STRATEGIES[index],
        "most_at_once": 5,
        "ring_time": 5,
        "members": members,
        "entry": {"longest_wait": 40},
        "waiting_sound": ("music", "ringing_only", "music_until_ringing")[index % 3],
        "announcements": {"first_after": 5, "every": 20, "position": True, "estimated_wait": bool(index % 2)},
        "after_call_work": {"answered": 2, "declined": 1, "missed": 2},
        "recording": recording,
        "callbacks": {"schedule": "always"},
        "alerts": [{"on": "waiting", "limit": 5}, {"on": "wait", "limit": 20}],
    }


def _flow(key: str) -> dict[str, Any]:
    wait = {
        "type": "queue",
        "settings": {"queue": key, "wait_for_nobody": True},
        "exits": {"timed_out": "sorry", "full": "sorry", "2": "callback", "3": "message", "9": "number"},
    }
    elements = {
        "wait": wait,
        "sorry": {"type": "hang_up", "settings": {"tone": "busy"}},
        "callback": {"type": "callback", "settings": {"queue": key}},
        "message": {"type": "voicemail", "settings": {"queue": key, "longest": 20}},
        "number": {"type": "transfer", "settings": {"number": outside(50)}, "exits": {"failed": "wait"}},
    }
    return {"key": key, "name": key, "start": "wait", "elements": elements}


def _menu() -> dict[str, Any]:
    choice = {
        "type": "menu",
        "settings": {"messages": ["choices"], "wait_seconds": 1, "attempts": 1},
        "exits": {"1": "first", "no_input": "second", "invalid": "message"},
    }
    return {
        "key": "menu",
        "name": "Menu",
        "start": "choice",
        "elements": {
            "choice": choice,
            "first": {"type": "queue", "settings": {"queue": queue(0), "priority": 2}, "exits": {"nobody": "message"}},
            "second": {"type": "queue", "settings": {"queue": queue(1)}, "exits": {"nobody": "message"}},
            "message": {"type": "voicemail", "settings": {"queue": queue(0), "longest": 20}},
        },
    }
