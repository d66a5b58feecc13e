"""Calls, their legs, and what the legs hear."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.callflows.keys import TakesKeys
from svarhus.domains.callflows.position import Position
from svarhus.domains.calls import facts as calls
from svarhus.domains.calls.model import Call, CallKind, Leg, LegRecord, LegRole
from svarhus.domains.calls.purpose import Supervising
from svarhus.domains.calls.reasons import LegCause
from svarhus.domains.calls.talk import Step, StepKind
from svarhus.domains.presence.device import DeviceKind
from svarhus.exchange.core.conversations import in_conference
from svarhus.exchange.core.facts import AnnounceTimer, FlowTimer
from svarhus.exchange.core.folds import conversations
from svarhus.exchange.core.folds.path import BEFORE_TALK, close_steps, close_steps_of, with_step
from svarhus.exchange.core.folds.purposes import purpose_of
from svarhus.exchange.core.folds.state import Folds, agent_of, set_agent, set_call, set_leg
from svarhus.exchange.core.folds.talks import call_over, count_hold, talk_over
from svarhus.exchange.core.state import State, Timer
from svarhus.kit.clock import Instant, local_date
from svarhus.kit.ids import OfferId

replace = msgspec.structs.replace


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
        path=(Step(StepKind.NUMBER, fact.dialled, at),) if fact.kind is CallKind.INCOMING else (),
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
        purpose=purpose_of(state.calls[fact.call], fact),
        began_at=at,
        party=fact.party,
        person=fact.person,
        outside=fact.outside,
        billing=fact.billing,
        device=fact.device,
        session=_session(state, fact),
    )
    call = state.calls[fact.call]
    set_call(state, replace(call, legs=(*call.legs, fact.leg)))
    if fact.person:
        agent = agent_of(state, fact.person)
        set_agent(state, replace(agent, legs=agent.legs | {fact.leg}))
    if isinstance(fact.purpose, Supervising):
        state.supervising.add(fact.leg)
    if fact.outside:
        state.outside_legs.add(fact.leg)
        day = local_date(at, zone)
        same_day = state.stored.outgoing_day == day
        state.stored.outgoing_today = state.stored.outgoing_today + 1 if same_day else 1
        state.stored.outgoing_day = day


def _session(state: State, fact: calls.LegBegan) -> str | None:
    """The page that the leg is on."""
    agent = state.agents.get(fact.person) if fact.person else None
    on_page = fact.device is DeviceKind.BROWSER and agent and agent.browser
    return agent.browser.id if on_page and agent and agent.browser else None


def _leg_rang(state: State, fact: calls.LegRang, at: Instant, zone: ZoneInfo) -> None:
    set_leg(state, replace(state.legs[fact.leg], rang_at=at))
    offer = state.offer_at(fact.leg)
    if offer:
        state.resounding.add(offer.place)


def _leg_up(state: State, fact: calls.LegUp, at: Instant, zone: ZoneInfo) -> None:
    leg = replace(state.legs[fact.leg], answered_at=at)
    set_leg(state, leg)
    if leg.person:
        state.touch("agents", leg.person)


def _leg_gone(state: State, fact: calls.LegGone, at: Instant, zone: ZoneInfo) -> None:
    leg = state.legs[fact.leg]
    call = state.calls[leg.call]
    missing = call.missing is not None and call.missing.leg == leg.id
    ends_talk = _ends_talk(state, call, leg)
    if not missing:
        conversations.leave(state, leg)
    del state.legs[leg.id]
    if missing:
        conversations.gone(state, leg)
    state.outside_legs.discard(leg.id)
    state.supervising.discard(leg.id)
    record = LegRecord(
        leg.id,
        leg.role,
        leg.party,
        leg.person,
        leg.began_at,
        leg.rang_at,
        leg.answered_at,
        at,
        LegCause.ANSWERED_ELSEWHERE if leg.elsewhere else LegCause.told(fact.cause),
        fact.detail,
        leg.billing,
    )
    call = replace(
        call, legs=tuple(other for other in call.legs if other != leg.id), ended_legs=(*call.ended_legs, record)
    )
    if ends_talk:
        call = talk_over(call, at)
    if not missing:
        call = close_steps_of(call, at, leg.id)
    set_call(state, call)
    count_hold(state, call.id, at)
    if leg.person:
        agent = agent_of(state, leg.person)
        idle_since = agent.idle_since if _rang_in_vain(state, leg) else at
        set_agent(state, replace(agent, legs=agent.legs - {leg.id}, idle_since=idle_since))


def _ends_talk(state: State, call: Call, leg: Leg) -> bool:
    """Not when a third party goes that was only asked, nor when the party's phone is waited for, nor one of three."""
    asked = call.consult is not None and call.consult.other == leg.id
    missing = call.missing is not None and call.missing.leg == leg.id
    return leg.conversation is not None and not asked and not missing and not in_conference(state, leg.id)


def _rang_in_vain(state: State, leg: Leg) -> bool:
    """The one it rang for had left, or another member was quicker, if only with the key that takes the call: that
    costs nobody the turn."""
    unanswered = leg.role is LegRole.MEMBER and leg.answered_at is None and OfferId(leg.id) not in state.offers
    return unanswered or leg.elsewhere


