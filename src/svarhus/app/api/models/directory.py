"""What is asked about numbers and names, and answered."""

from typing import Annotated

from pydantic import BaseModel, Field


class Names(BaseModel):
    """Names by number; numbers that nobody has are left out."""

    names: dict[str, str]


class NumberTyped(BaseModel):
    typed: str = Field(max_length=200, description="A number outside, in any form.")


class NumberRead(BaseModel):
    """The one number that was typed."""

    number: str = Field(description="E.164; a short number such as 1177.")
    note: str = Field(description="What stands beside it: an extension behind it, or words.")


class NumbersAsked(BaseModel):
    numbers: tuple[Annotated[str, Field(max_length=60)], ...] = Field(
        max_length=200, description="E.164 or extensions."
    )
