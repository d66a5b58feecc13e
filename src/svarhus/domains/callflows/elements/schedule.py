"""Work schedule: the way on by how it lets callers be met now."""

from collections.abc import Iterable

from pydantic import Field

from svarhus.domains.callflows.steps import Action, ElementType, Event, Exits, Leave, Reference, View
from svarhus.domains.schedules.meeting import Openness
from svarhus.domains.schedules.model import Meets
from svarhus.kit.document import DocumentPart, Key


class ScheduleSettings(DocumentPart):
    schedule: Key = Field(description="The work schedule to go by.")


_STATES = frozenset(each.value for each in Openness)


class ScheduleElement(ElementType[ScheduleSettings]):
    type = "schedule"
    title = "Work schedule"
    description = (
        "Goes on by `open` when callers are answered or can be offered a time, by `full` when all of it is taken, and "
        "by `closed` when nothing is scheduled. In place of `open`, by `answered` (they wait in the queue), `offered` "
        "(a time only) or `choice` (of both), where that leads somewhere. What the caller calls about counts: put it "
        "after the menu that asks for it."
    )
    waits = False
    takes_keys_ahead = True
    Settings = ScheduleSettings

    def exits(self, settings: ScheduleSettings) -> Exits:
        return Exits(_STATES | {each.value for each in Meets}, required=_STATES)

    def references(self, settings: ScheduleSettings) -> tuple[Reference, ...]:
        return (Reference("schedules", settings.schedule, "schedule"),)

    def step(self, settings: ScheduleSettings, event: Event, view: View) -> Iterable[Action]:
        meeting = view.meeting(settings.schedule)
        how = meeting.meets.value if meeting.meets else ""
        yield Leave(how if how in view.exits else meeting.openness.value)
