"""How callbacks are carried out, and what follows when nobody is reached."""

from enum import StrEnum

from pydantic import Field

from svarhus.domains.queues.alerts import MailAddress
from svarhus.kit.document import E164, DocumentPart


class CarriedOut(StrEnum):
    """Who begins the call."""

    MANUAL = "manual"
    """A member chooses a callback and starts it."""
    AUTOMATIC = "automatic"
    """The next free member is rung for it, as for a caller of the queue, and then the customer."""


class AfterLast(StrEnum):
    """What becomes of a callback after its last attempt, in vain."""

    CLOSED = "closed"
    NEW_TIME = "new_time"
    """The next free place of the schedule is booked, once; after its attempts the callback is closed."""


class NewEntries(DocumentPart):
    """Who is told of each new callback. The customer's number is not told."""

    mail: tuple[MailAddress, ...] = Field(default=(), max_length=20, description="Addresses that get a mail.")
    text: tuple[E164, ...] = Field(default=(), max_length=20, description="Mobile phones that get a text.")

    @property
    def anybody(self) -> bool:
        return bool(self.mail or self.text)
