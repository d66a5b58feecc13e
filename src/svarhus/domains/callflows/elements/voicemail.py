"""Voicemail: the caller leaves a spoken message."""

from collections.abc import Iterable

from pydantic import Field

from svarhus.domains.callflows.steps import (
    Action,
    ElementType,
    Entered,
    Event,
    Exits,
    Leave,
    MessageTaken,
    Reference,
    Remember,
    SaidAll,
    Say,
    TakeMessage,
    View,
)
from svarhus.kit.document import DocumentPart, Key
from svarhus.kit.ids import QueueKey
from svarhus.ports import speech


class VoicemailSettings(DocumentPart):
    queue: Key = Field(description="The queue whose members get the message.")
    greeting: Key | None = Field(default=None, description="A message of your own instead of the standard one.")
    longest: int = Field(default=180, ge=5, le=900, description="Seconds.")


class VoicemailElement(ElementType[VoicemailSettings]):
    type = "voicemail"
    title = "Voicemail"
    description = "Says the greeting, records until # or silence, thanks, and goes on by `next`."
    Settings = VoicemailSettings

    def exits(self, settings: VoicemailSettings) -> Exits:
        return Exits(frozenset({"next"}))

    def references(self, settings: VoicemailSettings) -> tuple[Reference, ...]:
        greeting = (Reference("messages", settings.greeting, "greeting"),) if settings.greeting else ()
        return (Reference("queues", settings.queue, "queue"), *greeting)

    def step(self, settings: VoicemailSettings, event: Event, view: View) -> Iterable[Action]:
        match event, view.memory.get("step"):
            case Entered(), _:
                yield Say((self._greeting(settings, view),))
            case SaidAll(), None:
                yield Remember({"step": "recording"})
                yield TakeMessage(QueueKey(settings.queue), settings.longest)
            case MessageTaken(seconds), "recording":
                yield Remember({"step": "thanks"})
                template = "voicemail.thanks" if seconds > 0 else "voicemail.nothing"
                yield Say((speech.TemplatePhrase(template, view.language),))
            case SaidAll(), "thanks":
                yield Leave("next")

    def _greeting(self, settings: VoicemailSettings, view: View) -> speech.Phrase:
        if settings.greeting:
            return speech.MessagePhrase(settings.greeting, view.language)
        return speech.TemplatePhrase("voicemail.leave", view.language)
