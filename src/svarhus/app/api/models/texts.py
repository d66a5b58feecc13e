"""What customers are told, as the API shows it."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.outbox.model import Channel, Message, Purpose, Status
from svarhus.domains.queues import telling
from svarhus.domains.queues.texting import TextOutcome
from svarhus.domains.telling.received import Received
from svarhus.domains.telling.service import Correspondence, Previewed
from svarhus.domains.telling.words import Template
from svarhus.kit.document import Language
from svarhus.kit.ids import PersonKey
from svarhus.kit.written import Lines


class WantedPreview(BaseModel):
    """Words to be looked at."""

    template: Template
    language: Language
    text: telling.Template | None = Field(
        default=None, description="Words that are not kept yet; null: those that are kept, or shipped."
    )


class PreviewShown(BaseModel):
    """A text as the customer gets it, and how long it is as SMS."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    parts: int = Field(description="Short messages that it becomes.")
    letters: int = Field(description="As they are counted: € and brackets are two.")
    room: int = Field(description="Letters that fit into so many parts.")
    plain: bool = Field(description="False: a letter that is not in the SMS alphabet makes all of the text longer.")

    @classmethod
    def of(cls, found: Previewed) -> Self:
        size = found.length
        return cls(text=found.text, parts=size.parts, letters=size.letters, room=size.room, plain=size.plain)


class WantedDraft(BaseModel):
    """What is to be sent from a case."""

    template: Template
    text: Lines | None = Field(default=None, max_length=telling.LONGEST, description="Null: by the template.")


class NewText(BaseModel):
    """An SMS to the number of a case."""

    template: Template = Field(description="What it is: one of those that the case allows now.")
    text: Lines = Field(min_length=1, max_length=telling.LONGEST)
    id: str | None = Field(
        default=None, pattern=r"^[0-9a-f]{32}$", description="Of several with the same one the first is sent."
    )


class TextShown(BaseModel):
    """A message to or from the number of a case."""

    id: str
    incoming: bool
    channel: Channel
    at: datetime
    text: str | None
    subject: str = ""
    purpose: Purpose | None = Field(default=None, description="Null: it came in.")
    status: Status | None = Field(default=None, description="Null: it came in.")
    reason: str = Field(default="", description="Why it was not sent; see `/api/outbox`.")
    parts: int = 1
    made_by: PersonKey | None = Field(default=None, description="Who has sent it: a person, or `command line`.")
    outcome: TextOutcome | None = Field(default=None, description="What came of one that came in; null: not read yet.")

    @classmethod
    def sent(cls, message: Message) -> Self:
        return cls(
            id=message.id,
            incoming=False,
            channel=message.channel,
            at=message.made_at,
            text=message.text,
            subject=message.subject,
            purpose=message.purpose,
            status=message.status,
            reason=message.reason,
            parts=message.parts,
            made_by=PersonKey(message.made_by),
        )

    @classmethod
    def came(cls, text: Received) -> Self:
        return cls(
            id=text.id,
            incoming=True,
            channel=Channel.TEXT,
            at=text.received_at,
            text=text.text,
            outcome=text.outcome,
        )


class CorrespondenceShown(BaseModel):
    """What went to and fro with the number of a case."""

    takes_texts: bool = Field(description="An SMS can arrive at the number.")
    templates: tuple[Template, ...] = Field(description="What can be sent now.")
    messages: tuple[TextShown, ...] = Field(description="The newest first.")

    @classmethod
    def of(cls, found: Correspondence) -> Self:
        both = [*map(TextShown.sent, found.sent), *map(TextShown.came, found.received)]
        messages = tuple(sorted(both, key=lambda each: each.at, reverse=True))
        return cls(takes_texts=found.takes_texts, templates=found.templates, messages=messages)
