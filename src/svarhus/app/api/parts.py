"""The lists of the configuration: each part can be read, added, changed and deleted.

The endpoints of all lists are made here from the models, so that they are all alike.
"""

from collections.abc import Callable
from functools import cache
from typing import Annotated

from fastapi import Path, Response

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.parts import Listed
from svarhus.app.api.paging import Cursor, Limit
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.revision import IfMatch, expected, refuse_overwriting, tag
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.organisation.lists import LISTS, SINGULAR, key_of
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import added, no_part, part_of, parts_of, removed, replaced
from svarhus.domains.organisation.shape import SECRETS
from svarhus.domains.people.model import Person
from svarhus.domains.people.projection import sees_whole, shown_to
from svarhus.domains.people.rights import Actor
from svarhus.kit.document import DocumentPart
from svarhus.kit.ids import QueueKey

_END_ELSEWHERE = frozenset({"lists"})
"""Lists whose parts have more than what the document says of them, which ends with them."""

PartKey = Annotated[str, Path(max_length=48)]


@cache
def parts_router() -> ApiRouter:
    """Endpoints for every list of the document: the same for every application, and made once."""
    router = ApiRouter()
    for list_name, model in LISTS.items():
        router.routes.extend(_part_router(list_name, model).routes)
    return router


def _part_router(list_name: str, model: type[DocumentPart]) -> ApiRouter:
    router = ApiRouter(prefix=f"/api/{list_name}", tags=[list_name], responses=PROBLEMS)
    what, hidden = SINGULAR[list_name], set(SECRETS & set(model.model_fields))
    hidden_in_list = {"items": {"__all__": hidden}}

    async def read_all(
        response: Response, actor: SignedIn, services: Services, cursor: Cursor = None, limit: Limit = 200
    ) -> Listed[DocumentPart]:
        revision, configuration = await services.organisations.service.current(actor)
        tag(response, revision)
        parts = tuple(part for each in parts_of(configuration, list_name) if (part := _shown(actor, each)))
        return _page(list_name, parts, cursor, limit)

    async def read(key: PartKey, response: Response, actor: SignedIn, services: Services) -> DocumentPart:
        revision, configuration = await services.organisations.service.current(actor)
        part = _shown(actor, part_of(configuration, list_name, key))
        if part is None:
            raise no_part(list_name, key)
        tag(response, revision, part)
        if isinstance(part, Person) and sees_whole(actor, part.key):
            await services.organisations.service.looked_at(actor, part)
        return part

    async def add(
        part: DocumentPart, response: Response, actor: SignedIn, services: Services, if_match: IfMatch = None
    ) -> DocumentPart:
        key = key_of(list_name, part)
        applied = await services.organisations.service.change(
            actor, lambda before: added(before, list_name, part), f"added {what} {key}", expected(if_match)
        )
        made = part_of(applied.configuration, list_name, key)
        tag(response, applied.revision, made)
        response.headers["Location"] = f"/api/{list_name}/{key}"
        return made

    async def change(
        key: PartKey,
        part: DocumentPart,
        response: Response,
        actor: SignedIn,
        services: Services,
        if_match: IfMatch = None,
    ) -> DocumentPart:
        def edit(before: Configuration) -> Configuration:
            refuse_overwriting(if_match, part_of(before, list_name, key))
            return replaced(before, list_name, key, part)

        def possible(_: Configuration) -> None:
            services.centre.running.refuse_what_must_wait(actor, list_name, key, part)

        applied = await services.organisations.service.change(
            actor, edit, f"changed {what} {key}", expected(if_match), possible
        )
        kept = part_of(applied.configuration, list_name, key)
        tag(response, applied.revision, kept)
        return kept

    async def remove(
        key: PartKey, response: Response, actor: SignedIn, services: Services, if_match: IfMatch = None
    ) -> None:
        services.centre.running.refuse_what_must_wait(actor, list_name, key, None)
        if list_name == "queues":
            await services.centre.remains.forget(actor, QueueKey(key), expected(if_match))
        applied = await services.organisations.service.change(
            actor, lambda before: removed(before, list_name, key), f"deleted {what} {key}", expected(if_match)
        )
        tag(response, applied.revision)

    for endpoint in (add, change):
        _takes(endpoint, model)
    page_model = Listed[model]  # type: ignore[valid-type]  # the model is known at run time only
    router.get("", response_model=page_model, response_model_exclude=hidden_in_list, name=f"{list_name}")(read_all)
    router.get("/{key}", response_model=model, response_model_exclude=hidden, name=f"{what}")(read)
    router.post("", status_code=201, response_model=model, response_model_exclude=hidden, name=f"add {what}")(add)
    router.put("/{key}", response_model=model, response_model_exclude=hidden, name=f"change {what}")(change)
    if list_name not in _END_ELSEWHERE:
        router.delete("/{key}", status_code=204, name=f"delete {what}")(remove)
    return router


def _shown(actor: Actor, part: DocumentPart) -> DocumentPart | None:
    """The part as the actor may see it; None when it is hidden."""
    return shown_to(actor, part) if isinstance(part, Person) else part


def _takes(endpoint: Callable[..., object], model: type[DocumentPart]) -> None:
    """Let the body of the endpoint be of this model."""
    endpoint.__annotations__["part"] = model


def _page(list_name: str, parts: tuple[DocumentPart, ...], cursor: str | None, limit: int) -> Listed[DocumentPart]:
    """A page of a list that is in memory. The cursor is the key of the last part of the page before."""
    keys = [key_of(list_name, part) for part in parts]
    start = keys.index(cursor) + 1 if cursor in keys else 0
    page = parts[start : start + limit]
    more = start + limit < len(parts)
    return Listed[DocumentPart](items=page, next=key_of(list_name, page[-1]) if more else None)
