"""The organisation of these tests: who talks, who waits, whose phone rings, and who books."""

FRONT, BACK, RINGING, BOOKING, MESSAGE = (f"+4684650042{digit}" for digit in range(5))
"""Answered at once; waited in; rung for long; a callback is booked; a message is left."""

_FLOWS = {FRONT: "front", BACK: "back", RINGING: "ringing", BOOKING: "booking", MESSAGE: "message"}

TALKERS = tuple(str(7001 + index) for index in range(20))
LATE = "7101"
"""Member of the queue in which callers wait, who logs in later."""
SLOW = ("7201", "7202")
"""Their phones ring until somebody answers."""


def password_of(extension: str) -> str:
    return f"only-for-{extension}"


def document() -> object:
    """The organisation as a file."""
    return {
        "svarhus": 1,
        "organisation": {"key": "survival", "name": "Överlevarna", "outgoing": {"trunk": "carrier"}},
        "people": [_person(extension) for extension in (*TALKERS, LATE, *SLOW)],
        "trunks": [_CARRIER],
        "numbers": [
            {"number": number, "name": flow, "flow": flow}
            for number, flow in (
                (FRONT, "front"),
                (BACK, "back"),
                (RINGING, "ringing"),
                (BOOKING, "booking"),
                (MESSAGE, "message"),
            )
        ],
        "schedules": [{"key": "always", "name": "Always", "periods": [_ALWAYS], "notice_minutes": 1}],
        "queues": [
            _queue("front", TALKERS, logged_in=True, after_call_work={"answered": 1}),
            _queue("back", (LATE,), logged_in=False, callbacks={"schedule": "always"}),
            _queue("ringing", SLOW, logged_in=True, ring_time=60),
        ],
        "callflows": [_to_queue("front"), _to_queue("back"), _to_queue("ringing"), _BOOKING, _MESSAGE],
    }


_CARRIER = {
    "key": "carrier",
    "name": "Carrier",
    "addresses": ["127.0.0.1"],
    "username": "survival-carrier",
    "accepts_registration": True,
}
_ALWAYS = {
    "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    "from": "00:00",
    "to": "24:00",
    "calls_per_hour": 60,
}
_BOOKING = {
    "key": "booking",
    "name": "Booking",
    "start": "book",
    "elements": {"book": {"type": "callback", "settings": {"queue": "back"}}},
}

_MESSAGE = {
    "key": "message",
    "name": "Message",
    "start": "message",
    "elements": {"message": {"type": "voicemail", "settings": {"queue": "back"}}},
}


def _person(extension: str) -> dict[str, str]:
    return {
        "key": f"p{extension}",
        "name": f"Person {extension}",
        "email": f"p{extension}@svarhus.example",
        "role": "administrator",
        "extension": extension,
        "phone_password": password_of(extension),
    }


def _queue(key: str, members: tuple[str, ...], *, logged_in: bool, **settings: object) -> dict[str, object]:
    return {
        "key": key,
        "name": key.title(),
        "members": [{"person": f"p{extension}", "starts_logged_in": logged_in} for extension in members],
        "announcements": {"position": False, "estimated_wait": False},
        **settings,
    }


def _to_queue(key: str) -> dict[str, object]:
    element = {"type": "queue", "settings": {"queue": key, "wait_for_nobody": True}}
    return {"key": key, "name": key.title(), "start": "queue", "elements": {"queue": element}}
