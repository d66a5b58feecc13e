"""Boards, and links to wallboards, as the API shows them."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from svarhus.kit.document import Key, Language
from svarhus.kit.ids import PersonKey
from svarhus.kit.written import Line


class QueueTodayShown(BaseModel):
    """The figures of a queue since midnight, of the callers who have left it: answered, hung up, or gone on."""

    model_config = ConfigDict(from_attributes=True)

    queue: str
    offered: int = Field(description="Answered + abandoned + flowed out.")
    answered: int
    abandoned: int
    short_abandons: int
    flowed_out: int = Field(description="Left unanswered for another step, such as a callback.")
    service_level: float | None = Field(
        description="Answered within the threshold ÷ (answered + abandoned − short abandons), from 0 to 1."
    )
    abandon_rate: float | None = Field(description="Abandoned ÷ offered, from 0 to 1.")
    average_wait: float | None = Field(description="Seconds; of answered callers only.")
    longest_wait: float | None = Field(description="Seconds.")
    service_level_seconds: int
    service_level_target: float | None = Field(description="From 0 to 1; null: there is none.")
    red_after_seconds: int = Field(description="A longer wait is shown in red.")
    short_abandon_seconds: int
    kept_within_minutes: int | None = Field(description="How late a callback may begin and its promise be kept.")


class AnsweredBy(BaseModel):
    person: PersonKey
    answered: int


class TodayShown(BaseModel):
    """How the day has gone so far."""

    since: datetime = Field(description="The organisation's midnight.")
    at: datetime
    queues: tuple[QueueTodayShown, ...]
    people: tuple[AnsweredBy, ...]
    callbacks_shown: bool = Field(description="Whether you are shown callbacks; how many are due is not known else.")


class EstimateErrorShown(BaseModel):
    """|Expected at entry − real wait|, of callers who were answered and for whom no member was free as they came."""

    model_config = ConfigDict(from_attributes=True)

    queue: str
    compared: int = Field(description="Callers.")
    median: float | None = Field(description="Seconds; null of fewer than twenty callers.")
    ninetieth: float | None = Field(description="Seconds: nine of ten estimates were no further off.")


class EstimateErrorList(BaseModel):
    items: tuple[EstimateErrorShown, ...]


class LinkWanted(BaseModel):
    """What a new wallboard is to show."""

    name: Line = Field(min_length=1, max_length=100, pattern=r"\S")
    unit: Key | None = Field(default=None, description="Only the queues of this unit.")
    queues: tuple[Key, ...] = Field(default=(), max_length=100, description="Only these; none named: all.")
    shows_agents: bool = Field(default=False, description="Names of the staff and what they are doing.")
    theme: Literal["dark", "light"] = "dark"
    language: Language = "sv"


class LinkShown(BaseModel):
    """A link to a wallboard, without its token."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    unit: str | None
    queues: tuple[str, ...]
    shows_agents: bool
    theme: Literal["dark", "light"]
    language: str
    made_at: datetime
    made_by: PersonKey
    seen_at: datetime | None = Field(description="When a screen last asked for it, to the minute.")


class LinkMade(BaseModel):
    link: LinkShown
    path: str = Field(description="Open it on the screen. It is shown this once.")


class LinkList(BaseModel):
    items: tuple[LinkShown, ...]
