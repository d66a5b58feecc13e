"""What is said, and what the dialogue remembers between a question and its answer."""

from collections.abc import Iterable
from datetime import datetime

from svarhus.domains.callflows.steps import Action, Remember, Say, View
from svarhus.kit.clock import Instant, instant, to_local
from svarhus.ports.speech import MessagePhrase, Phrase, RelativeDay, SpokenValue, TemplatePhrase, WallTime

Memory = dict[str, str | int]


def ask(memory: Memory, *phrases: Phrase) -> Iterable[Action]:
    """The step that the caller is at is `step` in the memory."""
    yield Remember(memory)
    yield Say(phrases)


def last(exit: str, *phrases: Phrase) -> Iterable[Action]:
    """Say this and then leave, whatever is pressed."""
    yield Remember({"step": "last", "exit": exit})
    yield Say(phrases)


def remembered(at: Instant | None) -> str:
    return at.isoformat() if at else ""


def at_of(view: View) -> Instant | None:
    """The time that is spoken of; None: no time is stated."""
    kept = str(view.memory["at"])
    return instant(datetime.fromisoformat(kept)) if kept else None


def spoken(view: View, template: str, values: dict[str, SpokenValue] | None = None) -> TemplatePhrase:
    return TemplatePhrase(template, view.language, values or {})


def timed(view: View, template: str, at: Instant) -> TemplatePhrase:
    """Of which the values are a day and a time."""
    wall, today = to_local(at, view.zone), to_local(view.now, view.zone).date()
    return spoken(view, template, {"day": RelativeDay(wall.date(), today), "time": WallTime(wall.time())})


def own(view: View, message: str | None) -> tuple[Phrase, ...]:
    """A message of the organisation's own, where there is one."""
    return (MessagePhrase(message, view.language),) if message else ()
