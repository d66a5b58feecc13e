"""The organisation of these tests: a stand of its own for each test, so that they run side by side."""

import json
from dataclasses import dataclass, field

from pydantic import JsonValue

MESSAGES = {
    "welcome": "Välkommen till provhuset.",
    "choices": "Tryck ett för kön, två för att bli uppringd, tre för att tala in, eller stjärna för fler val.",
    "more": "Fyra kopplar till mobilen, fem till en kollega, och noll tillbaka.",
    "nobody": "Det är ingen inloggad i kön just nu.",
    "full": "Kön är full, försök igen senare.",
    "too-long": "Ingen har svarat, vi beklagar att det dröjer.",
    "no-such-choice": "Det blev fel knapp för många gånger.",
    "silent": "Du valde ingenting alls.",
    "hold-on": "Vi svarar så snart vi kan, tack för att du väntar.",
    "goodbye": "Tack och hej från provhuset.",
}
"""What callers hear. Each is unlike the others, so that a test knows which one it heard."""

Object = dict[str, JsonValue]


@dataclass(frozen=True)
class Wants:
    """What the stand of a test is to have."""

    agents: int = 1
    """People of the queue, logged in from the start, each with a phone."""
    start: str = "welcome"
    """The element at which the flow begins."""
    agent: Object = field(default_factory=dict)
    """Settings of the people beside the usual ones."""
    queue: Object = field(default_factory=dict)
    """Settings of the queue beside the usual ones."""
    waiting: Object = field(default_factory=dict)
    """Settings of the queue's element in the flow."""
    callback: Object = field(default_factory=dict)
    callbacks: Object = field(default_factory=dict)
    transfer: Object = field(default_factory=dict)
    schedule: Object = field(default_factory=dict)
    logged_in: bool = True


@dataclass(frozen=True)
class Place:
    """The names and numbers of one stand."""

    index: int
    wants: Wants

    @property
    def key(self) -> str:
        return f"stand-{self.index}"

    @property
    def number(self) -> str:
        """The number to call."""
        return f"+4684650{400 + self.index:04}"

    @property
    def extension(self) -> str:
        """The queue's own."""
        return f"2{self.index:03}"

    def person(self, which: int) -> str:
        return f"{self.key}-{'abcdef'[which]}"

    def phone(self, which: int) -> str:
        return f"1{self.index:03}{which}"

    def mobile(self, which: int) -> str:
        """The number outside that belongs to a person of the stand."""
        return f"+467017{self.index:03}{90 + which}"

    def caller(self, which: int) -> str:
        return f"+467017{self.index:03}{10 + which}"


def password_of(extension: str) -> str:
    return f"secret-of-{extension}"


CARRIER, CARRIER_PASSWORD = "carrier", "secret-of-carrier"


_ADMINISTRATOR: Object = {
    "key": "boss",
    "name": "Boss",
    "email": "boss@svarhus.example",
    "role": "administrator",
}


def document(places: list[Place]) -> bytes:
    """The organisation file with all stands. (JSON is YAML too.)"""
    week: list[JsonValue] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    whole: Object = {
        "svarhus": 1,
        "organisation": {
            "key": "e2e",
            "name": "Provhuset",
            "outgoing": {"trunk": CARRIER, "presented": "+46846500499", "simultaneous": 100},
        },
        "people": [_ADMINISTRATOR, *(person for place in places for person in _people(place))],
        "trunks": [
            {
                "key": CARRIER,
                "name": "The carrier",
                "addresses": ["127.0.0.1"],
                "username": CARRIER,
                "password": CARRIER_PASSWORD,
                "accepts_registration": True,
            }
        ],
        "numbers": [{"number": place.number, "name": place.key, "flow": place.key} for place in places],
        "messages": [{"key": key, "name": key, "manuscripts": {"sv": text}} for key, text in MESSAGES.items()],
        "schedules": [
            {
                "key": place.key,
                "name": place.key,
                "notice_minutes": 1,
                "periods": [{"days": week, "from": "00:00", "to": "24:00", "calls_per_hour": 12}],
                **place.wants.schedule,
            }
            for place in places
        ],
        "queues": [_queue(place) for place in places],
        "callflows": [_flow(place) for place in places],
    }
    return json.dumps(whole).encode()


def _people(place: Place) -> list[JsonValue]:
    return [
        {
            "key": place.person(which),
            "name": f"Agent {place.index} {which}",
            "email": f"{place.person(which)}@svarhus.example",
            "extension": place.phone(which),
            "phone_password": password_of(place.phone(which)),
            "number": place.mobile(which),
            **place.wants.agent,
        }
        for which in range(place.wants.agents)
    ]


def _queue(place: Place) -> JsonValue:
    members: list[JsonValue] = [
        {"person": place.person(which), "starts_logged_in": place.wants.logged_in}
        for which in range(place.wants.agents)
    ]
    return {
        "key": place.key,
        "name": place.key,
        "extension": place.extension,
        "members": members,
        "announcements": {"message": "hold-on", "every": 10, "estimated_wait": False},
        "after_call_work": {"declined": 2, "missed": 2},
        "callbacks": {"schedule": place.key, "ring_seconds": 10, **place.wants.callbacks},
        **place.wants.queue,
    }


def _flow(place: Place) -> JsonValue:
    wants = place.wants
    messages: Object = {
        key: {"type": "message", "settings": {"messages": [key]}}
        for key in ("nobody", "full", "too-long", "no-such-choice", "silent", "goodbye")
    }
    return {
        "key": place.key,
        "name": place.key,
        "start": wants.start,
        "elements": {
            **messages,
            "welcome": {"type": "message", "settings": {"messages": ["welcome"]}, "exits": {"next": "menu"}},
            "menu": {
                "type": "menu",
                "settings": {"messages": ["choices"], "wait_seconds": 1, "attempts": 2},
                "exits": {
                    "1": "queue",
                    "2": "callback",
                    "3": "voicemail",
                    "*": "more",
                    "invalid": "no-such-choice",
                    "no_input": "silent",
                },
            },
            "more": {
                "type": "menu",
                "settings": {"messages": ["more"], "wait_seconds": 1, "attempts": 1},
                "exits": {"4": "mobile", "5": "colleague", "0": "menu", "no_input": "silent"},
            },
            "queue": {
                "type": "queue",
                "settings": {"queue": place.key, **wants.waiting},
                "exits": {"2": "callback", "nobody": "nobody", "full": "full", "timed_out": "too-long"},
            },
            "callback": {
                "type": "callback",
                "settings": {"queue": place.key, "wait_seconds": 4, **wants.callback},
                "exits": {"booked": "goodbye", "declined": "goodbye", "no_number": "voicemail"},
            },
            "voicemail": {
                "type": "voicemail",
                "settings": {"queue": place.key},
                "exits": {"next": "goodbye"},
            },
            "mobile": {
                "type": "transfer",
                "settings": {"number": place.mobile(9), **wants.transfer},
                "exits": {"failed": "goodbye"},
            },
            "colleague": {
                "type": "transfer",
                "settings": {"number": place.phone(0), **wants.transfer},
                "exits": {"failed": "goodbye"},
            },
        },
    }
