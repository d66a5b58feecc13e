"""Who takes part: a caller, an agent with a phone and a session, a carrier, and somebody who oversees it.

Nobody real is disturbed: the agent is somebody whose phone is not in use, and whoever else would be rung
is logged out of the queue for as long as it takes.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from svarhus.app.demo_notes import DemoPerson
from svarhus.app.tryout.client import AgentNow, Client, Device
from svarhus.app.tryout.installation import Installation
from svarhus.app.tryout.patience import until
from svarhus.app.tryout.report import Report
from svarhus.domains.people.model import Person
from svarhus.kit.errors import Conflict, NotFound, SvarhusError
from svarhus.kit.ids import QueueKey
from svarhus.phones.phone import PhoneError
from svarhus.phones.scenarios import Actor

QUEUE, CALLBACK_QUEUE = "reception", "advice"
"""Those of the shipped demo organisation."""

CALLERS = ("+46701740651", "+46701740652", "+46701740653")
"""Numbers that are kept for fiction: nobody's promise or message is touched when we clean up."""

UNTIL_NOTICED = 20.0
"""Seconds after which the engine knows that a phone is gone: it asks every 15 s and waits for 2."""


class InUse(Conflict):
    id = "installation-in-use"
    title = "Somebody is being served"


@dataclass(frozen=True)
class Cast:
    installation: Installation
    overseer: Client
    """Signed in as the administrator."""
    session: Client
    """The agent's own."""
    person: Person
    """Whom the test agent plays."""
    caller: Actor
    agent: Actor
    carrier: Actor


@asynccontextmanager
async def gathered(installation: Installation, report: Report) -> AsyncIterator[Cast]:
    """Everybody, with the stage cleared before, and all put back as it was at the end."""
    url, server = installation.settings.web_url, installation.server
    async with (
        Client(url) as overseer,
        Client(url) as session,
        Actor("test caller", server=server) as caller,
        Actor("test agent", server=server) as agent,
        Actor("test carrier", server=server) as carrier,
    ):
        put_back = AsyncExitStack()
        try:
            with report.step("The administrator signs in to the API", _SIGN_IN):
                await _sign_in(overseer, [one for one in installation.notes.people if one.role == "administrator"])
            put_back.push_async_callback(overseer.sign_out)
            with report.step("What an earlier check left is cleared away, and nobody is being served"):
                await clear(overseer)
                await _refuse_when_in_use(overseer)
            put_back.push_async_callback(clear, overseer)
            with report.step("An agent signs in whose phone is not in use", _SIGN_IN) as line:
                person = await _free_agent(overseer, session, installation)
                line.words = f"{person.name} signs in, whose phone is not in use"
            put_back.push_async_callback(session.sign_out)
            cast = Cast(installation, overseer, session, person, caller, agent, carrier)
            await _ready(put_back, cast, report)
            yield cast
        finally:
            report.title("The end")
            with report.step("Everything is put back as it was"):
                await put_back.aclose()


async def clear(overseer: Client) -> None:
    """End calls, bookings and voicemails of our own numbers: of this check or of one that was broken off."""
    for call in (await overseer.now()).calls:
        if call.caller in CALLERS:
            await overseer.end_call(call.id)
    for number in CALLERS:
        for booking in await overseer.callbacks_for(number):
            await _close(overseer, booking.id, booking.status)
        for message in await overseer.voicemails_from(QUEUE, number):
            await overseer.delete_voicemail(message.id)


async def _close(overseer: Client, booking: str, status: str) -> None:
    async def is_over() -> bool:
        return (await overseer.callback(booking)).status != "in_attempt"

    if status == "in_attempt":
        await until(is_over, "the attempt is over", UNTIL_NOTICED)
    await overseer.cancel_callback(booking)


async def _refuse_when_in_use(overseer: Client) -> None:
    calls = [call for call in (await overseer.now()).calls if call.caller not in CALLERS]
    if calls:
        raise InUse(
            f"Calls that the check would disturb are going on: {len(calls)}.", "Try again when nobody is calling."
        )


