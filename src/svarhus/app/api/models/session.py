"""How somebody signs in, and what a session is."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from svarhus.app.api.models import SECRET
from svarhus.app.api.models.me import Me


class Credentials(BaseModel):
    email: str = Field(max_length=254)
    password: str = Field(max_length=1000, json_schema_extra=SECRET)


class SessionBegun(BaseModel):
    """You are signed in."""

    me: Me
    expires_at: datetime
    recovery_codes: tuple[str, ...] = Field(
        default=(), description="When a second factor was set up on the way in: shown this once."
    )


class StepNeeded(BaseModel):
    """The password was right; something is still needed."""

    step: Literal["code", "set_up"] = Field(
        description="code: POST /api/session/code. set_up: POST /api/session/second-factor."
    )
    ticket: str
    expires_at: datetime


class TicketSent(BaseModel):
    ticket: str = Field(max_length=200, json_schema_extra=SECRET)


class CodeSent(TicketSent):
    code: str = Field(max_length=40, description="Of the app, or one for recovery.", json_schema_extra=SECRET)


class InvitationSent(BaseModel):
    token: str = Field(max_length=200, json_schema_extra=SECRET)


class InvitationAccepted(InvitationSent):
    password: str = Field(max_length=1000, json_schema_extra=SECRET)


class InvitedShown(BaseModel):
    """Whom a link invites."""

    organisation: str
    name: str
    email: str
    language: str
    expires_at: datetime
