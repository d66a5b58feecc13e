"""A message: says something and goes on."""

from collections.abc import Iterable

from pydantic import Field

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.callflows.steps import (
    Action,
    BeQuiet,
    ElementType,
    Entered,
    Event,
    Exits,
    Leave,
    Pressed,
    Reference,
    Remember,
    SaidAll,
    Say,
    View,
)
from svarhus.kit.document import DocumentPart, Key
from svarhus.ports.speech import MessagePhrase


class MessageSettings(DocumentPart):
    messages: tuple[Key, ...] = Field(min_length=1, description="Said one after the other.")
    repeat: int = Field(default=1, ge=1, le=20, description="How many times.")
    skippable: bool = Field(default=True, description="A key skips it, and counts for the menu that follows.")
    answer: bool = Field(default=True, description="Answer the call first. Without it the caller does not pay.")


class MessageElement(ElementType[MessageSettings]):
    type = "message"
    title = "Message"
    description = "Says one or more messages, then goes on; without a next element the call ends."
    Settings = MessageSettings

    def exits(self, settings: MessageSettings) -> Exits:
        return Exits(frozenset({"next"}))

    def references(self, settings: MessageSettings) -> tuple[Reference, ...]:
        return tuple(Reference("messages", key, f"messages[{i}]") for i, key in enumerate(settings.messages))

    def step(self, settings: MessageSettings, event: Event, view: View) -> Iterable[Action]:
        if isinstance(event, Entered):
            yield from self._say(settings, view, times=1)
        elif isinstance(event, Pressed) and settings.skippable:
            yield BeQuiet()
            yield Leave("next", event.digit)
        elif isinstance(event, SaidAll):
            times = int(view.memory.get("times", 1))
            if times < settings.repeat:
                yield from self._say(settings, view, times + 1)
            else:
                yield Leave("next")

    def _say(self, settings: MessageSettings, view: View, times: int) -> Iterable[Action]:
        yield Remember({"times": times})
        phrases = tuple(MessagePhrase(key, view.language) for key in settings.messages)
        yield Say(phrases, early=not settings.answer, takes_keys=TakesKeys.CHOICE)
