"""API tokens: what other programs sign in with."""

from typing import Annotated

from fastapi import Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.tokens import NewToken, TokenMade, TokenShown
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.people.repository import Token
from svarhus.kit.clock import instant

router = ApiRouter(tags=["administration"], responses=PROBLEMS)


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


def _shown(token: Token) -> TokenShown:
    return TokenShown(
        id=token.id,
        name=token.name,
        role=token.role,
        created_by=token.created_by,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )
