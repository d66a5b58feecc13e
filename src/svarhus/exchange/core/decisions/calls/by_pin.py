"""Members at any telephone, who show by a PIN who they are. What the PIN is, comes to nobody here."""

from svarhus.domains.callflows import steps
from svarhus.domains.calls.party import number_of
from svarhus.domains.numbers.parse import to_e164
from svarhus.domains.people.model import Person
from svarhus.exchange.core.commands import CheckPin
from svarhus.exchange.core.decisions.calls import keys
from svarhus.exchange.core.requests import (
    HiddenChoice,
    PersonKeyed,
    PinChecked,
    SecretDeclined,
    SecretKeyed,
    SecretPressed,
)
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey

Told = SecretPressed | SecretKeyed | SecretDeclined | PersonKeyed | HiddenChoice | PinChecked


def event_of(turn: Turn, input: Told) -> tuple[CallId, steps.Event] | None:
    """What it means for the flow of the call; None when it has gone on meanwhile."""
    leg = turn.state.legs.get(input.leg)
    if leg is None or not leg.takes_keys.hides or leg.last_prompt != input.prompt or turn.state.calls[leg.call].ending:
        return None
    match input:
        case SecretPressed():
            return leg.call, steps.SecretPressed()
        case SecretKeyed():
            return leg.call, steps.SecretKeyed()
        case SecretDeclined():
            return leg.call, steps.SecretDeclined()
        case PersonKeyed(person=person):
            return leg.call, steps.PersonKeyed(person)
        case HiddenChoice(digit=digit, again=again):
            return None if again and keys.is_too_soon(turn, leg) else (leg.call, steps.Pressed(digit))
        case PinChecked(answer=answer):
            return leg.call, steps.PinChecked(answer)


def check(turn: Turn, call_id: CallId, action: steps.CheckPin) -> None:
    call = turn.state.calls[call_id]
    leg = turn.state.legs[call.first_leg]
    assert leg.last_prompt is not None
    number = leg.party if leg.person else number_of(call, leg)
    turn.order(CheckPin(leg.id, leg.last_prompt, action.person, number or None))


def act(turn: Turn, call: CallId, action: steps.ActAs) -> None:
    """Before the turn is over: see `codes.for_who_has_shown_it`."""
    turn.deeds.append((call, action))


def calling(turn: Turn, call_id: CallId) -> PersonKey | None:
    """Who of ours calls, by the phone or the number shown."""
    call = turn.state.calls[call_id]
    leg = turn.state.legs[call.first_leg]
    if leg.person:
        return leg.person
    number = number_of(call, leg)
    return person_of(turn.rules, number) if number else None


def person_of(rules: Rules, keyed: str) -> PersonKey | None:
    """Who has this extension or number; None also where several have it."""
    number = to_e164(keyed, rules.organisation.country)
    by_extension = rules.by_extension.get(keyed)
    found = [by_extension] if by_extension else [each for each in rules.staff.values() if _has(each, number)]
    return PersonKey(found[0].key) if len(found) == 1 else None


def _has(person: Person, number: str | None) -> bool:
    return number is not None and number in (person.mobile, person.number)


def stands(state: State, rules: Rules, person: PersonKey) -> steps.MemberStands:
    agent = state.agents.get(person)
    if not rules.queues_of.get(person):
        return steps.MemberStands.NO_MEMBER
    if agent is None or not agent.queues:
        return steps.MemberStands.LOGGED_OUT
    return steps.MemberStands.PAUSED if agent.pause else steps.MemberStands.LOGGED_IN
