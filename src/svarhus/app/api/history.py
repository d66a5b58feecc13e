"""How a part of the configuration came to be as it is, and what depends on it."""

from typing import Annotated

from fastapi import Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.history import PartHistory, PartUses, VersionShown
from svarhus.app.api.parts import PartKey
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter

router = ApiRouter(prefix="/api/organisation/parts", tags=["organisation"], responses=PROBLEMS)

ListName = Annotated[
    str, Path(pattern=r"^[a-z]{1,20}$", description="Name of a list of the file, or `organisation` for itself.")
]


@router.get("/{list_name}/{key}/history")
async def history(list_name: ListName, key: PartKey, actor: SignedIn, services: Services) -> PartHistory:
    """Who changed it when, and what it was like."""
    found = await services.organisations.history.of(actor, list_name, key)
    named = await services.organisations.naming.revisions(actor, [version.revision for version in found])
    return PartHistory(
        versions=tuple(
            VersionShown(
                revision=version.revision.revision,
                author=version.revision.author,
                author_name=by.author_name,
                at=version.revision.at,
                comment=version.revision.comment,
                value=version.value,
            )
            for version, by in zip(found, named, strict=True)
        )
    )


@router.get("/{list_name}/{key}/uses")
async def uses(list_name: ListName, key: PartKey, actor: SignedIn, services: Services) -> PartUses:
    """What refers to it: it cannot be deleted before."""
    return PartUses(paths=await services.organisations.history.uses(actor, list_name, key))
