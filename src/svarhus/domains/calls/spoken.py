"""Who of us talked in a call, and for how long, each."""

from collections.abc import Iterable

import msgspec

from svarhus.domains.calls.talk import Step, StepKind
from svarhus.kit.clock import Instant, seconds_between
from svarhus.kit.ids import PersonKey


class Spoken(msgspec.Struct, frozen=True):
    person: PersonKey
    talk: float
    """Seconds, hold included."""
    asked: bool = False
    """Only asked by a colleague while the caller waited."""


def spoken(path: Iterable[Step], ended_at: Instant) -> tuple[Spoken, ...]:
    """In the order in which they came into the conversation, each once; who was asked and then took the call, too."""
    found: dict[PersonKey, Spoken] = {}
    for step in path:
        if step.kind is not StepKind.PERSON:
            continue
        person = PersonKey(step.key)
        before = found.get(person) or Spoken(person, 0.0, asked=True)
        lasted = max(0.0, seconds_between(step.at, step.until or ended_at))
        found[person] = Spoken(person, before.talk + lasted, asked=before.asked and step.asked)
    return tuple(found.values())
