"""Live state as those who are watching see it: makes the views of it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from svarhus.domains.calls.model import Call, Leg
from svarhus.domains.calls.purpose import Supervising
from svarhus.domains.presence.state import Agent
from svarhus.domains.queues.estimate import estimated_wait
from svarhus.exchange.core.conversations import conversations_in, is_away, is_held, join_of
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.decisions.calls import recording_talks, supervising
from svarhus.exchange.core.decisions.calls.dialling import device_of, person_reachable
from svarhus.exchange.core.decisions.people.agents import may_extend
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.exchange.showing.views import (
    AgentState,
    LiveAbsence,
    LiveAgent,
    LiveAlert,
    LiveBooking,
    LiveCall,
    LiveCategory,
    LiveClosing,
    LiveConsult,
    LiveLegView,
    LivePause,
    LiveQueue,
    LiveRecording,
    LiveStep,
    LiveSupervision,
    LiveTopic,
    LiveTransfer,
    LiveView,
)
from svarhus.kit.clock import Instant
from svarhus.kit.ids import BookingId, CallId, LegId, PersonKey, QueueKey, TimerId

V = TypeVar("V")


def calls(core: Core) -> tuple[LiveCall, ...]:
    return tuple(_present(_call(core, key) for key in core.state.calls))


def queues(core: Core) -> tuple[LiveQueue, ...]:
    return tuple(_present(_queue(core, key) for key in core.rules.queues))


def agents(core: Core) -> tuple[LiveAgent, ...]:
    return tuple(_present(agent(core, key) for key in core.rules.people))


def callbacks(core: Core) -> tuple[LiveBooking, ...]:
    return tuple(_present(_booking(core, key) for key in core.state.bookings))


def categories(core: Core) -> tuple[LiveCategory, ...]:
    return tuple(LiveCategory(each.key, each.name, each.unit, each.priority) for each in core.rules.document.categories)


def _present(views: Iterable[V | None]) -> Iterable[V]:
    return (view for view in views if view is not None)


def _call(core: Core, key: str) -> LiveCall | None:
    state = core.state
    call = state.calls.get(CallId(key))
    if call is None:
        return None
    place = state.place_of(call.id)
    if place and place.to_call_back and not call.legs:
        return None
    offer = state.offers[place.offers[0]] if place and place.offers else None
    return LiveCall(
        id=call.id,
        kind=call.kind.value,
        state=_call_state(core, key),
        began_at=call.began_at,
        caller=call.caller,
        caller_name=call.caller_name,
        dialled=call.dialled,
        language=call.language,
        queue=place.queue if place else (call.parts[-1].queue if call.parts else None),
        waiting_since=place.entered_at if place else None,
        offered_to=offer.person if offer else None,
        talking_since=call.talk_since,
        booking=call.booking,
        legs=tuple(_leg(state, leg) for leg in call.legs if _is_shown(state, leg)),
        held=call.consult is None and call.hold_since is not None,
        held_since=call.hold_since,
        wait=sum(part.wait for part in call.parts),
        path=tuple(LiveStep(step.kind, step.key, step.at, step.until, step.by, step.asked) for step in call.path),
        conference=any(each.is_conference for each in conversations_in(state, call.id)),
        consult=_consult(state, call),
        transfer=_transfer(state, call),
        raised=place is not None and place.raised_from is not None,
        kept=place is not None and place.kept_for is not None,
        supervised=tuple(_supervision(core, leg) for leg in supervising.supervised(state, call.id)),
        missing=call.missing.person if call.missing else None,
        category=call.category,
        recording=_recording(call),
        may_be_recorded=recording_talks.may_be_recorded(core.revisions[call.revision], state, call),
    )


def _recording(call: Call) -> LiveRecording | None:
    running = recording_talks.running_of(call)
    if running is None:
        return None
    if call.recorded.paused_by:
        shown = "paused" if running.silent else "pausing"
    else:
        shown = "held" if running.silenced else "recording"
    return LiveRecording(shown, call.recorded.asked_by)


def _is_shown(state: State, key: LegId) -> bool:
    """Who only listens is told of by itself."""
    leg = state.legs[key]
    return not leg.released and not leg.only_listens


def _supervision(core: Core, leg: Leg) -> LiveSupervision:
    purpose = leg.purpose
    assert isinstance(purpose, Supervising)
    queue = core.rules.queues.get(purpose.queue)
    told = bool(leg.conversation) or (queue is not None and queue.supervision.tells_members)
    shown, since = "up" if leg.answered_at else "ringing", leg.answered_at or leg.began_at
    return LiveSupervision(leg.person, purpose.how, purpose.member, shown, since, told)


def _consult(state: State, call: Call) -> LiveConsult | None:
    consult = call.consult
    if consult is None:
        return None
    by, other = state.legs.get(consult.by), state.legs.get(consult.other)
    person = by.person if by else (call.missing.person if call.missing else None)
    if other is None or not (by or person):
        return None
    shown = "ringing" if not other.answered_at else ("held" if is_held(state, other.id) else "talking")
    return LiveConsult(person, other.id, other.party, other.person, shown, consult.began_at)


def _transfer(state: State, call: Call) -> LiveTransfer | None:
    transfer = call.transfer
    if transfer is None:
        return None
    rung = state.legs.get(transfer.leg) if transfer.leg else None
    person = rung.person if rung else None
    return LiveTransfer(transfer.by, transfer.to.name, person, transfer.returning, transfer.began_at, transfer.parked)


def _call_state(core: Core, key: str) -> str:
    state, call = core.state, core.state.calls[CallId(key)]
    if call.ending:
        return "ending"
    if call.talk_since:
        return "talking"
    if call.transfer and call.transfer.parked is not None:
        return "parked"
    place = state.place_of(call.id)
    if place:
        return "ringing" if place.offers else "waiting"
    return "in_flow" if call.position else "ringing"


def _leg(state: State, key: str) -> LiveLegView:
    leg = state.legs[LegId(key)]
    if is_held(state, leg.id):
        shown = "held"
    elif is_away(state, leg.id):
        shown = "away"
    elif join_of(state, leg.id):
        shown = "talking"
    else:
        shown = "up" if leg.answered_at else "ringing"
    device = leg.device.value if leg.device else None
    return LiveLegView(leg.id, leg.role.value, leg.party, leg.person, shown, device)


def _queue(core: Core, key: str) -> LiveQueue | None:
    queue = core.rules.queues.get(QueueKey(key))
    if queue is None:
        return None
    state, queue_key = core.state, QueueKey(key)
    places = (state.places[place] for place in state.matching.line(queue_key))
    line = [place for place in places if not place.to_call_back]
    staff = state.logged_in(queue_key)
    closing = state.stored.closed.get(queue_key)
    return LiveQueue(
        key=key,
        name=queue.name,
        waiting=tuple(place.call for place in line),
        longest_since=min((place.entered_at for place in line), default=None),
        logged_in=staff,
        free=len(state.matching.ready(queue_key)),
        estimated_wait=estimated_wait(state.stored.waits.get(queue_key, ()), len(line) + 1, staff),
        held_until=_held_until(core, queue_key),
        red_after=queue.red_after,
        on_switchboard=queue.on_switchboard,
        closed=LiveClosing(closing.since, closing.until, closing.message, closing.by) if closing else None,
        paused=state.paused[queue_key],
        alerts=tuple(
            LiveAlert(alert.on, alert.limit, alert.since) for alert in state.alerts.values() if alert.queue == key
        ),
        kept=sum(place.kept_for is not None for place in line),
    )


def _held_until(core: Core, queue: QueueKey) -> Instant | None:
    timer = core.state.timers.get(TimerId(f"pace:{queue}"))
    return timer.due if timer else None


def agent(core: Core, key: str) -> LiveAgent | None:
    person = core.rules.people.get(PersonKey(key))
    if person is None:
        return None
    state = core.state
    now = state.agents.get(PersonKey(key))
    theirs = [state.legs[leg] for leg in now.legs] if now else []
    taking_part = {leg.call for leg in theirs if not leg.only_listens}
    in_calls = sorted(taking_part | now.missed_in) if now else []
    return LiveAgent(
        key=key,
        name=person.name,
        state=_agent_state(core, key),
        queues=tuple(sorted(now.queues)) if now else (),
        after_call_until=now.after_call_until if now else None,
        idle_since=now.idle_since if now else None,
        calls=tuple(in_calls),
        phone_reachable=person_reachable(state, core.rules, PersonKey(key)),
        device=device_of(state, person).kind.value,
        since=_since(core, key),
        absence=_absence(now),
        pause=_pause(core.rules, now),
        may_extend=now is None or may_extend(core.rules, now),
        member_of=tuple(sorted(core.rules.queues_of.get(PersonKey(key), ()))),
    )


def _pause(rules: Rules, agent: Agent | None) -> LivePause | None:
    if agent is None or agent.pause is None:
        return None
    pause = agent.pause
    own = rules.pauses.get(pause.reason) if pause.reason else None
    return LivePause(pause.reason, own.name if own else None, pause.since, pause.until, pause.by)


def _absence(agent: Agent | None) -> LiveAbsence | None:
    if agent is None or agent.absence is None:
        return None
    absence = agent.absence
    return LiveAbsence(absence.kind, absence.since, absence.until, absence.note, absence.by)


def _since(core: Core, key: str) -> Instant | None:
    """When the person began what `_agent_state` says."""
    agent = core.state.agents.get(PersonKey(key))
    if agent is None:
        return None
    match _agent_state(core, key):
        case AgentState.TALKING | AgentState.RINGING:
            legs = [core.state.legs[leg] for leg in agent.legs]
            answered = [leg.answered_at for leg in legs if leg.answered_at]
            # Who has no leg is waited for: the phone was lost in a conversation.
            missing = [core.state.calls[call].missing for call in agent.missed_in]
            lost = [each.since for each in missing if each]
            return min(answered or [leg.rang_at or leg.began_at for leg in legs] or lost, default=None)
        case AgentState.AFTER_CALL_WORK:
            return agent.after_call_since
        case AgentState.AVAILABLE:
            return agent.idle_since
        case AgentState.PAUSED:
            return agent.pause.since if agent.pause else None
        case AgentState.LOGGED_OUT:
            return agent.logged_out_at
    return None


def _agent_state(core: Core, key: str) -> AgentState:
    state = core.state
    agent = state.agents.get(PersonKey(key))
    if agent and agent.legs:
        answered = any(state.legs[leg].answered_at for leg in agent.legs)
        return AgentState.TALKING if answered else AgentState.RINGING
    if agent and agent.missed_in:
        return AgentState.TALKING
    if agent is None or not agent.queues:
        return AgentState.LOGGED_OUT
    if agent.after_call_until:
        return AgentState.AFTER_CALL_WORK
    if agent.pause:
        return AgentState.PAUSED
    reachable = person_reachable(state, core.rules, agent.person)
    return AgentState.AVAILABLE if reachable else AgentState.UNREACHABLE


def _booking(core: Core, key: str) -> LiveBooking | None:
    booking = core.state.bookings.get(BookingId(key))
    if booking is None:
        return None
    return LiveBooking(
        booking.id,
        booking.queue,
        booking.number,
        booking.status,
        booking.promised_at,
        booking.due_at,
        booking.attempts,
        booking.person,
        booking.attempt_call,
        booking.category,
        booking.kind,
    )


VIEWS: dict[str, tuple[LiveTopic, Callable[[Core, str], LiveView | None]]] = {
    "calls": (LiveTopic.CALLS, _call),
    "queues": (LiveTopic.QUEUES, _queue),
    "agents": (LiveTopic.AGENTS, agent),
    "bookings": (LiveTopic.CALLBACKS, _booking),
    "schedules": (LiveTopic.SCHEDULES, lambda core, key: None),
    "phone": (LiveTopic.PHONE, lambda core, key: None),
    "voicemails": (LiveTopic.VOICEMAILS, lambda core, key: None),
}
"""By the kinds of `svarhus.exchange.core.state.Topic`."""
