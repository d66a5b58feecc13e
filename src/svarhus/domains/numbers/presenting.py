"""Who may let those whom they call see a number."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from svarhus.kit.document import DocumentPart, PersonRef
from svarhus.kit.unfit import Unfit


class Presenters(StrEnum):
    """Of the people who may call out."""

    EVERYBODY = "everybody"
    SUPERVISORS = "supervisors"
    """Whose role lets them log others in to queues."""
    NAMED = "named"


class Presenting(DocumentPart):
    """Who may choose the number as their own, shown to those whom they call."""

    who: Presenters = Presenters.EVERYBODY
    people: tuple[PersonRef, ...] = Field(default=(), max_length=500, description="Those who are named.")

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if self.people and self.who is not Presenters.NAMED:
            raise Unfit("people are named only where the named ones may", "names-nobody-asks-for")
        return self

    def lets(self, person: str, *, supervisor: bool) -> bool:
        """Whether this person may show it."""
        match self.who:
            case Presenters.SUPERVISORS:
                return supervisor
            case Presenters.NAMED:
                return person in self.people
            case _:
                return True
