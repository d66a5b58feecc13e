"""The audit log as the API shows it."""

from datetime import datetime

from pydantic import BaseModel, Field, JsonValue

from svarhus.app.api.things import ChangeShown, ThingShown
from svarhus.domains.audit.log import AuditKind
from svarhus.domains.naming.service import TOLD_AT_MOST


class AuditLine(BaseModel):
    """Who did what and when."""

    id: int
    at: datetime
    who: str
    who_name: str | None = Field(description="The person's name; null for programs and whoever is not known any more.")
    action: str
    kind: AuditKind
    subject: str
    about: ThingShown
    before: JsonValue
    after: JsonValue
    changes: tuple[ChangeShown, ...] = Field(
        description=f"The differences that `after` has under `changes`, taken apart, by names; {TOLD_AT_MOST} at most."
    )


class AuditNamesShown(BaseModel):
    """Who and what is in the log, to choose from."""

    who: tuple[str, ...]
    names: dict[str, str] = Field(description="By who it is, the names of people.")
    actions: tuple[str, ...]
