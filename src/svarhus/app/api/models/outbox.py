"""Messages as the API shows them."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.outbox.model import Channel, Message, Purpose, Status
from svarhus.domains.outbox.settings import SmtpSettings, TextSettings
from svarhus.domains.people.unnamed import UNNAMED, Unnamed
from svarhus.kit.ids import PersonKey
from svarhus.kit.written import Line


class MessageShown(BaseModel):
    """A message, and how it stands with it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    channel: Channel
    purpose: Purpose
    receiver: str = Field(description="An address, or a number in international form.")
    person: PersonKey | None = Field(description="Of the organisation, to whom it goes.")
    subject: str
    text: str | None = Field(description="Null: forgotten, or not for you.")
    status: Status
    reason: str = Field(
        description="Why it is not sent, or not yet: `no_provider`, `too_old`, `overtaken`, `not_delivered`, `fault`, "
        "`not_reached`, `no_answer`, `sign_in_refused`, `not_now`, `no_credit`, `receiver_refused`, `message_refused`."
    )
    detail: str = Field(description="What the provider said.")
    attempts: int
    parts: int
    made_by: PersonKey = Field(description="Who caused it: a person, a token, or `command line`.")
    made_at: datetime
    tried_at: datetime | None
    sent_at: datetime | None
    ended_at: datetime | None = Field(description="When it was delivered, failed, or was dropped.")

    @classmethod
    def of(cls, message: Message, text: str | None) -> Self:
        return cls.model_validate(message).model_copy(update={"text": text})

    def unnamed(self, by: Unnamed) -> Self:
        if self.person != UNNAMED:
            return self
        return self.model_copy(update={"receiver": "", "text": None, "detail": ""})


Password = Annotated[
    str | None,
    Field(max_length=500, description="Write-only. Left out: the one that is kept for this server and user."),
]


class MailProvider(BaseModel):
    """A mail server that takes our mail."""

    settings: SmtpSettings
    password: Password = None


class TextProvider(BaseModel):
    """A provider of text messages."""

    settings: TextSettings
    password: Password = None


class ProvidersShown(BaseModel):
    """Who brings messages; null: nobody, and messages are only shown."""

    mail: SmtpSettings | None
    text: TextSettings | None


class IncomingAddress(BaseModel):
    """Where a provider hands over texts."""

    address: str | None = Field(description="With a secret in it; null: none was made.")


class TestWanted(BaseModel):
    channel: Channel
    receiver: Line = Field(max_length=254, description="An address, or a number in international form.")


class InvitationMailed(BaseModel):
    """A mail with a link by which the person sets a password."""

    message: MessageShown
    expires_at: datetime = Field(description="Until then the link holds.")
