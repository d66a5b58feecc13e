"""Caller list: whose number is on a list goes another way, before others, or nowhere."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from svarhus.domains.callflows.steps import Action, ElementType, Event, Exits, Leave, MarkListed, Reference, View
from svarhus.kit.document import DocumentPart, Key
from svarhus.kit.unfit import Unfit

LISTED, NOT_LISTED, NO_NUMBER = "listed", "not_listed", "no_number"


class CallerListSettings(DocumentPart):
    lists: tuple[Key, ...] = Field(
        min_length=1,
        max_length=20,
        description="Where the caller's number is looked up. Of several that have it, the one whose row says most of "
        "the number, then the first.",
    )

    @model_validator(mode="after")
    def _are_different(self) -> Self:
        twice = next((key for key in self.lists if self.lists.count(key) > 1), None)
        if twice is not None:
            raise Unfit(f"`{twice}` is named twice", "named-twice", twice)
        return self


class CallerListElement(ElementType[CallerListSettings]):
    """No list has a key with an underscore, so that its exit is never taken for another one."""

    type = "caller_list"
    title = "Caller list"
    description = (
        "Goes on by `listed` when the caller's number is on the list, else by `not_listed`. With several lists, each "
        "has its key as exit. Who withholds the number goes by `no_number` if that leads anywhere, else by "
        "`not_listed`. Whoever is found keeps the list's priority and service level for the rest of the call. To block "
        "callers, lead them to `hang_up`."
    )
    waits = False
    takes_keys_ahead = True
    Settings = CallerListSettings

    def exits(self, settings: CallerListSettings) -> Exits:
        found = frozenset(settings.lists) if len(settings.lists) > 1 else frozenset({LISTED})
        return Exits(found | {NOT_LISTED, NO_NUMBER}, required=found | {NOT_LISTED})

    def references(self, settings: CallerListSettings) -> tuple[Reference, ...]:
        return tuple(Reference("lists", key, f"lists[{i}]") for i, key in enumerate(settings.lists))

    def step(self, settings: CallerListSettings, event: Event, view: View) -> Iterable[Action]:
        found = view.found_on(settings.lists)
        if found:
            yield MarkListed(found)
            yield Leave(found.key if len(settings.lists) > 1 else LISTED)
        elif view.withheld and NO_NUMBER in view.exits:
            yield Leave(NO_NUMBER)
        else:
            yield Leave(NOT_LISTED)