async def _sign_in(client: Client, people: Iterable[DemoPerson]) -> DemoPerson:
    """As the first of these people who still has the password of the first start."""
    last: SvarhusError = NotFound("The demo organisation has nobody who could do this.", _SIGN_IN)
    for person in people:
        try:
            await client.sign_in(person.email, person.password)
        except SvarhusError as error:
            last = error
        else:
            return person
    raise last


async def _free_agent(overseer: Client, session: Client, installation: Installation) -> Person:
    """Somebody of the queue whose phone nobody uses, signed in. A phone that has just gone is waited for."""

    async def without_a_phone() -> dict[str, Person]:
        using = {agent.key for agent in (await overseer.now()).agents if agent.phone_reachable}
        return {person.email: person for person in _members(installation) if person.key not in using}

    try:
        free = await until(without_a_phone, "a phone of the queue's members is free", UNTIL_NOTICED)
    except PhoneError:
        raise InUse(
            "The phones of all members of the queue are registered.",
            "Take one of them away for a minute: unregister it, or close its program.",
        ) from None
    chosen = await _sign_in(session, [one for one in installation.notes.people if one.email in free])
    return free[chosen.email]


def _members(installation: Installation) -> list[Person]:
    rules = installation.rules
    queue = next((queue for queue in rules.document.queues if queue.key == QUEUE), None)
    if queue is None:
        raise NotFound(f"The organisation has no queue {QUEUE}.", _CHANGED)
    return [rules.people[person] for person in rules.rosters[QueueKey(queue.key)]]


async def _ready(stack: AsyncExitStack, cast: Cast, report: Report) -> None:
    """The agent's phone registered and the agent alone in the queue; as it was before at the end."""
    agents = (await cast.overseer.now()).agents
    others = [agent for agent in agents if agent.key != cast.person.key and _would_be_rung(agent)]
    for other in others:
        await cast.overseer.log_out(other.key, (QUEUE,))
        stack.push_async_callback(cast.overseer.log_in, other.key, (QUEUE,))
    if others:
        names = ", ".join(other.name for other in others)
        report.note(f"(So that no real phone rings, out of the queue for this minute: {names}.)")
    own = next(agent for agent in agents if agent.key == cast.person.key)
    with report.step(f"{cast.person.name} logs in to the queue"):
        await cast.session.log_in("me", (QUEUE,))
        await cast.session.end_after_call_work()
    if QUEUE not in own.queues:
        stack.push_async_callback(cast.session.log_out, "me", (QUEUE,))
    device = await cast.session.device()
    if device != _DESK:
        await cast.session.choose(_DESK)
        stack.push_async_callback(cast.session.choose, device)
    with report.step(f"The agent's phone registers as {cast.person.extension}", _PHONE):
        await _register(cast)
    stack.push_async_callback(cast.agent.unregister)


_DESK = Device("desk")


def _would_be_rung(agent: AgentNow) -> bool:
    return QUEUE in agent.queues and agent.phone_reachable


async def _register(cast: Cast) -> None:
    found = await cast.session.phone_password()
    if found is None or cast.person.extension is None:
        raise NotFound(f"{cast.person.name} has no phone.", _CHANGED)
    await cast.agent.register(cast.person.extension, found.password, expires=60)

    async def is_reachable() -> bool:
        agents = (await cast.overseer.now()).agents
        return any(agent.key == cast.person.key and agent.phone_reachable for agent in agents)

    await until(is_reachable, "the phone is known to be reachable")


_SIGN_IN = (
    "The check signs in with the passwords of the first start (demo.json in the data folder). If they were "
    "changed, set them back, or try a data folder of its own: ./svarhus up --data DIR --http PORT --sip PORT"
)
_PHONE = "Does SIP answer (./svarhus doctor)? After wrong passwords an address is banned for a while."
_CHANGED = "The organisation was changed: the check walks the demo as it is shipped. Try a new data folder."
