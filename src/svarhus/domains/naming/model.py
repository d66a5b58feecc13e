"""What somebody who reads a log is told of a thing, in place of its key."""

from enum import StrEnum

import msgspec

from svarhus.kit.clock import Instant


class ThingKind(StrEnum):
    """Of what kind a thing is that a log is about."""

    PERSON = "person"
    PART = "part"
    """Of the organisation: a queue, a message. Its list says which."""
    REVISION = "revision"
    CALL = "call"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"
    CONTACT = "contact"
    NUMBER = "number"
    TOKEN = "token"  # noqa: S105 - a kind of thing, no secret
    WALLBOARD = "wallboard"
    NOTICE = "notice"
    OTHER = "other"


class Thing(msgspec.Struct, frozen=True):
    """One thing. What is not known, or is not for the reader, is None."""

    kind: ThingKind
    key: str
    list_name: str | None = None
    """Of a part."""
    name: str | None = None
    at: Instant | None = None
    """When the call began, the message was left, the customer is called back."""
    number: str | None = None
    """Whose call it is, E.164; a call without one was from somebody who hid it."""


def thing_of(action: str, subject: str) -> Thing:
    """What a line of the audit log is about, as far as the line itself tells."""
    verb_of, _, _ = action.partition("-")
    match verb_of:
        case "call" | "unanswered" if subject:
            return Thing(ThingKind.CALL, subject)
        case "case":
            kind, _, id = subject.partition(":")
            return Thing(ThingKind(kind), id) if kind in _CASES else Thing(ThingKind.OTHER, subject)
        case "voicemail" | "contact" | "token" | "wallboard" | "notice":
            return Thing(ThingKind(verb_of), subject)
        case "recording":
            return Thing(ThingKind.PART, subject.partition(" ")[0], "messages")
        case "track":
            return Thing(ThingKind.PART, subject.partition("/")[0], "playlists")
        case "configuration" | "organisation":
            return Thing(ThingKind.REVISION, subject.removeprefix("revision "))
        case "number":
            return Thing(ThingKind.NUMBER, subject, number=subject)
        case _ if verb_of in _OF_PEOPLE:
            return Thing(ThingKind.PERSON, subject, "people")
        case _:
            return Thing(ThingKind.OTHER, subject)


_CASES = frozenset({ThingKind.CALL, ThingKind.CALLBACK, ThingKind.VOICEMAIL})
_OF_PEOPLE = frozenset(
    {"person", "phone", "signed", "sign", "password", "session", "sessions", "second", "recovery", "invitation"}
    | {"photo", "absence", "pause"}
)