def _prompt_started(state: State, fact: calls.PromptStarted, at: Instant, zone: ZoneInfo) -> None:
    state.stored.prompts_begun += 1
    state.legs[fact.leg] = replace(
        state.legs[fact.leg],
        prompt=fact.prompt,
        last_prompt=fact.prompt,
        prompt_at=at,
        saying=fact.phrases,
        takes_keys=fact.takes_keys,
    )


def _prompt_ended(state: State, fact: calls.PromptEnded, at: Instant, zone: ZoneInfo) -> None:
    state.legs[fact.leg] = replace(state.legs[fact.leg], prompt=None, saying=())


def _music_began(state: State, fact: calls.MusicBegan, at: Instant, zone: ZoneInfo) -> None:
    state.legs[fact.leg] = replace(state.legs[fact.leg], music=fact.playlist)


def _music_ended(state: State, fact: calls.MusicEnded, at: Instant, zone: ZoneInfo) -> None:
    state.legs[fact.leg] = replace(state.legs[fact.leg], music=None)


def _key_pressed(state: State, fact: calls.KeyPressed, at: Instant, zone: ZoneInfo) -> None:
    """What an element makes of it is remembered by itself."""
    if fact.leg in state.legs:
        state.legs[fact.leg] = replace(state.legs[fact.leg], last_key=fact.digit, last_key_at=fact.pressed_at or at)


def _element_entered(state: State, fact: calls.ElementEntered, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    left = {timer for timer in call.timers if _is_of_an_element(state.timers.get(timer))}
    for timer in left:
        state.timers.pop(timer, None)
    if not fact.to_wait and (call.position is None or call.position.flow != fact.flow):
        call = with_step(close_steps(call, at, BEFORE_TALK), Step(StepKind.FLOW, fact.flow, at))
    state.kept_slots.pop(call.id, None)
    if fact.back and call.left_place:
        call = replace(call, left_place=replace(call.left_place, offered=True))
    set_call(state, replace(call, position=Position(fact.flow, fact.element), timers=call.timers - left))
    first = state.legs.get(call.first_leg)
    if first and first.takes_keys.hides:
        state.legs[first.id] = replace(first, takes_keys=TakesKeys.ANSWER)


def _is_of_an_element(timer: Timer | None) -> bool:
    """Others go on for as long as what they wait for, such as the key by which a mobile takes the call."""
    return timer is None or isinstance(timer.purpose, FlowTimer | AnnounceTimer)


def _remembered(state: State, fact: calls.Remembered, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    assert call.position is not None
    state.calls[fact.call] = replace(call, position=replace(call.position, memory=fact.memory))


def _language_chosen(state: State, fact: calls.LanguageChosen, at: Instant, zone: ZoneInfo) -> None:
    call = state.calls[fact.call]
    set_leg(state, replace(state.legs[call.first_leg], language=fact.language))
    set_call(state, replace(call, language=fact.language))


def _caller_listed(state: State, fact: calls.CallerListed, at: Instant, zone: ZoneInfo) -> None:
    set_call(state, replace(state.calls[fact.call], caller_list=fact.caller_list))


def _category_given(state: State, fact: calls.CategoryGiven, at: Instant, zone: ZoneInfo) -> None:
    set_call(state, replace(state.calls[fact.call], category=fact.category, category_by_queue=fact.by_queue))


def _voicemail_left(state: State, fact: calls.VoicemailLeft, at: Instant, zone: ZoneInfo) -> None:
    state.touch("voicemails", fact.recording)


def _outcome_reached(state: State, fact: calls.OutcomeReached, at: Instant, zone: ZoneInfo) -> None:
    set_call(state, replace(state.calls[fact.call], outcome=fact.outcome))


def _call_ending(state: State, fact: calls.CallEnding, at: Instant, zone: ZoneInfo) -> None:
    state.kept_slots.pop(fact.call, None)
    set_call(state, replace(state.calls[fact.call], ending=True, position=None))
    call_over(state, state.calls[fact.call])


def _call_closed(state: State, fact: calls.CallClosed, at: Instant, zone: ZoneInfo) -> None:
    call_over(state, state.calls[fact.call])
    state.kept_slots.pop(fact.call, None)
    for timer in state.calls.pop(fact.call).timers:
        state.timers.pop(timer, None)
    state.touch("calls", fact.call)


FOLDS: Folds = {
    calls.CallBegan: _call_began,
    calls.CallRefused: _call_refused,
    calls.LegBegan: _leg_began,
    calls.LegRang: _leg_rang,
    calls.LegUp: _leg_up,
    calls.LegGone: _leg_gone,
    calls.PromptStarted: _prompt_started,
    calls.PromptEnded: _prompt_ended,
    calls.MusicBegan: _music_began,
    calls.MusicEnded: _music_ended,
    calls.KeyPressed: _key_pressed,
    calls.ElementEntered: _element_entered,
    calls.Remembered: _remembered,
    calls.LanguageChosen: _language_chosen,
    calls.CallerListed: _caller_listed,
    calls.CategoryGiven: _category_given,
    calls.VoicemailLeft: _voicemail_left,
    calls.OutcomeReached: _outcome_reached,
    calls.CallEnding: _call_ending,
    calls.CallClosed: _call_closed,
}
