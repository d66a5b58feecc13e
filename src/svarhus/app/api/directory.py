"""The directory: colleagues and external contacts, favourites, and what is known about a number."""

from typing import Annotated

import msgspec
from fastapi import Path, Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.live_json import LiveJson
from svarhus.app.api.models.contacts import CallerShown, EntryShown
from svarhus.app.api.models.directory import Names, NumberRead, NumbersAsked, NumberTyped
from svarhus.app.api.paging import Cursor, Limit, Paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.contacts.model import EntryKind

router = ApiRouter(prefix="/api/directory", tags=["directory"], responses=PROBLEMS)

EntryKey = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]
Number = Annotated[str, Query(max_length=60, description="As typed, E.164, or an extension.")]


@router.get("", response_model=Paged[EntryShown])
async def search(
    actor: SignedIn,
    services: Services,
    q: Annotated[
        str,
        Query(
            max_length=200,
            description="Words, each in some field: name, title, department, company, place, tag, own field, number.",
        ),
    ] = "",
    kind: EntryKind | None = None,
    favourites: Annotated[bool, Query(description="Only your own.")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> LiveJson:
    """The best first: names that begin with it, then words of names, then the rest; favourites up.

    Accents and case do not matter, nor how a number is written.
    """
    found = await services.centre.switchboard.directory.search(
        actor, q, kind, favourites_only=favourites, cursor=cursor, limit=limit
    )
    # Its fields are those of EntryShown: validating each of them takes as long as finding it.
    return LiveJson(msgspec.json.encode(found))


@router.get("/by-number")
async def by_number(number: Number, actor: SignedIn, services: Services) -> CallerShown:
    """Who has a number, and who of us spoke with it last."""
    found = await services.centre.switchboard.directory.by_number(actor, number)
    return CallerShown.of(found)


@router.post("/names")
async def names(wanted: NumbersAsked, actor: SignedIn, services: Services) -> Names:
    """Who has these numbers. It changes nothing; the numbers are kept out of addresses and their logs."""
    found = await services.centre.switchboard.directory.names(actor, wanted.numbers)
    return Names(names=found)


@router.post("/number")
async def read_number(wanted: NumberTyped, actor: SignedIn, services: Services) -> NumberRead:
    """How a number that somebody types is understood: forms show it before they keep it. It changes nothing.

    422 when it is none; the fault's `reason` says why.
    """
    found = await services.centre.switchboard.directory.read_number(actor, wanted.typed)
    return NumberRead(number=found.number, note=found.beside)


@router.put("/favourites/{kind}/{key}", status_code=204)
async def add_favourite(kind: EntryKind, key: EntryKey, actor: SignedIn, services: Services) -> None:
    """Make it one of your favourites."""
    await services.centre.switchboard.directory.set_favourite(actor, kind, key, True)


@router.delete("/favourites/{kind}/{key}", status_code=204)
async def remove_favourite(kind: EntryKind, key: EntryKey, actor: SignedIn, services: Services) -> None:
    """Let it be one no more."""
    await services.centre.switchboard.directory.set_favourite(actor, kind, key, False)
