"""A person's phones: which one rings, the page that is the softphone, and whether it can be rung."""

from svarhus.domains.presence.device import BrowserSession, Device, DeviceKind, browser_endpoint
from svarhus.domains.presence.errors import NoSuchDevice, SessionTakenOver
from svarhus.domains.presence.state import (
    BrowserChanged,
    BrowserOpened,
    CallWaitingChosen,
    DeviceChosen,
    PhoneChanged,
)
from svarhus.exchange.core.decisions.calls import rejoining
from svarhus.exchange.core.decisions.calls.closing import withdraw_offer
from svarhus.exchange.core.decisions.calls.dialling import callable_number, device_of, device_reachable
from svarhus.exchange.core.requests import ChooseCallWaiting, ChooseDevice, CloseBrowser, HearBrowser, OpenBrowser
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import OfferId, PersonKey
from svarhus.ports.telephony import HangUp


def choose(turn: Turn, request: ChooseDevice) -> str:
    """The person's calls ring there from now on. NoSuchDevice, PersonNotFound."""
    person = turn.rules.person(request.person)
    device = Device(request.kind)
    if request.kind is DeviceKind.NUMBER:
        typed = request.number or person.number or person.mobile
        number = callable_number(turn.rules, typed) if typed else None
        if number is None:
            raise NoSuchDevice(f"{typed or 'no number'} is not a number that may be called")
        device = Device(DeviceKind.NUMBER, number)
    elif person.extension is None:
        raise NoSuchDevice("you have no extension, under which a phone could register")
    if device_of(turn.state, person) != device:
        turn.record(DeviceChosen(person=request.person, device=device))
        _follow(turn, request.person)
    return request.person


def choose_call_waiting(turn: Turn, request: ChooseCallWaiting) -> str:
    """Whether the person is rung while talking. A phone that rings so already goes on. PersonNotFound."""
    turn.rules.person(request.person)
    agent = turn.state.agents.get(request.person)
    declines = agent is not None and agent.declines_waiting
    if declines == request.wanted:
        turn.record(CallWaitingChosen(person=request.person, wanted=request.wanted))
    return request.person


# ------------------------------------------------------------------ the page


def open_browser(turn: Turn, request: OpenBrowser) -> str:
    """This page is the softphone now; a call on an older page comes over as soon as this one can be rung."""
    person = turn.rules.person(request.person)
    if person.extension is None:
        raise NoSuchDevice("you have no extension, under which the browser could register")
    turn.record(BrowserOpened(person=request.person, session=request.session))
    for leg in sorted(turn.state.agents[request.person].legs):
        found = turn.state.legs[leg]
        # An INVITE of the old page that nobody has answered dies with it.
        if found.device is DeviceKind.BROWSER and found.answered_at is None and turn.state.offer_at(leg) is None:
            turn.order(HangUp(leg))
    _follow(turn, request.person)
    return request.session


def hear_browser(turn: Turn, request: HearBrowser) -> str:
    """The page tells how it is, or has been silent for too long. SessionTakenOver."""
    browser = _session(turn, request.person, request.session)
    if browser.registered != request.registered:
        turn.record(BrowserChanged(person=request.person, session=request.session, registered=request.registered))
        _follow(turn, request.person)
    return request.session


def close_browser(turn: Turn, request: CloseBrowser) -> str:
    """The person leaves the page. Of an older page it means nothing."""
    agent = turn.state.agents.get(request.person)
    if agent and agent.browser and agent.browser.id == request.session:
        hear_browser(turn, HearBrowser(request.person, request.session, registered=False))
    return request.session


# ------------------------------------------------------------------ what the engine tells


def phone_changed(turn: Turn, endpoint: str, reachable: bool) -> None:
    """A phone has registered and answers, or does so no more."""
    if (endpoint in turn.state.stored.reachable) == reachable:
        return
    turn.record(PhoneChanged(endpoint=endpoint, reachable=reachable))
    person = turn.rules.at_endpoint(endpoint)
    if person is None:
        return
    key = PersonKey(person.key)
    agent = turn.state.agents.get(key)
    browser = agent.browser if agent and endpoint == browser_endpoint(person.extension or "") else None
    if browser and reachable and not browser.registered:
        turn.record(BrowserChanged(person=key, session=browser.id, registered=True))
    _follow(turn, key)


def _follow(turn: Turn, person: PersonKey) -> None:
    """Who cannot be rung is not offered anything; and whose page is back goes on with the call."""
    found = turn.rules.people.get(person)
    agent = turn.state.agents.get(person)
    if found is None or agent is None:
        return
    for leg in turn.state.offered_legs(person):
        rung = turn.state.legs[leg]
        device = Device(rung.device or DeviceKind.DESK, rung.party)
        if rung.answered_at is None and not device_reachable(turn.state, turn.rules, found, device):
            withdraw_offer(turn, turn.state.offers[OfferId(leg)])
    registered = agent.browser is not None and agent.browser.registered
    if registered and device_reachable(turn.state, turn.rules, found, Device(DeviceKind.BROWSER)):
        rejoining.recall(turn, found)


def _session(turn: Turn, person: PersonKey, session: str) -> BrowserSession:
    agent = turn.state.agents.get(person)
    if agent is None or agent.browser is None or agent.browser.id != session:
        raise SessionTakenOver("your phone is in another window now")
    return agent.browser
