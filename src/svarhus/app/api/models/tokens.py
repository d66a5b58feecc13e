"""API tokens as the API shows them."""

from datetime import datetime

from pydantic import BaseModel, Field

from svarhus.domains.people.rights import Role
from svarhus.kit.ids import PersonKey
from svarhus.kit.moment import Moment
from svarhus.kit.written import Line


class NewToken(BaseModel):
    name: Line = Field(min_length=1, max_length=100, pattern=r"\S")
    role: Role
    expires_at: Moment | None = None


class TokenShown(BaseModel):
    """A token without its secret."""

    id: str
    name: str
    role: Role
    created_by: PersonKey
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="To five minutes; null: never.")


class TokenMade(TokenShown):
    secret: str = Field(description="Shown this once. Send it as `Authorization: Bearer …`.")
