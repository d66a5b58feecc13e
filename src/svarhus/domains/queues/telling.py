"""What customers are told of their callbacks without being rung: when, and in which words."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from svarhus.kit.document import DocumentPart, Language
from svarhus.kit.unfit import Unfit


class Telling(StrEnum):
    """What a customer is told."""

    CONFIRMATION = "confirmation"
    """A time is booked, or a call without one."""
    REMINDER = "reminder"
    """The time comes soon."""
    LATE = "late"
    """Nobody will be free at the time that was promised."""
    UNANSWERED = "unanswered"
    """An attempt was unanswered, and there will be another one."""
    NOT_REACHED = "not_reached"
    """The last attempt was unanswered."""
    MOVED = "moved"
    CANCELLED = "cancelled"


class TellingSettings(DocumentPart):
    """What the queue's customers are told of their callbacks: by SMS to a mobile phone, else by e-mail if an address
    is known."""

    confirmation: bool = Field(default=False, description="What is booked.")
    reminder: bool = Field(default=False, description="The time once more, before it comes.")
    reminder_minutes: int = Field(
        default=60, ge=5, le=7 * 24 * 60, description="So long before the time. Who books later than that gets none."
    )
    late: bool = Field(default=False, description="That we are late, before the promised time has passed.")
    late_minutes: int = Field(
        default=5, ge=0, le=60, description="So long before the time it is first looked whether anybody will be free."
    )
    unanswered: bool = Field(default=False, description="When we called in vain and will call again.")
    not_reached: bool = Field(default=False, description="When we called in vain for the last time.")
    moved: bool = Field(default=False, description="The new time.")
    cancelled: bool = Field(default=False, description="That no call will come.")

    def tells(self, what: Telling) -> bool:
        return bool(getattr(self, what.value))


PLACEHOLDERS = ("time", "day", "organisation", "queue", "number")
"""What is filled into a text: see `CustomerTexts`."""

LONGEST = 800
"""Characters of a text: six parts of an SMS that has no other letters than the plain ones, or twelve."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def _fillable(text: str) -> str:
    """The text, if all that it wants filled in is known."""
    for name in _BRACES.findall(text):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise Unfit(
                f"`{{{name}}}` cannot be filled in; possible are {known}", "text-placeholder", f"{{{name}}}", known
            )
    if "{" in (rest := _BRACES.sub("", text)) or "}" in rest:
        raise Unfit("a brace stands alone", "text-brace")
    return text


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled in. A value is on one line: it must not look like a text of its own."""
    return _BRACES.sub(lambda found: " ".join(values.get(found[1], "").split()), text)


Template = Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_fillable)]
Templates = dict[Language, Template]
"""By language. The shipped text serves where the customer's language is missing."""


class CustomerTexts(DocumentPart):
    """The organisation's own words. Filled in are {time} and {day} of the call, {organisation}, {queue} and the
    {number} that the customer will see."""

    confirmation: Templates = Field(default={})
    untimed: Templates = Field(default={}, description="The confirmation where no time is stated.")
    reminder: Templates = Field(default={})
    late: Templates = Field(default={})
    unanswered: Templates = Field(default={})
    not_reached: Templates = Field(default={})
    moved: Templates = Field(default={})
    cancelled: Templates = Field(default={})
    receipt: Templates = Field(default={}, description="Sent by hand from a case, when there is no time to tell.")

    def of(self, what: str, language: str) -> str | None:
        """The organisation's own text; None: the shipped one."""
        templates: Mapping[str, str] = getattr(self, what)
        return templates.get(language)
