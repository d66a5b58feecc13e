"""Folds facts into the state: one function a fact, and nothing decided here."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.callbacks import state as callbacks
from svarhus.domains.callbacks.state import Booking, BookingStatus
from svarhus.domains.callflows.position import Position
from svarhus.domains.calls import facts as calls
from svarhus.domains.calls.model import Call, Leg, LegRecord, LegRole, Part
from svarhus.domains.presence import state as presence
from svarhus.domains.presence.state import Agent
from svarhus.domains.queues import state as queues
from svarhus.domains.queues.state import Offer, Wait, Waiting
from svarhus.exchange.facts import ConfigurationTaken, Fact, TimerCleared, TimerSet
from svarhus.exchange.state import State, Timer
from svarhus.kit.clock import Instant, local_date, seconds_between
from svarhus.kit.ids import PersonKey, TimerId

replace = msgspec.structs.replace

WAITS_KEPT = 50
"""Real waits kept for each queue to estimate from."""


def fold(state: State, fact: Fact, at: Instant, zone: ZoneInfo) -> None:
    """The state after the fact."""
    _FOLDS[type(fact)](state, fact, at, zone)
    state.stored.seq += 1


# ------------------------------------------------------------------ calls and legs


def _call_began(state: State, fact: calls.CallBegan, at: Instant, zone: ZoneInfo) -> None:
    state.stored.calls_begun += 1
    state.calls[fact.call] = Call(
        id=fact.call,
        kind=fact.kind,
        revision=fact.revision,
        began_at=at,
        caller=fact.caller,
        caller_name=fact.caller_name,
        dialled=fact.dialled,
        language=fact.language,
        first_leg=fact.first_leg,
        booking=fact.booking,
    )
    state.touch("calls", fact.call)


def _call_refused(state: State, fact: calls.CallRefused, at: Instant, zone: ZoneInfo) -> None:
    """Only the journal keeps it."""


def _leg_began(state: State, fact: calls.LegBegan, at: Instant, zone: ZoneInfo) -> None:
    state.stored.legs_begun += 1
    state.legs[fact.leg] = Leg(
        id=fact.leg,
        call=fact.call,
        role=fact.role,
        began_at=at,
        party=fact.party,
        person=fact.person,
        outside=fact.outside,
    )
    call = state.calls[fact.call]
    _set_call(state, replace(call, legs=(*call.legs, fact.leg)))
    if fact.person:
        agent = _agent(state, fact.person)
        _set_agent(state, replace(agent, legs=agent.legs | {fact.leg}))
    if fact.outside:
        state.outside_legs.add(fact.leg)
        day = local_date(at, zone)
        same_day = state.stored.outgoing_day == day
        state.stored.outgoing_today = state.stored.outgoing_today + 1 if same_day else 1
        state.stored.outgoing_day = day


def _leg_rang(state: State, fact: calls.LegRang, at: Instant, zone: ZoneInfo) -> None:
    _set_leg(state, replace(state.legs[fact.leg], rang_at=at))


def _leg_up(state: State, fact: calls.LegUp, at: Instant, zone: ZoneInfo) -> None:
    leg = replace(state.legs[fact.leg], answered_at=at)
    _set_leg(state, leg)
    if leg.person:
        state.touch("agents", leg.person)


def _leg_gone(state: State, fact: calls.LegGone, at: Instant, zone: ZoneInfo) -> None:
    leg = state.legs.pop(fact.leg)
    state.outside_legs.discard(leg.id)
    call = state.calls[leg.call]
    record = LegRecord(
        leg.id,
        leg.role,
        leg.party,
        leg.person,
        leg.began_at,
        leg.rang_at,
        leg.answered_at,
        at,
        fact.cause.value,
        fact.detail,
    )
    talk = call.talk
    if leg.join and call.talk_since:
        talk += _seconds(call.talk_since, at)
    _set_call(
        state,
        replace(
            call,
            legs=tuple(other for other in call.legs if other != leg.id),
            ended_legs=(*call.ended_legs, record),
            talk=talk,
            talk_since=None if leg.join else call.talk_since,
        ),
    )
    if leg.person:
        agent = _agent(state, leg.person)
        idle_since = agent.idle_since if _rang_in_vain(state, leg) else at
        _set_agent(state, replace(agent, legs=agent.legs - {leg.id}, idle_since=idle_since))


def _rang_in_vain(state: State, leg: Leg) -> bool:
    """The one it rang for had left: that costs nobody the turn."""
    return leg.role is LegRole.MEMBER and leg.answered_at is None and leg.id not in state.offers


def _leg_held(state: State, fact: calls.LegPutOnHold, at: Instant, zone: ZoneInfo) -> None:
    _set_leg(state, replace(state.legs[fact.leg], held=fact.held))


def _prompt_started(state: State, fact: calls.PromptStarted, at: Instant, zone: ZoneInfo) -> None:
    state.stored.prompts_begun += 1
    state.legs[fact.leg] = replace(
        state.legs[fact.leg], prompt=fact.prompt, last_prompt=fact.prompt, saying=fact.phrases
    )


def _prompt_ended(state: State, fact: calls.PromptEnded, at: Instant, zone: ZoneInfo) -> None:
    state.legs[fact.leg] = replace(state.legs[fact.leg], prompt=None, saying=())


def _music_began(state: State, fact: calls.MusicBegan, at: Instant, zone: ZoneInfo) -> None:
    state.legs[fact.leg] = replace(state.legs[fact.leg], music=fact.playlist)


def _music_ended(state: State, fact: calls.MusicEnded, at: Instant, zone: ZoneInfo) -> None:
    state.legs[fact.leg] = replace(state.legs[fact.leg], music=None)


def _joined(state: State, fact: calls.Joined, at: Instant, zone: ZoneInfo) -> None:
    for leg in fact.legs:
        state.legs[leg] = replace(state.legs[leg], join=fact.join, music=None, prompt=None, saying=())
    _set_call(state, replace(state.calls[fact.call], talk_since=at, position=None))


def _key_pressed(state: State, fact: calls.KeyPressed, at: Instant, zone: ZoneInfo) -> None:
    """Only the journal keeps it; what an element makes of it is remembered by itself."""


def _element_entered(state: State, fact: calls.ElementEntered, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    for timer in call.timers:
        state.timers.pop(timer, None)
    _set_call(state, replace(call, position=Position(fact.flow, fact.element), timers=frozenset()))


def _remembered(state: State, fact: calls.Remembered, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    assert call.position is not None
    state.calls[fact.call] = replace(call, position=replace(call.position, memory=fact.memory))


def _recording_began(state: State, fact: calls.RecordingBegan, at: Instant, zone: ZoneInfo) -> None:
    leg = state.legs[fact.leg]
    state.legs[fact.leg] = replace(leg, recording=fact.recording, recording_longest=fact.longest)
    call = state.calls[fact.call]
    _set_call(state, replace(call, recording=fact.recording, voicemail_queue=fact.queue))


def _recording_ended(state: State, fact: calls.RecordingEnded, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    for leg in call.legs:
        if state.legs[leg].recording == fact.recording:
            state.legs[leg] = replace(state.legs[leg], recording=None)
    _set_call(state, replace(call, recording=None))


def _voicemail_left(state: State, fact: calls.VoicemailLeft, at: Instant, zone: ZoneInfo) -> None:
    state.touch("voicemails", fact.recording)


def _outcome_reached(state: State, fact: calls.OutcomeReached, at: Instant, zone: ZoneInfo) -> None:
    _set_call(state, replace(state.calls[fact.call], outcome=fact.outcome))


def _call_ending(state: State, fact: calls.CallEnding, at: Instant, zone: ZoneInfo) -> None:
    _set_call(state, replace(state.calls[fact.call], ending=True, position=None))


def _call_closed(state: State, fact: calls.CallClosed, at: Instant, zone: ZoneInfo) -> None:
    for timer in state.calls.pop(fact.call).timers:
        state.timers.pop(timer, None)
    state.touch("calls", fact.call)


# ------------------------------------------------------------------ queues


def _queue_entered(state: State, fact: queues.QueueEntered, at: Instant, zone: ZoneInfo) -> None:
    state.stored.arrivals += 1
    waiting = Waiting(fact.call, fact.queue, at, fact.priority, state.stored.arrivals)
    state.waiting[fact.call] = waiting
    state.stand(waiting)
    call = state.calls[fact.call]
    part = Part(fact.queue, at, position=fact.position, staff=fact.staff)
    _set_call(state, replace(call, parts=(*call.parts, part)))
    state.touch("queues", fact.queue)


def _offer_made(state: State, fact: queues.OfferMade, at: Instant, zone: ZoneInfo) -> None:
    state.offers[fact.leg] = Offer(fact.leg, fact.call, fact.queue, fact.person, at)
    state.waiting[fact.call] = replace(state.waiting[fact.call], offer=fact.leg)
    state.touch("calls", fact.call)


def _offer_confirming(state: State, fact: queues.OfferConfirming, at: Instant, zone: ZoneInfo) -> None:
    state.offers[fact.leg] = replace(state.offers[fact.leg], confirming=True)


def _offer_ended(state: State, fact: queues.OfferEnded, at: Instant, zone: ZoneInfo) -> None:
    del state.offers[fact.leg]
    waiting = state.waiting.get(fact.call)
    if waiting:
        state.waiting[fact.call] = replace(waiting, offer=None)
    state.touch("calls", fact.call)


def _queue_left(state: State, fact: queues.QueueLeft, at: Instant, zone: ZoneInfo) -> None:
    waiting = state.waiting.pop(fact.call)
    state.leave(waiting)
    call = state.calls[fact.call]
    wait = _seconds(waiting.entered_at, at)
    part = replace(call.parts[-1], left_at=at, outcome=fact.outcome, person=fact.person, wait=wait)
    _set_call(state, replace(call, parts=(*call.parts[:-1], part)))
    if fact.outcome == "answered":
        seen = Wait(part.position, wait, part.staff)
        state.stored.waits[fact.queue] = (*state.stored.waits.get(fact.queue, ()), seen)[-WAITS_KEPT:]
    state.touch("queues", fact.queue)


# ------------------------------------------------------------------ presence


def _logged_in(state: State, fact: presence.LoggedIn, at: Instant, zone: ZoneInfo) -> None:
    agent = _agent(state, fact.person)
    idle_since = agent.idle_since if agent.queues else at
    _set_agent(state, replace(agent, queues=agent.queues | set(fact.queues), idle_since=idle_since))
    for queue in fact.queues:
        state.touch("queues", queue)


def _logged_out(state: State, fact: presence.LoggedOut, at: Instant, zone: ZoneInfo) -> None:
    agent = _agent(state, fact.person)
    _set_agent(state, replace(agent, queues=agent.queues - set(fact.queues)))
    for queue in fact.queues:
        state.touch("queues", queue)


def _after_call_work_began(state: State, fact: presence.AfterCallWorkBegan, at: Instant, zone: ZoneInfo) -> None:
    _set_agent(state, replace(_agent(state, fact.person), after_call_until=fact.until))


def _after_call_work_ended(state: State, fact: presence.AfterCallWorkEnded, at: Instant, zone: ZoneInfo) -> None:
    _set_agent(state, replace(_agent(state, fact.person), after_call_until=None, idle_since=at))


def _phone_changed(state: State, fact: presence.PhoneChanged, at: Instant, zone: ZoneInfo) -> None:
    (state.stored.reachable.add if fact.reachable else state.stored.reachable.discard)(fact.endpoint)
    state.touch("phones", fact.endpoint)


# ------------------------------------------------------------------ promises


def _booked(state: State, fact: callbacks.Booked, at: Instant, zone: ZoneInfo) -> None:
    state.stored.bookings_made += 1
    booking = Booking(
        fact.booking,
        fact.queue,
        fact.schedule,
        fact.number,
        promised_at=fact.at,
        due_at=fact.at,
        booked_at=at,
        call=fact.call,
        language=fact.language,
    )
    state.bookings[booking.id] = booking
    state.promise(booking)
    state.touch("bookings", booking.id)


def _booking_due(state: State, fact: callbacks.BookingDue, at: Instant, zone: ZoneInfo) -> None:
    _set_booking(state, replace(state.bookings[fact.booking], status=BookingStatus.DUE))


def _booking_cancelled(state: State, fact: callbacks.BookingCancelled, at: Instant, zone: ZoneInfo) -> None:
    _set_booking(state, replace(state.bookings[fact.booking], status=BookingStatus.CANCELLED))


def _attempt_began(state: State, fact: callbacks.AttemptBegan, at: Instant, zone: ZoneInfo) -> None:
    booking = state.bookings[fact.booking]
    _set_booking(
        state,
        replace(booking, status=BookingStatus.IN_ATTEMPT, attempt_call=fact.call, person=fact.person),
    )


def _customer_dialled(state: State, fact: callbacks.CustomerDialled, at: Instant, zone: ZoneInfo) -> None:
    booking = state.bookings[fact.booking]
    first = booking.first_attempt_at or at
    _set_booking(state, replace(booking, attempts=booking.attempts + 1, first_attempt_at=first))


def _attempt_ended(state: State, fact: callbacks.AttemptEnded, at: Instant, zone: ZoneInfo) -> None:
    status = BookingStatus.TO_MARK if fact.dialled else BookingStatus.DUE
    _set_booking(state, replace(state.bookings[fact.booking], status=status, attempt_call=None))


def _attempt_marked(state: State, fact: callbacks.AttemptMarked, at: Instant, zone: ZoneInfo) -> None:
    booking = state.bookings[fact.booking]
    if fact.answered:
        booking = replace(booking, status=BookingStatus.REACHED)
    elif fact.next_at is None:
        booking = replace(booking, status=BookingStatus.NOT_REACHED)
    else:
        booking = replace(booking, status=BookingStatus.BOOKED, due_at=fact.next_at)
    _set_booking(state, booking)


# ------------------------------------------------------------------ time and configuration


def _timer_set(state: State, fact: TimerSet, at: Instant, zone: ZoneInfo) -> None:
    state.set_timer(fact.timer, Timer(fact.due, fact.purpose, fact.call))
    if fact.call and fact.call in state.calls:
        call = state.calls[fact.call]
        state.calls[fact.call] = replace(call, timers=call.timers | {fact.timer})


def _timer_cleared(state: State, fact: TimerCleared, at: Instant, zone: ZoneInfo) -> None:
    timer = state.timers.pop(fact.timer, None)
    if timer and timer.call and timer.call in state.calls:
        call = state.calls[timer.call]
        state.calls[timer.call] = replace(call, timers=call.timers - {fact.timer})


def _configuration_taken(state: State, fact: ConfigurationTaken, at: Instant, zone: ZoneInfo) -> None:
    state.stored.revision = fact.revision
    state.touch("configuration", str(fact.revision))


# ------------------------------------------------------------------


def _seconds(start: Instant, end: Instant) -> float:
    """Never negative, although a machine's clock may be set back."""
    return max(0.0, seconds_between(start, end))


