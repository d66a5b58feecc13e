"""Messages as the API shows them."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from svarhus.domains.outbox.model import Channel, Message, Purpose, Status
from svarhus.domains.people.unnamed import UNNAMED, Unnamed
from svarhus.kit.ids import PersonKey


class MessageShown(BaseModel):
    """A message, and how it stands with it."""

    id: str
    channel: Channel
    purpose: Purpose
    receiver: str = Field(description="An address, or a number in international form.")
    person: PersonKey | None = Field(description="Of the organisation, to whom it goes.")
    subject: str
    text: str | None = Field(description="Null: forgotten, or not for you.")
    status: Status
    reason: str = Field(
        description="Why it is not sent, or not yet: `no_provider`, `too_old`, `not_delivered`, `fault`, "
        "`not_reached`, `no_answer`, `sign_in_refused`, `not_now`, `no_credit`, `receiver_refused`, `message_refused`."
    )
    detail: str = Field(description="What the provider said.")
    attempts: int
    parts: int
    made_by: PersonKey | str
    made_at: datetime
    tried_at: datetime | None
    sent_at: datetime | None
    ended_at: datetime | None = Field(description="When it was delivered, or failed.")

    @classmethod
    def of(cls, message: Message, text: str | None) -> Self:
        return cls(
            id=message.id,
            channel=message.channel,
            purpose=message.purpose,
            receiver=message.receiver,
            person=message.person,
            subject=message.subject,
            text=text,
            status=message.status,
            reason=message.reason,
            detail=message.detail,
            attempts=message.attempts,
            parts=message.parts,
            made_by=PersonKey(message.made_by),
            made_at=message.made_at,
            tried_at=message.tried_at,
            sent_at=message.sent_at,
            ended_at=message.ended_at,
        )

    def unnamed(self, by: Unnamed) -> Self:
        if self.person != UNNAMED:
            return self
        return self.model_copy(update={"receiver": "", "text": None, "detail": ""})
