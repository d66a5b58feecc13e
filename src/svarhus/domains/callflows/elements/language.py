"""Language: from here on the caller is spoken with in another language."""

from collections.abc import Iterable

from pydantic import Field

from svarhus.domains.callflows.steps import Action, ElementType, Event, Exits, Leave, SpeakIn, View
from svarhus.kit.document import DocumentPart, Language


class LanguageSettings(DocumentPart):
    language: Language = Field(description="What is said from here on, until the call ends, is said in it.")


class LanguageElement(ElementType[LanguageSettings]):
    type = "language"
    title = "Language"
    description = (
        "Chooses the language of the whole call: of all elements after it, in queues, and when the caller is called "
        "back. Put it after the key of a menu. Goes on by `next`."
    )
    waits = False
    takes_keys_ahead = True
    Settings = LanguageSettings

    def exits(self, settings: LanguageSettings) -> Exits:
        return Exits(frozenset({"next"}), required=frozenset({"next"}))

    def step(self, settings: LanguageSettings, event: Event, view: View) -> Iterable[Action]:
        yield SpeakIn(settings.language)
        yield Leave("next")
