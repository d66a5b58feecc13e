"""People who work here, and the units that they belong to."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from svarhus.kit.document import E164, Key, Keyed, Language

Extension = Annotated[str, Field(pattern=r"^[0-9]{3,6}$", description="Three to six digits.")]


class Role(StrEnum):
    """What a person may do, from most to least."""

    ADMINISTRATOR = "administrator"
    TEAM_LEADER = "team_leader"
    USER = "user"


class Unit(Keyed):
    """A part of the organisation with its own staff: a reception, a clinic."""


class Person(Keyed):
    """Somebody who signs in and may take calls."""

    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254, description="Also the name to sign in with.")
    role: Role = Role.USER
    units: tuple[Key, ...] = ()
    language: Language = "sv"
    extension: Extension | None = Field(
        default=None, description="Internal number; a phone registers under it as its SIP user name."
    )
    phone: Literal["sip", "browser"] = Field(
        default="sip",
        description="What registers under the extension: a SIP phone or program, or the browser (WebRTC).",
    )
    number: E164 | None = Field(default=None, description="A mobile or other number outside.")
    answers_at: Literal["extension", "number"] = Field(
        default="extension", description="Where calls to this person ring."
    )
    password: str | None = Field(
        default=None,
        min_length=10,
        max_length=200,
        description="For sign-in. Write-only: an export leaves it out.",
    )
    phone_password: str | None = Field(
        default=None,
        min_length=6,
        max_length=64,
        pattern=r"^[!-~]+$",
        description="For the phone's registration. Write-only; made up when left out.",
    )

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.answers_at == "number" and self.number is None:
            raise ValueError("answers_at is number, but no number is given")
        return self
