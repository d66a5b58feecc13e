"""Words by which customers book a callback by SMS, and what comes of a text that they send."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from svarhus.kit.document import E164, DocumentPart, Language

TextWord = Annotated[
    str, Field(pattern=r"^\w{2,20}$", description="One word of letters and digits, in capitals or not.")
]

SHIPPED_CANCELS = ("AVBOKA", "CANCEL")


class BookingWord(DocumentPart):
    """A text that begins with the word books a callback of the queue."""

    word: TextWord
    number: E164 | None = Field(default=None, description="Only if it is sent to this number. None: to any.")
    language: Language | None = Field(
        default=None, description="In which the customer is answered and called. None: the organisation's."
    )
    stated_time: bool = Field(
        default=True, description="The next free time is booked and told. Else we call as soon as we can."
    )

    def meets(self, word: str, number: str) -> bool:
        """Whether it is this one, sent there."""
        return self.word.casefold() == word and self.number in (None, number)


def first_word(text: str) -> str:
    """By which a text is understood; empty when there is none."""
    words = text.split()
    return words[0].strip(".,;:!?\"'”’()").casefold() if words else ""


def clash(one: BookingWord, other: BookingWord) -> bool:
    """Whether a text could mean both."""
    same_number = one.number is None or other.number is None or one.number == other.number
    return one.word.casefold() == other.word.casefold() and same_number


def twice(words: Iterable[BookingWord]) -> int | None:
    """The place of the first one that means what one before it does."""
    known = list(words)
    return next((place for place, word in enumerate(known) if any(clash(word, each) for each in known[:place])), None)


class TextOutcome(StrEnum):
    """What came of a text."""

    BOOKED = "booked"
    ALREADY = "already"
    """The sender has a live booking: its time is told once more."""
    FULL = "full"
    """There was no free time."""
    NOT_CALLABLE = "not_callable"
    """The number may not be called."""
    CANCELLED = "cancelled"
    NOTHING = "nothing"
    """There was nothing to cancel."""
    IN_PROGRESS = "in_progress"
    """The sender is being called just now."""
    OTHER = "other"
    """It asks for nothing that we know. It is not answered, and stands with the number's messages."""
    TOO_MANY = "too_many"
    """So many came that it was not read."""


ANSWERED = frozenset(TextOutcome) - {TextOutcome.OTHER, TextOutcome.TOO_MANY}
