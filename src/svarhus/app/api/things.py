"""Things that logs speak of, as they are shown."""

from datetime import datetime

from pydantic import BaseModel, Field

from svarhus.domains.naming.model import Thing, ThingKind
from svarhus.domains.naming.service import Change
from svarhus.domains.naming.told import Done


class ThingShown(BaseModel):
    """What a line is about. What is not known, or is not for the reader, is null."""

    kind: ThingKind
    key: str
    list: str | None = Field(description="Of which list of the organisation a part is, such as `queues`.")
    name: str | None = Field(description="As it is called now; when it is no more, as it was called then.")
    at: datetime | None = Field(description="When the call began, the message was left, the customer is called back.")
    number: str | None = Field(description="The customer's number.")


class ChangeShown(BaseModel):
    """One difference between two revisions."""

    line: str = Field(description="As it is kept.")
    list: str | None = Field(description="Of the part that changed; `organisation`; null: only `line` tells.")
    key: str | None
    name: str | None
    setting: str | None = Field(description="Null when the part came or went as a whole.")
    entry: str | None = Field(description="Which entry of the setting, by its name.")
    done: Done
    before: str | None
    after: str | None


def thing_shown(thing: Thing) -> ThingShown:
    return ThingShown(
        kind=thing.kind, key=thing.key, list=thing.list_name, name=thing.name, at=thing.at, number=thing.number
    )


def change_shown(change: Change) -> ChangeShown:
    told = change.told
    return ChangeShown(
        line=told.line,
        list=told.list_name,
        key=told.key,
        name=change.name,
        setting=told.setting,
        entry=change.entry,
        done=told.done,
        before=change.before,
        after=change.after,
    )
