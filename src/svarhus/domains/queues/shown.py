"""What the phone of a member who is rung shows: which number, and which name."""

from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator

from svarhus.domains.numbers.parse import national
from svarhus.kit.document import E164, DocumentPart
from svarhus.kit.unfit import Unfit

TwoDigits = Annotated[str, Field(pattern=r"^[0-9]{0,2}$", description="Up to two digits.")]


class MemberSees(StrEnum):
    """The number that a member's phone shows."""

    CALLER = "caller"
    """The caller's."""
    CALLER_AND_ID = "caller_and_id"
    """The caller's, a star, and the queue's own digits."""
    QUEUE = "queue"
    """The one that the queue presents."""
    NUMBER = "number"
    """One of choice."""


class MemberDisplay(DocumentPart):
    """How a call of the queue is told apart on a phone with nothing but a number and a name."""

    numeric_id: str = Field(
        default="", pattern=r"^[0-9]{0,6}$", description="The queue's own digits, shown behind the caller's number."
    )
    number: E164 | None = Field(default=None, description="The number that is shown, where it is one of choice.")
    prefix: TwoDigits = Field(default="", description="Digits before the caller's number.")
    suffix: TwoDigits = Field(default="", description="Digits after the caller's number.")
    name: str = Field(
        default="", max_length=40, description="Shown in place of the caller's name. Empty: the caller's."
    )

    @model_validator(mode="after")
    def _says_who_calls(self) -> Self:
        if self.number and (self.prefix or self.suffix):
            raise Unfit("prefix and suffix belong to the caller's number, not to one of choice", "affixes-of-choice")
        return self


class Shown(NamedTuple):
    """On the phone of a member who is rung."""

    number: str | None
    """Digits, perhaps a star, or in E.164; None: withheld."""
    name: str


def shown_to_member(
    sees: MemberSees, display: MemberDisplay, caller: str | None, presented: str | None, name: str, country: str
) -> Shown:
    """`caller`: E.164, an extension, or None for a withheld number; `presented`: what the queue presents; `name`: the
    caller's, or the queue's; `country`: by whose habits digits are put beside the caller's number."""
    match sees:
        case MemberSees.QUEUE:
            number = presented
        case MemberSees.NUMBER:
            number = display.number or presented
        case MemberSees.CALLER_AND_ID if caller and display.numeric_id:
            number = f"{_digits(caller, country)}*{display.numeric_id}"
        case _ if caller and (display.prefix or display.suffix):
            number = f"{display.prefix}{_digits(caller, country)}{display.suffix}"
        case _:
            number = caller
    return Shown(number, display.name or name)


def _digits(caller: str, country: str) -> str:
    """As it is dialled from the country, so that digits before it are no other country's number."""
    written = national(caller, country)
    return "00" * written.startswith("+") + "".join(letter for letter in written if letter.isdigit())
