"""A caller is parked at a place with a number, where anybody may take the call; else it comes back."""

from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.domains.calls.facts import CallParked, LegBegan, NowServing, TransferBegan, TransferRinging
from svarhus.domains.calls.model import Call, LegRole
from svarhus.domains.calls.party import name_of
from svarhus.domains.calls.purpose import Handed
from svarhus.domains.calls.talk import Destination
from svarhus.domains.people.model import Person
from svarhus.domains.presence.device import device_of_endpoint
from svarhus.exchange.core.decisions.calls import conferring, legs, talking, transferring
from svarhus.exchange.core.decisions.calls.dialling import idle_way, presented_outside
from svarhus.exchange.core.decisions.calls.own import talking_leg
from svarhus.exchange.core.decisions.people import after_call
from svarhus.exchange.core.facts import ParkTimer
from svarhus.exchange.core.requests import ParkCall, TakeParked
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey
from svarhus.ports.telephony import CallOffered, EndCause, LineAddress

CODE = "*7"
"""Dialled at a phone before the number of the place, to take the call that is parked there."""
RING_SECONDS = 20
WHILE_TAKEN = 20.0
"""Seconds after which it is looked again, when the time is over while somebody's phone rings for the call."""


def park(turn: Turn, request: ParkCall) -> str:
    """Leave the other one at the first free place; answered with its number. NotPossibleNow, CallNotFound."""
    call, leg, kept = talking_leg(turn, request.call, request.person)
    if call.consult:
        raise NotPossibleNow("you are asking somebody in this call", "Complete or cancel that.")
    conferring.refuse_in_conference(turn, leg.id)
    place, settings = _free_place(turn), turn.rules.organisation.parking
    talking.part(turn, leg.id)
    turn.record(NowServing(call=call.id, leg=kept.id))
    turn.record(
        TransferBegan(call=call.id, by=leg.person, to=Destination(), return_after=settings.returns_after_seconds)
    )
    turn.record(CallParked(call=call.id, place=place))
    legs.release(turn, leg.id)
    legs.music(turn, kept.id, legs.music_of(turn, call.id))
    turn.set_timer(transferring.parked_timer(call.id), settings.returns_after_seconds, ParkTimer(call.id), call.id)
    return str(place)


def take(turn: Turn, request: TakeParked) -> str:
    """Ring the person's own phone for a parked caller. CallNotFound, NotPossibleNow, and what `idle_way` raises."""
    call = turn.state.calls.get(request.call)
    if call is None or call.ending or call.transfer is None or call.transfer.parked is None:
        raise CallNotFound(f"nobody is parked in the call {request.call}")
    if call.transfer.leg:
        if turn.state.legs[call.transfer.leg].person == request.person:
            return call.id
        raise NotPossibleNow("somebody else is taking this call just now")
    way = idle_way(turn, request.person)
    after_call.over(turn, request.person)
    first = turn.state.legs[call.first_leg]
    outside = isinstance(way.target, LineAddress)
    shown = presented_outside(turn.rules, request.person) if outside else first.party or call.caller
    name = name_of(call, first) or turn.rules.organisation.name
    leg = legs.dial(
        turn, call.id, Handed(), way.target, shown or None, name, RING_SECONDS, request.person, legs.AUTO_ANSWER
    )
    turn.record(TransferRinging(call=call.id, leg=leg))
    return call.id


def overdue(turn: Turn, call_id: CallId) -> None:
    """Nobody has taken the caller in time: back to who parked the call."""
    call = turn.state.calls.get(call_id)
    if call is None or call.ending or call.transfer is None or call.transfer.parked is None:
        return
    if call.transfer.leg:
        turn.set_timer(transferring.parked_timer(call_id), WHILE_TAKEN, ParkTimer(call_id), call_id)
    else:
        transferring.not_taken(turn, call, EndCause.NO_ANSWER)


# ------------------------------------------------------------------ by a phone


def place_dialled(dialled: str) -> int | None:
    """The parking place whose call somebody at a phone wants."""
    number = dialled.removeprefix(CODE)
    return int(number) if dialled.startswith(CODE) and number.isascii() and number.isdecimal() else None


def taken_at_phone(turn: Turn, event: CallOffered, person: Person, place: int) -> bool:
    """Whether somebody is parked there, who has that person now."""
    call = parked_at(turn, place)
    if call is None or (call.transfer and call.transfer.leg):
        return False
    key = PersonKey(person.key)
    after_call.over(turn, key)
    turn.record(
        LegBegan(
            call=call.id,
            leg=event.leg,
            role=LegRole.TARGET,
            purpose=Handed(),
            party=person.extension or "",
            person=key,
            device=device_of_endpoint(event.endpoint) if event.endpoint else None,
        )
    )
    turn.record(TransferRinging(call=call.id, leg=event.leg))
    legs.answer(turn, event.leg)
    transferring.answered(turn, turn.state.calls[call.id], turn.state.legs[event.leg])
    return True


# ------------------------------------------------------------------


def parked_at(turn: Turn, place: int) -> Call | None:
    """The call that is parked there."""
    found = (call for call in turn.state.calls.values() if call.transfer and call.transfer.parked == place)
    return next((call for call in found if not call.ending), None)


def _free_place(turn: Turn) -> int:
    """The lowest number. NotPossibleNow when all are taken, or there are none."""
    taken = {call.transfer.parked for call in turn.state.calls.values() if call.transfer}
    free = (place for place in range(1, turn.rules.organisation.parking.places + 1) if place not in taken)
    found = next(free, None)
    if found is None:
        raise NotPossibleNow("no parking place is free", "Take a call that is parked, or put this one on hold.")
    return found
