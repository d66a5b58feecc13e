"""A page that was reloaded, or was without a network, comes back to its call; the other party hears no hang-up."""

from svarhus.domains.calls.facts import LegReleased, LegReplaced, NowServing, PartyGivenUp, PartyMissing
from svarhus.domains.calls.model import Call, Leg, LegRole
from svarhus.domains.calls.purpose import Rejoining
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.people.model import Person
from svarhus.domains.presence.device import Device, DeviceKind
from svarhus.exchange.core.conversations import conversation_of, in_conference, is_held, join_of, present_in
from svarhus.exchange.core.decisions.calls import conferring, confirming, consulting, legs, supervising, talking
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.calls.dialling import Way, device_reachable, way_to_device
from svarhus.exchange.core.facts import MissingTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, LegId, PersonKey
from svarhus.ports.telephony import EndCause, HangUp

PATIENCE = 30.0
"""Seconds in which the other party waits with music for the phone to come back."""
RING_SECONDS = 8
"""A page that does not answer within this is not there."""

_LOST = (EndCause.MEDIA_LOST, EndCause.ENGINE_FAILED)


def recall(turn: Turn, person: Person) -> None:
    """The person's page can be rung: go on there with calls that an older page left, or that wait for it."""
    agent = turn.state.agents[PersonKey(person.key)]
    for leg in sorted(agent.legs):
        found = turn.state.legs[leg]
        elsewhere = agent.browser is not None and found.session != agent.browser.id
        if elsewhere and _can_go_on(turn, found):
            _dial(turn, person, turn.state.calls[found.call], found.id, found.role)
    for call_id in sorted(agent.missed_in):
        call = turn.state.calls[call_id]
        if call.missing and not call.ending:
            _dial(turn, person, call, call.missing.leg, LegRole(call.missing.role))


def _can_go_on(turn: Turn, leg: Leg) -> bool:
    on_page = leg.device is DeviceKind.BROWSER and leg.answered_at is not None
    return on_page and not leg.released and leg.replaces is None and not turn.state.calls[leg.call].ending


def _dial(turn: Turn, person: Person, call: Call, old: LegId, role: LegRole) -> None:
    if any(turn.state.legs[leg].replaces == old for leg in call.legs):
        return
    way = way_to_device(turn, turn.rules, person, Device(DeviceKind.BROWSER))
    if not isinstance(way, Way):
        return
    other = next(iter(_who_met(turn, call, old)), None)
    shown = (other.party if other else "") or call.caller
    headers = {**legs.AUTO_ANSWER, "X-Svarhus-Rejoin": call.id}
    name = call.caller_name or turn.rules.organisation.name
    purpose = Rejoining(old)
    legs.dial(turn, call.id, purpose, way.target, shown or None, name, RING_SECONDS, way.person, headers, role)


def _who_met(turn: Turn, call: Call, leg: LegId) -> list[Leg]:
    """Who is in conversation with the leg, which may be gone."""
    found = ((turn.state.legs[other], conversation_of(turn.state, other)) for other in call.legs if other != leg)
    return [other for other, talk in found if talk and leg in talk.parties]


def let_go(turn: Turn, call_id: CallId, person: PersonKey) -> None:
    """The person has hung up: the page is rung for the call no longer."""
    call = turn.state.calls.get(call_id)
    for leg in call.legs if call else ():
        found = turn.state.legs[leg]
        if found.person == person and found.replaces is not None:
            turn.record(LegReleased(call=call_id, leg=leg))
            turn.order(HangUp(leg))


def answered(turn: Turn, call: Call, leg: Leg) -> None:
    """The page is on the line: it takes the place of the old leg."""
    assert leg.replaces is not None
    old = turn.state.legs.get(leg.replaces)
    waited_for = call.missing is not None and call.missing.leg == leg.replaces
    if old is None and not waited_for:
        # The old leg was let go meanwhile.
        turn.order(HangUp(leg.id))
        return
    music, joined = (old.music, join_of(turn.state, old.id)) if old else (None, None)
    if waited_for:
        turn.clear_timer(_timer(call.id))
    turn.record(LegReplaced(call=call.id, old=leg.replaces, new=leg.id))
    _sound(turn, leg.id, music, was_joined=joined is not None or old is None)
    if old:
        turn.order(HangUp(old.id))


