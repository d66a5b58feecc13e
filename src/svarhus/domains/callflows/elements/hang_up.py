"""Hang up: the call ends here."""

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from svarhus.domains.callflows.steps import Action, ElementType, End, Event, Exits, View
from svarhus.kit.document import DocumentPart
from svarhus.ports.telephony import EndCause


class HangUpSettings(DocumentPart):
    tone: Literal["none", "busy"] = Field(default="none", description="What a caller not yet answered hears.")


class HangUpElement(ElementType[HangUpSettings]):
    type = "hang_up"
    title = "Hang up"
    description = "Ends the call; with `busy`, a caller who was not answered hears the busy tone."
    Settings = HangUpSettings

    def exits(self, settings: HangUpSettings) -> Exits:
        return Exits()

    def step(self, settings: HangUpSettings, event: Event, view: View) -> Iterable[Action]:
        yield End(EndCause.BUSY if settings.tone == "busy" else EndCause.WE_HUNG_UP)
