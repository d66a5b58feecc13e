"""Boards: how the day has gone so far, links to wallboards, and what such a link shows."""

from typing import Annotated

from fastapi import Path, Request

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.live_json import LiveJson, described, live_json
from svarhus.app.api.models.boards import (
    AnsweredBy,
    EstimateErrorList,
    EstimateErrorShown,
    LinkList,
    LinkMade,
    LinkShown,
    LinkWanted,
    QueueTodayShown,
    TodayShown,
)
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.wallboard import Wallboard
from svarhus.domains.boards.errors import LinkRevoked
from svarhus.domains.boards.service import WantedLink
from svarhus.domains.people.rights import Right, may
from svarhus.kit.ids import PersonKey

router = ApiRouter(tags=["boards"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[0-9a-f]{1,32}$")]


@router.get("/api/boards/today")
async def today(actor: SignedIn, services: Services) -> TodayShown:
    """The figures of all queues since midnight."""
    found = await services.centre.figures.today(actor)
    return TodayShown(
        since=found.since,
        at=found.at,
        queues=tuple(QueueTodayShown.model_validate(each) for each in found.queues),
        people=tuple(
            AnsweredBy(person=PersonKey(key), answered=count) for key, count in sorted(found.answered_by.items())
        ),
        callbacks_shown=may(actor, Right.HANDLE_CALLBACKS),
    )


@router.get("/api/boards/estimate-errors")
async def estimate_errors(actor: SignedIn, services: Services) -> EstimateErrorList:
    """How right the estimated waits were, of callers who were answered in the last thirty days."""
    found = await services.centre.estimate_errors.of(actor)
    return EstimateErrorList(items=tuple(EstimateErrorShown.model_validate(each) for each in found))


@router.get("/api/boards/links")
async def links(actor: SignedIn, services: Services) -> LinkList:
    """All links to wallboards, the newest first."""
    found = await services.centre.screens.links.all(actor)
    return LinkList(items=tuple(LinkShown.model_validate(link) for link in found))


@router.post("/api/boards/links", status_code=201)
async def make_link(wanted: LinkWanted, actor: SignedIn, services: Services) -> LinkMade:
    """Make a link that anybody can open who has it."""
    made = await services.centre.screens.links.make(actor, WantedLink(**dict(wanted)))
    # In the fragment, which no browser sends to a server: so the token stands in no log on the way.
    return LinkMade(link=LinkShown.model_validate(made.link), path=f"/wallboard#{made.token}")


@router.delete("/api/boards/links/{id}", status_code=204)
async def revoke_link(id: Id, actor: SignedIn, services: Services) -> None:
    """Take a link back: screens that have it show nothing more."""
    await services.centre.screens.links.revoke(actor, id)


@router.get("/api/public/wallboard", response_class=LiveJson, responses=described(Wallboard))
async def wallboard(request: Request, services: Services) -> LiveJson:
    """What a link shows now. Its token is the bearer's: `Authorization: Bearer svarhus_board_…`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise LinkRevoked("The link has no token.", "Copy the whole link, with what stands after the #.")
    return live_json(await services.centre.screens.wallboard(token.strip()))
