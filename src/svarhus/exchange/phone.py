"""A person's own phone and own calls, as the console and programs of the person use them."""

import secrets
from collections.abc import Awaitable, Callable

import msgspec

from svarhus.domains.calls.talk import Destination
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Actor, Right, may, require
from svarhus.domains.presence.device import Device, DeviceKind, browser_endpoint
from svarhus.domains.presence.errors import NoSuchDevice, SessionTakenOver
from svarhus.domains.presence.state import Agent
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.decisions.calls.dialling import device_of, device_reachable
from svarhus.exchange.core.requests import (
    BeginConsult,
    CancelConsult,
    ChooseCallWaiting,
    ChooseDevice,
    CloseBrowser,
    CompleteConsult,
    Confer,
    DialFor,
    HangUpOwn,
    HearBrowser,
    HoldCall,
    OpenBrowser,
    ParkCall,
    PauseRecordingOf,
    RecordCall,
    ResumeCall,
    SendKeys,
    SwapConsult,
    TakeParked,
    TalkRequest,
    TransferCall,
)
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.running.provision import browser_password
from svarhus.exchange.service import RunningOrganisations, myself
from svarhus.kit.ids import CallId, OrganisationId, PersonKey

PhoneSecretOf = Callable[[OrganisationId, PersonKey], Awaitable[str | None]]
"""The password of a person's phone."""


class OwnDevice(msgspec.Struct, frozen=True):
    """One of a person's phones."""

    kind: DeviceKind
    number: str | None
    reachable: bool


class OwnBrowser(msgspec.Struct, frozen=True):
    """The page that is the person's softphone."""

    session: str | None
    registered: bool
    """It says that it can be rung, and was heard of within the last seconds."""
    online: bool
    """The engine reaches it as well."""


class OwnPhone(msgspec.Struct, frozen=True):
    person: str
    extension: str | None
    device: Device
    """Where calls ring."""
    devices: tuple[OwnDevice, ...]
    browser: OwnBrowser
    reachable: bool
    """Whether calls can ring there now."""
    call_waiting: bool | None
    """Whether the person wants to be rung while talking; None: in no queue of the person's anybody is."""


class BrowserCredentials(msgspec.Struct, frozen=True):
    """With what a page registers by SIP."""

    session: str
    user: str
    password: str


