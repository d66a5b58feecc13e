"""Hang up: the call ends here."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from svarhus.domains.callflows.steps import Action, ElementType, End, Entered, Event, Exits, SaidAll, Say, View
from svarhus.kit.document import DocumentPart
from svarhus.ports.speech import TemplatePhrase
from svarhus.ports.telephony import EndCause


class HangUpSettings(DocumentPart):
    tone: Literal["none", "busy"] = Field(
        default="none", description="What a caller not yet answered hears; whoever is answered already is told so."
    )


class HangUpElement(ElementType[HangUpSettings]):
    type = "hang_up"
    title = "Hang up"
    description = "Ends the call; with `busy`, the caller hears the busy tone, or once answered that it is busy."
    Settings = HangUpSettings

    def exits(self, settings: HangUpSettings) -> Exits:
        return Exits()

    def step(self, settings: HangUpSettings, event: Event, view: View) -> Iterable[Action]:
        if settings.tone == "busy":
            yield from engaged(event, view)
        else:
            yield End()


def engaged(event: Event, view: View) -> Iterable[Action]:
    """The end of a call because nobody can take it: in the caller's own exchange, or in words."""
    if isinstance(event, Entered) and view.answered:
        yield Say((TemplatePhrase("call.busy", view.language),))
    elif isinstance(event, Entered | SaidAll):
        yield End(EndCause.BUSY)
