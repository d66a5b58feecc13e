"""API tokens, other people's passwords, and the audit log: what administrators look after."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, BaseModel, Field, JsonValue

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.session import PhonePassword
from svarhus.domains.people.repository import Token
from svarhus.domains.people.rights import Right, Role, require
from svarhus.domains.people.service import person_of
from svarhus.kit.clock import instant
from svarhus.kit.ids import PersonKey

router = APIRouter(tags=["administration"], responses=PROBLEMS)

PersonPath = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,47}$")]


class NewToken(BaseModel):
    name: str = Field(min_length=1, max_length=100)
    role: Role
    expires_at: AwareDatetime | None = None


class TokenShown(BaseModel):
    """A token without its secret."""

    id: str
    name: str
    role: Role
    created_by: str
    created_at: datetime
    expires_at: datetime | None


class TokenMade(TokenShown):
    secret: str = Field(description="Shown this once. Send it as `Authorization: Bearer …`.")


class NewPassword(BaseModel):
    new: str = Field(max_length=1000, json_schema_extra={"writeOnly": True})


class AuditLine(BaseModel):
    """Who changed what and when."""

    id: int
    at: datetime
    who: str
    action: str
    subject: str
    before: JsonValue
    after: JsonValue


@router.get("/api/tokens")
async def tokens(actor: SignedIn, services: Services) -> tuple[TokenShown, ...]:
    return tuple(_shown(token) for token in await services.organisations.tokens.all(actor))


@router.post("/api/tokens", status_code=201)
async def make_token(wanted: NewToken, actor: SignedIn, services: Services) -> TokenMade:
    """Make a token with a role not higher than your own."""
    expires_at = instant(wanted.expires_at) if wanted.expires_at else None
    secret, token = await services.organisations.tokens.make(actor, wanted.name, wanted.role, expires_at)
    return TokenMade(secret=secret, **_shown(token).model_dump())


@router.delete("/api/tokens/{id}", status_code=204)
async def revoke_token(id: Annotated[str, Path(max_length=64)], actor: SignedIn, services: Services) -> None:
    await services.organisations.tokens.revoke(actor, id)


@router.put("/api/people/{key}/password", status_code=204)
async def set_password(key: PersonPath, wanted: NewPassword, actor: SignedIn, services: Services) -> None:
    """Set somebody else's password. All of that person's sessions end."""
    await services.organisations.sign_in.set_password(actor, PersonKey(key), wanted.new)


@router.post("/api/people/{key}/phone-password", status_code=201)
async def new_phone_password(key: PersonPath, actor: SignedIn, services: Services) -> PhonePassword:
    """Make up a new password for the person's phone, shown this once. The phone must be given it."""
    _, configuration = await services.organisations.service.current(actor)
    person_of(configuration, key)
    return PhonePassword(password=await services.organisations.service.new_phone_password(actor, key))


@router.get("/api/audit")
async def audit(actor: SignedIn, services: Services, cursor: Cursor = None, limit: Limit = 50) -> Paged[AuditLine]:
    """Changes of settings and sign-ins, the newest first."""
    require(actor, Right.SEE_AUDIT)
    found = await services.organisations.audit.read(actor.organisation, cursor, limit)
    return paged(
        found.map(
            lambda line: AuditLine(
                id=line.id,
                at=line.at,
                who=line.who,
                action=line.action,
                subject=line.subject,
                before=line.before,
                after=line.after,
            )
        )
    )


def _shown(token: Token) -> TokenShown:
    return TokenShown(
        id=token.id,
        name=token.name,
        role=token.role,
        created_by=token.created_by,
        created_at=token.created_at,
        expires_at=token.expires_at,
    )
