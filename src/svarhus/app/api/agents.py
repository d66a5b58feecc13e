"""What the people who take calls are doing, and what they may say about it. `me` is you."""

from typing import Annotated

from fastapi import Path

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.live_json import LiveAgents, LiveJson, described, live_json
from svarhus.app.api.models.agents import MoreTime, NewAbsence, NewPause, Queues
from svarhus.app.api.paging import Cursor, Limit, page_of
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter, unnamed_for
from svarhus.exchange.showing.views import LeftQueues, LiveAbsence, LiveAgent
from svarhus.kit.clock import instant
from svarhus.kit.ids import PauseKey, QueueKey

router = ApiRouter(prefix="/api/agents", tags=["agents"], responses=PROBLEMS)

PersonPath = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,47}$", description="A person's key, or `me`.")]


@router.get("", response_class=LiveJson, responses=described(LiveAgents))
async def agents(actor: SignedIn, services: Services, cursor: Cursor = None, limit: Limit = 200) -> LiveJson:
    """What everybody is doing now."""
    page = page_of(services.centre.running.agents(actor), lambda agent: agent.key, cursor, limit)
    return live_json((await unnamed_for(actor, services)).of(LiveAgents(page.items, page.next)))


@router.get("/{person}", response_class=LiveJson, responses=described(LiveAgent))
async def agent(person: PersonPath, actor: SignedIn, services: Services) -> LiveJson:
    found = services.centre.running.agent(actor, person)
    return live_json((await unnamed_for(actor, services)).of(found))


@router.post("/{person}/log-in", response_class=LiveJson, responses=described(LiveAgent))
async def log_in(person: PersonPath, actor: SignedIn, services: Services, wanted: Queues | None = None) -> LiveJson:
    """Take calls of these queues from now on."""
    found = await services.centre.running.log_in(actor, person, _queues(wanted))
    return live_json((await unnamed_for(actor, services)).of(found))


@router.post("/{person}/log-out", response_class=LiveJson, responses=described(LeftQueues))
async def log_out(person: PersonPath, actor: SignedIn, services: Services, wanted: Queues | None = None) -> LiveJson:
    """Take no more calls of these queues. A call in progress goes on. `nobody_left_in` names the queues in which
    nobody is logged in any more."""
    found = await services.centre.running.log_out(actor, person, _queues(wanted))
    return live_json((await unnamed_for(actor, services)).of(found))


@router.post("/{person}/end-after-call-work", response_class=LiveJson, responses=described(LiveAgent))
async def end_after_call_work(person: PersonPath, actor: SignedIn, services: Services) -> LiveJson:
    """Be free for the next call at once."""
    found = await services.centre.running.end_after_call_work(actor, person)
    return live_json((await unnamed_for(actor, services)).of(found))


@router.post("/{person}/extend-after-call-work", response_class=LiveJson, responses=described(LiveAgent))
async def extend_after_call_work(person: PersonPath, wanted: MoreTime, actor: SignedIn, services: Services) -> LiveJson:
    """Have more time before the next call: so many seconds from now at least, and half an hour in all at most.

    For a button, and to be said again and again while somebody writes. It never makes the time shorter;
    `after_call_until` of the answer says how long it is. 409 when it is over already.
    """
    found = await services.centre.running.extend_after_call_work(actor, person, wanted.seconds)
    return live_json((await unnamed_for(actor, services)).of(found))


@router.put("/{person}/pause", response_class=LiveJson, responses=described(LiveAgent))
async def begin_pause(person: PersonPath, wanted: NewPause, actor: SignedIn, services: Services) -> LiveJson:
    """Stay logged in and be rung for no queue, in place of an earlier pause. A call in progress goes on."""
    until = instant(wanted.until) if wanted.until else None
    await services.centre.pauses.begin(actor, person, PauseKey(wanted.reason), until)
    found = services.centre.running.agent(actor, person)
    return live_json((await unnamed_for(actor, services)).of(found))


@router.delete("/{person}/pause", status_code=204)
async def end_pause(person: PersonPath, actor: SignedIn, services: Services) -> None:
    """Be rung again."""
    await services.centre.pauses.end(actor, person)


@router.put("/{person}/absence", response_class=LiveJson, responses=described(LiveAbsence))
async def begin_absence(person: PersonPath, wanted: NewAbsence, actor: SignedIn, services: Services) -> LiveJson:
    """Tell colleagues that the person cannot be had, in place of what was told before. Calls are not stopped by it."""
    until = instant(wanted.until) if wanted.until else None
    begun = await services.centre.absences.begin(actor, person, wanted.kind, until, wanted.note)
    return live_json((await unnamed_for(actor, services)).of(begun))


@router.delete("/{person}/absence", status_code=204)
async def end_absence(person: PersonPath, actor: SignedIn, services: Services) -> None:
    """The person is back."""
    await services.centre.absences.end(actor, person)


def _queues(wanted: Queues | None) -> tuple[QueueKey, ...]:
    return tuple(QueueKey(queue) for queue in wanted.queues) if wanted else ()
