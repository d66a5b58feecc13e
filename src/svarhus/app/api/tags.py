"""Tags in another place of the tree; all else about them is in the endpoints of the lists."""

from fastapi import Response

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.tags import TagPlace
from svarhus.app.api.parts import PartKey
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.revision import IfMatch, expected, tag
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import part_of
from svarhus.domains.tags.model import Tag
from svarhus.domains.tags.moving import moved

router = ApiRouter(prefix="/api/tags", tags=["tags"], responses=PROBLEMS)


@router.post("/{key}/move", response_model=Tag)
async def move(
    key: PartKey, place: TagPlace, response: Response, actor: SignedIn, services: Services, if_match: IfMatch = None
) -> object:
    """Put a tag, with all below it, elsewhere in the tree."""

    def edit(before: Configuration) -> Configuration:
        return before.model_copy(update={"tags": moved(before.tags, key, place.parent, place.before)})

    applied = await services.organisations.service.change(actor, edit, f"moved tag {key}", expected(if_match))
    tag(response, applied.revision)
    return part_of(applied.configuration, "tags", key)
