"""Boards: how the day has gone so far, links to wallboards, and what such a link shows."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Path, Request
from pydantic import BaseModel, ConfigDict, Field

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.live_json import LiveJson, described, live_json
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.app.wallboard import Wallboard
from svarhus.domains.boards.errors import LinkRevoked
from svarhus.domains.boards.service import WantedLink
from svarhus.domains.people.rights import Right, may
from svarhus.kit.document import Key, Language
from svarhus.kit.ids import PersonKey
from svarhus.kit.written import Line

router = ApiRouter(tags=["boards"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[0-9a-f]{1,32}$")]


class QueueTodayShown(BaseModel):
    """The figures of a queue since midnight, of the callers who have left it: answered, hung up, or gone on."""

    model_config = ConfigDict(from_attributes=True)

    queue: str
    offered: int = Field(description="Answered + abandoned + flowed out.")
    answered: int
    abandoned: int
    short_abandons: int
    flowed_out: int = Field(description="Left unanswered for another step, such as a callback.")
    service_level: float | None = Field(
        description="Answered within the threshold ÷ (answered + abandoned − short abandons), from 0 to 1."
    )
    abandon_rate: float | None = Field(description="Abandoned ÷ offered, from 0 to 1.")
    average_wait: float | None = Field(description="Seconds; of answered callers only.")
    longest_wait: float | None = Field(description="Seconds.")
    service_level_seconds: int
    short_abandon_seconds: int
    kept_within_minutes: int | None = Field(description="How late a callback may begin and its promise be kept.")


class AnsweredBy(BaseModel):
    person: PersonKey
    answered: int


class TodayShown(BaseModel):
    """How the day has gone so far."""

    since: datetime = Field(description="The organisation's midnight.")
    at: datetime
    queues: tuple[QueueTodayShown, ...]
    people: tuple[AnsweredBy, ...]
    callbacks_shown: bool = Field(description="Whether you are shown callbacks; how many are due is not known else.")


class LinkWanted(BaseModel):
    """What a new wallboard is to show."""

    name: Line = Field(min_length=1, max_length=100, pattern=r"\S")
    unit: Key | None = Field(default=None, description="Only the queues of this unit.")
    queues: tuple[Key, ...] = Field(default=(), max_length=100, description="Only these; none named: all.")
    shows_agents: bool = Field(default=False, description="Names of the staff and what they are doing.")
    theme: Literal["dark", "light"] = "dark"
    language: Language = "sv"


class LinkShown(BaseModel):
    """A link to a wallboard, without its token."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    unit: str | None
    queues: tuple[str, ...]
    shows_agents: bool
    theme: Literal["dark", "light"]
    language: str
    made_at: datetime
    made_by: PersonKey
    seen_at: datetime | None = Field(description="When a screen last asked for it, to the minute.")


class LinkMade(BaseModel):
    link: LinkShown
    path: str = Field(description="Open it on the screen. It is shown this once.")


class LinkList(BaseModel):
    items: tuple[LinkShown, ...]


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
