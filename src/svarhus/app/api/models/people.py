"""What is done for people beside their cards."""

from datetime import datetime

from pydantic import BaseModel, Field

from svarhus.domains.people.rights import Right, Role
from svarhus.kit.document import Key


class NewPassword(BaseModel):
    new: str = Field(max_length=1000, json_schema_extra={"writeOnly": True})


class RightShown(BaseModel):
    """One thing that a role may give."""

    key: Right
    group: str
    name: str
    text: str


class SystemRole(BaseModel):
    key: Role
    rights: tuple[Right, ...]


class RightsShown(BaseModel):
    """All rights there are, and what the system's roles give."""

    rights: tuple[RightShown, ...]
    system_roles: tuple[SystemRole, ...]


class PhotoOf(BaseModel):
    person: str
    sha256: str


class InvitationMade(BaseModel):
    """A link by which the person sets a password: to be handed over by you."""

    path: str = Field(description="Of the page, below the address of this installation. Shown this once.")
    expires_at: datetime


class Membership(BaseModel):
    """A person's place in a queue."""

    queue: Key
    starts_logged_in: bool = False
    priority: int = Field(default=1, ge=0, le=9, description="Members with 0 are rung first.")


class Memberships(BaseModel):
    queues: tuple[Membership, ...]


class SignInOf(BaseModel):
    """How it stands with somebody's way in."""

    person: str
    has_password: bool
    second_factor: bool
    has_pin: bool = Field(description="By which the person logs in and out of queues at any telephone.")
    invited_until: datetime | None
    seen_at: datetime | None = Field(description="When a session of the person that holds was used last.")