def _sound(turn: Turn, leg: LegId, music: str | None, was_joined: bool) -> None:
    """The new leg hears what the old one would hear now."""
    if listening := supervising.sound_of(turn.state, turn.state.legs[leg]):
        turn.order(listening)
        return
    if in_conference(turn.state, leg):
        conferring.come_in(turn, leg)
        return
    other = talking.partner(turn, leg)
    consult = turn.state.calls[turn.state.legs[leg].call].consult
    asked = turn.state.legs[consult.other] if consult and consult.by == leg else None
    if asked and asked.answered_at and not asked.talked:
        confirming.done(turn, asked.id)
        talking.bring_together(turn, leg, asked.id)
    elif other and was_joined and not is_held(turn.state, other.id) and not is_held(turn.state, leg):
        talking.bring_together(turn, leg, other.id)
    elif music:
        legs.music(turn, leg, music)
    elif asked and not asked.talked:
        legs.ring_tone(turn, leg)


def will_come_back(turn: Turn, leg: Leg, cause: EndCause) -> bool:
    """Whether the sound of a page in conversation was lost, so that the other party is kept for a while."""
    call = turn.state.calls[leg.call]
    lost = cause in _LOST or any(_replaces(turn.state.legs[other], leg) for other in call.legs)
    talk = conversation_of(turn.state, leg.id)
    others = [other for other in talk.others(leg.id) if other in turn.state.legs] if talk else []
    in_talk = leg.device is DeviceKind.BROWSER and bool(others)
    is_asked = call.consult is not None and call.consult.by != leg.id
    return bool(lost and in_talk and leg.person) and not (
        leg.released or call.ending or call.missing or is_asked or call.transfer
    )


def _replaces(leg: Leg, old: Leg) -> bool:
    return leg.replaces == old.id and not leg.released


def missing(turn: Turn, leg: Leg) -> None:
    """Told before the leg's end is."""
    assert leg.person is not None
    turn.record(PartyMissing(call=leg.call, leg=leg.id, person=leg.person))
    turn.set_timer(_timer(leg.call), PATIENCE, MissingTimer(leg.call), leg.call)


def keep_company(turn: Turn, leg: Leg) -> None:
    """The leg is gone: music for the other party, unless two of them talk on, and the page is rung if it is there. Who
    waits while somebody is asked has it already."""
    call = turn.state.calls[leg.call]
    assert leg.conversation is not None
    conversation = turn.state.conversations[leg.conversation]
    other = present_in(turn.state, conversation)[0]
    if conversation.is_conference:
        conferring.missed(turn, conversation.id)
    else:
        talking.part(turn, other.id)
        if not other.music:
            legs.music(turn, other.id, legs.music_of(turn, leg.call))
    if call.first_leg == leg.id:
        turn.record(NowServing(call=leg.call, leg=call.consult.waiting if call.consult else other.id))
    person = turn.rules.people.get(leg.person) if leg.person else None
    if person and device_reachable(turn.state, turn.rules, person, Device(DeviceKind.BROWSER)):
        recall(turn, person)


def given_up(turn: Turn, call_id: CallId) -> None:
    """The phone has not come back in time: the call ends, but for two others who can have each other."""
    call = turn.state.calls.get(call_id)
    if call is None or call.missing is None:
        return
    person, id, leg = call.missing.person, call.missing.conversation, call.missing.leg
    conversation = turn.state.conversations.get(id) if id else None
    turn.record(PartyGivenUp(call=call_id, person=person))
    if call.consult:
        consulting.connect_others(turn, turn.state.calls[call_id], call.consult, person)
    elif conversation and conversation.is_conference:
        conferring.left(turn, call_id, conversation.id, leg)
    else:
        end_call(turn, call_id, EndReason.LEFT)


def _timer(call: CallId) -> str:
    return f"missing:{call}"