def _set_call(state: State, call: Call) -> None:
    state.calls[call.id] = call
    state.touch("calls", call.id)


def _set_leg(state: State, leg: Leg) -> None:
    state.legs[leg.id] = leg
    state.touch("calls", leg.call)


def _agent(state: State, person: PersonKey) -> Agent:
    return state.agents.get(person) or Agent(person)


def _set_agent(state: State, agent: Agent) -> None:
    state.agents[agent.person] = agent
    (state.free.add if agent.free else state.free.discard)(agent.person)
    state.touch("agents", agent.person)


def _set_booking(state: State, booking: Booking) -> None:
    """A booking that is no longer live leaves the state; the journal and the log keep it."""
    if booking.status.live:
        state.bookings[booking.id] = booking
    else:
        state.unpromise(state.bookings.pop(booking.id))
        state.timers.pop(TimerId(f"booking:{booking.id}"), None)
    state.touch("bookings", booking.id)


_FOLDS: dict[type, Callable[[State, Any, Instant, ZoneInfo], None]] = {
    calls.CallBegan: _call_began,
    calls.CallRefused: _call_refused,
    calls.LegBegan: _leg_began,
    calls.LegRang: _leg_rang,
    calls.LegUp: _leg_up,
    calls.LegGone: _leg_gone,
    calls.LegPutOnHold: _leg_held,
    calls.PromptStarted: _prompt_started,
    calls.PromptEnded: _prompt_ended,
    calls.MusicBegan: _music_began,
    calls.MusicEnded: _music_ended,
    calls.Joined: _joined,
    calls.KeyPressed: _key_pressed,
    calls.ElementEntered: _element_entered,
    calls.Remembered: _remembered,
    calls.RecordingBegan: _recording_began,
    calls.RecordingEnded: _recording_ended,
    calls.VoicemailLeft: _voicemail_left,
    calls.OutcomeReached: _outcome_reached,
    calls.CallEnding: _call_ending,
    calls.CallClosed: _call_closed,
    queues.QueueEntered: _queue_entered,
    queues.OfferMade: _offer_made,
    queues.OfferConfirming: _offer_confirming,
    queues.OfferEnded: _offer_ended,
    queues.QueueLeft: _queue_left,
    presence.LoggedIn: _logged_in,
    presence.LoggedOut: _logged_out,
    presence.AfterCallWorkBegan: _after_call_work_began,
    presence.AfterCallWorkEnded: _after_call_work_ended,
    presence.PhoneChanged: _phone_changed,
    callbacks.Booked: _booked,
    callbacks.BookingDue: _booking_due,
    callbacks.BookingCancelled: _booking_cancelled,
    callbacks.AttemptBegan: _attempt_began,
    callbacks.CustomerDialled: _customer_dialled,
    callbacks.AttemptEnded: _attempt_ended,
    callbacks.AttemptMarked: _attempt_marked,
    TimerSet: _timer_set,
    TimerCleared: _timer_cleared,
    ConfigurationTaken: _configuration_taken,
}
