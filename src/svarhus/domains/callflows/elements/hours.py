"""Opening hours: one exit for each category."""

from collections.abc import Iterable

from pydantic import Field

from svarhus.domains.callflows.steps import Action, ElementType, Event, Exits, Leave, Reference, View
from svarhus.kit.document import DocumentPart, Key


class HoursSettings(DocumentPart):
    hours: Key = Field(description="The opening hours to go by.")


class HoursElement(ElementType[HoursSettings]):
    type = "hours"
    title = "Opening hours"
    description = "Goes on by the exit that is named as the category in force now. Undefined time is `closed`."
    waits = False
    Settings = HoursSettings

    def exits(self, settings: HoursSettings) -> Exits:
        return Exits(categories_of=settings.hours)

    def references(self, settings: HoursSettings) -> tuple[Reference, ...]:
        return (Reference("hours", settings.hours, "hours"),)

    def step(self, settings: HoursSettings, event: Event, view: View) -> Iterable[Action]:
        yield Leave(view.category(settings.hours))