class PhoneService:
    """All but `password` raise NotAPerson for a token, and ExchangeUnavailable when nothing can be decided."""

    def __init__(self, running: RunningOrganisations, secret_of: PhoneSecretOf) -> None:
        self._running = running
        self._secret_of = secret_of

    # ---- the phone

    def phone(self, actor: Actor) -> OwnPhone:
        person, exchange = myself(actor), self._running.of(actor.organisation)
        return _phone(exchange.core, exchange.core.rules.person(person))

    async def choose(self, actor: Actor, kind: DeviceKind, number: str | None) -> OwnPhone:
        """Calls ring there from now on. NoSuchDevice."""
        await self._running.of(actor.organisation).ask(ChooseDevice(myself(actor), kind, number))
        return self.phone(actor)

    async def choose_call_waiting(self, actor: Actor, wanted: bool) -> OwnPhone:
        """Whether one is rung while talking, in queues that have it so."""
        await self._running.of(actor.organisation).ask(ChooseCallWaiting(myself(actor), wanted))
        return self.phone(actor)

    async def password(self, actor: Actor) -> str | None:
        """With which a phone on the desk registers under one's own extension; None for who has none."""
        return await self._secret_of(actor.organisation, actor.person) if actor.person else None

    async def open_browser(self, actor: Actor) -> BrowserCredentials:
        """The page that asks is the softphone now; an older one is told. NoSuchDevice."""
        person, exchange = myself(actor), self._running.of(actor.organisation)
        extension = exchange.core.rules.person(person).extension
        kept = await self._secret_of(actor.organisation, person)
        if extension is None or kept is None:
            raise NoSuchDevice("You have no extension, under which the browser could register.")
        session = secrets.token_urlsafe(12)
        await exchange.ask(OpenBrowser(person, session))
        exchange.browsers.heard(person, session)
        return BrowserCredentials(session, browser_endpoint(extension), browser_password(kept))

    async def heartbeat(self, actor: Actor, session: str, registered: bool) -> None:
        """The page is alive. SessionTakenOver when another page is the softphone by now."""
        person, exchange = myself(actor), self._running.of(actor.organisation)
        agent = exchange.core.state.agents.get(person)
        if agent is None or agent.browser is None or agent.browser.id != session:
            raise SessionTakenOver("Your phone is in another window now.")
        exchange.browsers.heard(person, session)
        if agent.browser.registered != registered:
            await exchange.ask(HearBrowser(person, session, registered))

    async def close_browser(self, actor: Actor, session: str) -> None:
        """The person leaves the page. Of an older page it means nothing."""
        person, exchange = myself(actor), self._running.of(actor.organisation)
        await exchange.ask(CloseBrowser(person, session))

    # ---- calls

    async def dial(self, actor: Actor, to: Destination) -> CallId:
        """Ring one's own phone, then the other. NotCallable, PhoneNotReachable, Engaged, NobodyThere, AgentBusy."""
        return CallId(await self._running.of(actor.organisation).ask(DialFor(myself(actor), to)))

    async def hold(self, actor: Actor, call: CallId) -> None:
        await self._ask(actor, HoldCall(call, myself(actor)))

    async def resume(self, actor: Actor, call: CallId) -> None:
        await self._ask(actor, ResumeCall(call, myself(actor)))

    async def transfer(self, actor: Actor, call: CallId, to: Destination, return_after: int | None) -> None:
        """Hand the other one over without asking first; after so many seconds unanswered, it comes back."""
        await self._ask(actor, TransferCall(call, myself(actor), to, return_after))

    async def consult(self, actor: Actor, call: CallId, to: Destination) -> None:
        """Ask a third party while the other one hears music."""
        await self._ask(actor, BeginConsult(call, myself(actor), to))

    async def complete_consult(self, actor: Actor, call: CallId) -> None:
        await self._ask(actor, CompleteConsult(call, myself(actor)))

    async def cancel_consult(self, actor: Actor, call: CallId) -> None:
        await self._ask(actor, CancelConsult(call, myself(actor)))

    async def swap_consult(self, actor: Actor, call: CallId) -> None:
        await self._ask(actor, SwapConsult(call, myself(actor)))

    async def confer(self, actor: Actor, call: CallId) -> None:
        """All three talk with each other."""
        await self._ask(actor, Confer(call, myself(actor)))

    async def record(self, actor: Actor, call: CallId, on: bool) -> None:
        """Record the conversation from here on, or no longer: where that is one's own to decide."""
        by_right = may(actor, Right.RECORD_DIRECT_CALLS)
        await self._ask(actor, RecordCall(call, myself(actor), on, by_right))

    async def pause_recording(self, actor: Actor, call: CallId, on: bool) -> None:
        """Leave out of the recording what comes now, or record it again."""
        await self._ask(actor, PauseRecordingOf(call, myself(actor), on))

    async def park(self, actor: Actor, call: CallId) -> int:
        """Leave the other one at a parking place, whose number is given. NotPossibleNow when none is free."""
        require(actor, Right.PARK_CALLS)
        return int(await self._running.of(actor.organisation).ask(ParkCall(call, myself(actor))))

    async def take_parked(self, actor: Actor, call: CallId) -> None:
        """One's own phone rings for a parked caller. AgentBusy, PhoneNotReachable; CallNotFound when it was taken."""
        require(actor, Right.PARK_CALLS)
        await self._ask(actor, TakeParked(call, myself(actor)))

    async def hang_up(self, actor: Actor, call: CallId) -> None:
        """One's own leg; a call that is offered is declined by it."""
        await self._ask(actor, HangUpOwn(call, myself(actor)))

    async def send_keys(self, actor: Actor, call: CallId, digits: str) -> None:
        await self._ask(actor, SendKeys(call, myself(actor), digits))

    async def _ask(self, actor: Actor, request: TalkRequest) -> None:
        """CallNotFound for calls in which the person has no leg; NotPossibleNow."""
        await self._running.of(actor.organisation).ask(request)


def _phone(core: Core, person: Person) -> OwnPhone:
    state = core.state
    agent = state.agents.get(PersonKey(person.key)) or Agent(PersonKey(person.key))
    chosen = device_of(state, person)
    found = [Device(kind) for kind in (DeviceKind.BROWSER, DeviceKind.DESK) if person.extension]
    numbers = dict.fromkeys(number for number in (chosen.number, person.number, person.mobile) if number)
    found += [Device(DeviceKind.NUMBER, number) for number in numbers]
    devices = tuple(OwnDevice(one.kind, one.number, device_reachable(state, core.rules, person, one)) for one in found)
    browser = agent.browser
    online = bool(person.extension) and browser_endpoint(str(person.extension)) in state.stored.reachable
    return OwnPhone(
        person=person.key,
        extension=person.extension,
        device=chosen,
        devices=devices,
        browser=OwnBrowser(browser.id if browser else None, bool(browser and browser.registered), online),
        reachable=device_reachable(state, core.rules, person, chosen),
        call_waiting=_call_waiting(core.rules, agent),
    )


def _call_waiting(rules: Rules, agent: Agent) -> bool | None:
    offered = rules.queues_of.get(agent.person, frozenset()) & rules.call_waiting
    return not agent.declines_waiting if offered else None
