"""Who is logged in where, and with which phone."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.presence import state as presence
from svarhus.domains.presence.absence import Absence
from svarhus.domains.presence.device import BrowserSession
from svarhus.domains.presence.pause import Pause
from svarhus.exchange.core.folds.state import Folds, agent_of, set_agent
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey

replace = msgspec.structs.replace


def _logged_in(state: State, fact: presence.LoggedIn, at: Instant, zone: ZoneInfo) -> None:
    agent = agent_of(state, fact.person)
    idle_since = agent.idle_since if agent.queues else at
    set_agent(state, replace(agent, queues=agent.queues | set(fact.queues), idle_since=idle_since, logged_out_at=None))
    for queue in fact.queues:
        state.touch("queues", queue)


def _logged_out(state: State, fact: presence.LoggedOut, at: Instant, zone: ZoneInfo) -> None:
    agent = agent_of(state, fact.person)
    queues_left = agent.queues - set(fact.queues)
    logged_out_at = at if agent.queues and not queues_left else agent.logged_out_at
    set_agent(state, replace(agent, queues=queues_left, logged_out_at=logged_out_at))
    for queue in fact.queues:
        state.touch("queues", queue)


def _after_call_work_began(state: State, fact: presence.AfterCallWorkBegan, at: Instant, zone: ZoneInfo) -> None:
    agent = agent_of(state, fact.person)
    set_agent(state, replace(agent, after_call_until=fact.until, after_call_since=at, after_call_queue=fact.queue))


def _after_call_work_extended(state: State, fact: presence.AfterCallWorkExtended, at: Instant, zone: ZoneInfo) -> None:
    set_agent(state, replace(agent_of(state, fact.person), after_call_until=fact.until))


def _after_call_work_ended(state: State, fact: presence.AfterCallWorkEnded, at: Instant, zone: ZoneInfo) -> None:
    agent = agent_of(state, fact.person)
    set_agent(state, replace(agent, after_call_until=None, after_call_since=None, after_call_queue=None, idle_since=at))


def _phone_changed(state: State, fact: presence.PhoneChanged, at: Instant, zone: ZoneInfo) -> None:
    (state.stored.reachable.add if fact.reachable else state.stored.reachable.discard)(fact.endpoint)
    state.stirred_phones.add(fact.endpoint)
    state.touch("phones", fact.endpoint)


def _device_chosen(state: State, fact: presence.DeviceChosen, at: Instant, zone: ZoneInfo) -> None:
    set_agent(state, replace(agent_of(state, fact.person), device=fact.device))
    state.touch("phone", fact.person)


def _call_waiting_chosen(state: State, fact: presence.CallWaitingChosen, at: Instant, zone: ZoneInfo) -> None:
    set_agent(state, replace(agent_of(state, fact.person), declines_waiting=not fact.wanted))
    state.touch("phone", fact.person)


def _browser_opened(state: State, fact: presence.BrowserOpened, at: Instant, zone: ZoneInfo) -> None:
    _set_browser(state, fact.person, BrowserSession(fact.session, at))


def _browser_changed(state: State, fact: presence.BrowserChanged, at: Instant, zone: ZoneInfo) -> None:
    browser = agent_of(state, fact.person).browser
    if browser and browser.id == fact.session:
        _set_browser(state, fact.person, replace(browser, registered=fact.registered))


def _set_browser(state: State, person: PersonKey, browser: BrowserSession) -> None:
    set_agent(state, replace(agent_of(state, person), browser=browser))
    state.touch("phone", person)


def _absence_began(state: State, fact: presence.AbsenceBegan, at: Instant, zone: ZoneInfo) -> None:
    absence = Absence(fact.kind, at, fact.until, fact.note, fact.by)
    set_agent(state, replace(agent_of(state, fact.person), absence=absence))


def _absence_ended(state: State, fact: presence.AbsenceEnded, at: Instant, zone: ZoneInfo) -> None:
    set_agent(state, replace(agent_of(state, fact.person), absence=None))


def _pause_began(state: State, fact: presence.PauseBegan, at: Instant, zone: ZoneInfo) -> None:
    pause = Pause(fact.reason, at, fact.until, fact.by)
    set_agent(state, replace(agent_of(state, fact.person), pause=pause))


def _pause_ended(state: State, fact: presence.PauseEnded, at: Instant, zone: ZoneInfo) -> None:
    # Who comes back is last in turn: the pause was no waiting for calls.
    set_agent(state, replace(agent_of(state, fact.person), pause=None, idle_since=at))


FOLDS: Folds = {
    presence.LoggedIn: _logged_in,
    presence.LoggedOut: _logged_out,
    presence.AfterCallWorkBegan: _after_call_work_began,
    presence.AfterCallWorkExtended: _after_call_work_extended,
    presence.AfterCallWorkEnded: _after_call_work_ended,
    presence.PhoneChanged: _phone_changed,
    presence.DeviceChosen: _device_chosen,
    presence.CallWaitingChosen: _call_waiting_chosen,
    presence.BrowserOpened: _browser_opened,
    presence.BrowserChanged: _browser_changed,
    presence.AbsenceBegan: _absence_began,
    presence.AbsenceEnded: _absence_ended,
    presence.PauseBegan: _pause_began,
    presence.PauseEnded: _pause_ended,
}
