"""The directory and contacts as the API shows them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from svarhus.domains.contacts import checking
from svarhus.domains.contacts.book import Imported, Written
from svarhus.domains.contacts.directory import Caller
from svarhus.domains.contacts.encoding import EncodingName
from svarhus.domains.contacts.headings import Meaning
from svarhus.domains.contacts.importing import asides
from svarhus.domains.contacts.model import Contact, EntryKind, NumberLabel
from svarhus.kit.errors import Fault
from svarhus.kit.ids import PersonKey


class NumberShown(BaseModel):
    """A number at which somebody is reached."""

    model_config = ConfigDict(from_attributes=True)

    number: str = Field(description="E.164; a short number such as 1177; an extension for a colleague's own.")
    label: NumberLabel
    note: str = Field(description="What was written beside it: an extension behind it, or words.")


class EntryShown(BaseModel):
    """A line of the directory: a colleague or a contact."""

    model_config = ConfigDict(from_attributes=True)

    kind: EntryKind
    key: str = Field(description="The person's key, or the contact's id.")
    name: str
    company: str
    title: str
    department: str
    place: str
    email: str
    numbers: tuple[NumberShown, ...]
    tags: tuple[str, ...]
    fields: Mapping[str, str] = Field(description="Of colleagues by the fields' keys, of contacts by their labels.")
    units: tuple[str, ...] = Field(description="Names of a colleague's units.")
    favourite: bool = Field(description="Of the person who asks.")


class NumberWritten(BaseModel):
    number: str = Field(
        min_length=1, max_length=200, description="In any form; an extension and words beside it become its note."
    )
    label: Literal["work", "mobile", "home", "other"] = "work"


_Text = Annotated[str, Field(max_length=checking.LONGEST_TEXT)]


class ContactWritten(BaseModel):
    """A contact as somebody writes it."""

    name: str = Field(min_length=1, max_length=checking.LONGEST_TEXT)
    company: _Text = ""
    title: _Text = ""
    department: _Text = ""
    place: _Text = ""
    email: _Text = ""
    numbers: tuple[NumberWritten, ...] = Field(default=(), max_length=checking.MOST_NUMBERS)
    tags: tuple[Annotated[str, Field(max_length=checking.LONGEST_TAG)], ...] = Field(
        default=(), max_length=checking.MOST_TAGS
    )
    fields: dict[str, Annotated[str, Field(max_length=checking.LONGEST_VALUE)]] = Field(
        default={}, max_length=checking.MOST_FIELDS, description="Own fields: values by their labels."
    )
    notes: str = Field(default="", max_length=checking.LONGEST_NOTES)

    def written(self) -> Written:
        texts = {name: getattr(self, name) for name in ("company", "title", "department", "place", "email", "notes")}
        numbers = [(each.number, NumberLabel(each.label)) for each in self.numbers]
        return Written(self.name, texts, numbers, self.tags, self.fields)


class ContactShown(BaseModel):
    """The whole card of a contact."""

    id: str
    name: str
    company: str
    title: str
    department: str
    place: str
    email: str
    numbers: tuple[NumberShown, ...]
    tags: tuple[str, ...]
    fields: Mapping[str, str]
    notes: str
    changed_at: datetime
    changed_by: PersonKey

    @classmethod
    def of(cls, contact: Contact) -> Self:
        card = contact.card
        return cls(
            id=contact.id,
            name=card.name,
            company=card.company,
            title=card.title,
            department=card.department,
            place=card.place,
            email=card.email,
            numbers=tuple(NumberShown.model_validate(each) for each in card.numbers),
            tags=card.tags,
            fields=card.fields,
            notes=card.notes,
            changed_at=contact.changed_at,
            changed_by=PersonKey(contact.changed_by),
        )


class LastSpokenShown(BaseModel):
    """The last conversation with a number."""

    model_config = ConfigDict(from_attributes=True)

    call: str
    person: PersonKey = Field(description="Key of the colleague.")
    at: datetime
    queue: str | None
    talk: float = Field(description="Seconds.")


class CallerShown(BaseModel):
    """What is known about a number."""

    number: str | None = Field(description="E.164, or an extension; null when withheld or no number.")
    colleague: EntryShown | None
    contacts: tuple[ContactShown, ...] = Field(description="Several may share a number.")
    last_spoken: LastSpokenShown | None

    @classmethod
    def of(cls, caller: Caller) -> Self:
        return cls(
            number=caller.number,
            colleague=EntryShown.model_validate(caller.colleague) if caller.colleague else None,
            contacts=tuple(ContactShown.of(contact) for contact in caller.contacts),
            last_spoken=LastSpokenShown.model_validate(caller.last_spoken) if caller.last_spoken else None,
        )


class FaultyLine(BaseModel):
    """One thing wrong in a line of a file."""

    line: int = Field(description="From 1, the headings included.")
    column: str
    message: str
    remedy: str
    reason: str = Field(description="Stable id of what is wrong, where it has one: `number-too_short`.")
    values: tuple[str, ...] = Field(description="What the message names, in its order.")

    @classmethod
    def of(cls, fault: Fault) -> Self:
        return cls(
            line=fault.line or 0,
            column=fault.path,
            message=fault.message,
            remedy=fault.remedy,
            reason=fault.reason,
            values=fault.values,
        )


class ColumnShown(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    heading: str
    meaning: Meaning = Field(description="What it is taken for: as your preferences say, else as the heading does.")
    example: str = Field(description="Its first value.")


class AsideShown(BaseModel):
    """What stands beside a number, and is kept with it."""

    model_config = ConfigDict(from_attributes=True)

    line: int
    number: str
    note: str


class EncodingShown(BaseModel):
    encoding: EncodingName
    sample: str = Field(description="Some of the file's words, read so.")


class ImportedShown(BaseModel):
    """What a file did, or would do."""

    dry_run: bool
    added: int
    changed: int
    unchanged: int
    joined: int = Field(description="Lines about somebody of whom an earlier line is: they became one contact.")
    faults: tuple[FaultyLine, ...] = Field(description="The first 1,000.")
    faulty_lines: int
    faulty_file: str = Field(description="The lines that are not right, to be mended and sent again.")
    columns: tuple[ColumnShown, ...]
    asides: tuple[AsideShown, ...] = Field(description="The first 200.")
    encoding: EncodingName = Field(description="In which it was read.")
    encodings: tuple[EncodingShown, ...] = Field(
        description="When that is not certain: those in question, the likeliest first."
    )
    nameless: bool = Field(
        description="No column is known that has the names: nothing is read until your preferences tell which."
    )
    examples: tuple[str, ...] = Field(description="The names of the first that are added.")

    @classmethod
    def of(cls, imported: Imported, dry_run: bool) -> Self:
        read, plan = imported.read, imported.plan
        return cls(
            dry_run=dry_run,
            added=len(plan.added),
            changed=len(plan.changed),
            unchanged=plan.unchanged,
            joined=plan.joined,
            faults=tuple(FaultyLine.of(each) for each in read.faults),
            faulty_lines=read.faulty_lines,
            faulty_file=read.faulty,
            columns=tuple(ColumnShown.model_validate(each) for each in read.columns),
            asides=tuple(AsideShown.model_validate(each) for each in asides(read.lines)),
            encoding=read.encoding,
            nameless=read.nameless,
            encodings=tuple(EncodingShown(encoding=name, sample=sample) for name, sample in read.encodings),
            examples=tuple(contact.card.name for contact in plan.added[:5]),
        )
