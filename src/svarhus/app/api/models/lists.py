"""Rows and versions of lists, as the API takes and shows them."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from svarhus.app.api.models.contacts import ColumnShown, EncodingShown, FaultyLine
from svarhus.domains.contacts.encoding import EncodingName
from svarhus.domains.numberlists.model import How, ListRow, ListVersion
from svarhus.domains.numberlists.service import ListImport, WrittenRow
from svarhus.kit.database import Page
from svarhus.kit.ids import PersonKey


class ListRowWritten(BaseModel):
    """A row as somebody has written it."""

    number: str = Field(
        max_length=200, description="In any form; or the beginning of numbers with `*` behind it: `070*`."
    )
    name: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=500)

    def written(self) -> WrittenRow:
        return WrittenRow(self.number, self.name, self.note)


class ListRowShown(BaseModel):
    """A number on a list."""

    model_config = ConfigDict(from_attributes=True)

    number: str = Field(description="E.164, or a short number; a beginning of numbers with `*` behind it.")
    name: str
    note: str


class ListVersionShown(BaseModel):
    """One version of a list's rows."""

    model_config = ConfigDict(from_attributes=True)

    version: int = Field(description="From 1; 0: nothing was ever written.")
    at: datetime | None
    author: PersonKey = Field(description="Who made it: a person, a token, or `command line`.")
    how: How
    about: str = Field(description="The one number; the version that was restored. Else empty.")
    note: str
    added: int
    changed: int
    removed: int
    rows: int = Field(description="Afterwards.")


class ListRowsShown(BaseModel):
    """A page of a list's rows."""

    items: tuple[ListRowShown, ...]
    next: str | None = Field(description="Cursor of the next page; null at the end.")
    version: ListVersionShown = Field(description="Of which they are.")

    @classmethod
    def of(cls, version: ListVersion, page: Page[ListRow]) -> Self:
        items = tuple(ListRowShown.model_validate(row) for row in page.items)
        return cls(items=items, next=page.next, version=ListVersionShown.model_validate(version))


class ListRowsGone(BaseModel):
    """Numbers to be taken off a list."""

    numbers: tuple[str, ...] = Field(min_length=1, max_length=500)


class ListSize(BaseModel):
    """How many rows a list has."""

    list: str = Field(description="Its key.")
    rows: int
    version: int


class ListRowsImported(BaseModel):
    """What a file did, or would do."""

    dry_run: bool
    added: int
    changed: int
    unchanged: int
    removed: int
    joined: int = Field(description="Lines about a number of which an earlier line is: the last one holds.")
    faults: tuple[FaultyLine, ...] = Field(description="The first 1,000.")
    faulty_lines: int
    faulty_file: str = Field(description="The lines that are not right, to be mended and sent again.")
    columns: tuple[ColumnShown, ...]
    encoding: EncodingName = Field(description="In which it was read.")
    encodings: tuple[EncodingShown, ...] = Field(
        description="When that is not certain: those in question, the likeliest first."
    )
    nameless: bool = Field(description="No column is known that has the numbers: nothing is read until told which.")
    version: int = Field(description="The newest, afterwards.")

    @classmethod
    def of(cls, found: ListImport, dry_run: bool) -> Self:
        read, change = found.read, found.change
        return cls(
            dry_run=dry_run,
            added=len(change.added),
            changed=len(change.changed),
            unchanged=found.unchanged,
            removed=len(change.removed),
            joined=found.joined,
            faults=tuple(FaultyLine.of(each) for each in read.faults),
            faulty_lines=read.faulty_lines,
            faulty_file=read.faulty,
            columns=tuple(ColumnShown.model_validate(each) for each in read.columns),
            encoding=read.encoding,
            encodings=tuple(EncodingShown(encoding=name, sample=sample) for name, sample in read.encodings),
            nameless=read.nameless,
            version=found.version,
        )
