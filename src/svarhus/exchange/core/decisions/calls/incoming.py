"""A new leg has come in: what call is it, and where does it go?"""

from svarhus.domains.calls.facts import CallBegan, LegBegan
from svarhus.domains.calls.model import CallKind, LegRole
from svarhus.domains.calls.purpose import Calling
from svarhus.domains.calls.reasons import CallRefusal
from svarhus.domains.calls.talk import Destination
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.numbers.parse import is_withheld, to_e164
from svarhus.domains.numbers.reading import Number, read_sent
from svarhus.domains.people.model import Person
from svarhus.domains.presence.device import DeviceKind, device_of_endpoint
from svarhus.exchange.core.decisions.calls import calling, codes, flow, parking
from svarhus.exchange.core.decisions.calls.dialling import Way
from svarhus.exchange.core.decisions.calls.routes import ToFlow, is_outside, route
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, PersonKey
from svarhus.ports.telephony import CallOffered, EndCause, HangUp, PbxAddress


def offered(turn: Turn, event: CallOffered) -> None:
    """Begin a call, or refuse it. A leg that is known already was offered twice: nothing to do."""
    if event.leg in turn.state.legs:
        return
    if event.endpoint is not None:
        _from_phone(turn, event, event.endpoint)
    else:
        _from_trunk(turn, event)


# ------------------------------------------------------------------ from outside


def _from_trunk(turn: Turn, event: CallOffered) -> None:
    """Only a number of ours leads on, and only into its flow: nobody dials through us."""
    rules = turn.rules
    dialled = _dialled_number(event.dialled, rules)
    number = rules.numbers.get(dialled)
    if number is None and _stands_at(rules, event):
        _from_pbx(turn, event)
        return
    if number is None or (number.trunk and number.trunk != event.trunk):
        _refuse(turn, event, f"trunk {event.trunk}", CallRefusal.UNKNOWN_NUMBER, EndCause.UNREACHABLE)
        return
    call = _begin(turn, event, CallKind.INCOMING, dialled, _caller_number(event, rules))
    flow.begin(turn, call, number)


def _stands_at(rules: Rules, event: CallOffered) -> bool:
    """Whether it comes from one of the extensions of the PBX behind its trunk."""
    return event.caller is not None and rules.pbx_of(event.caller) == event.trunk is not None


def _from_pbx(turn: Turn, event: CallOffered) -> None:
    """As from a phone of ours, but for the outside: for that the PBX has lines of its own, and nobody dials through."""
    rules, extension = turn.rules, event.caller or ""
    person = rules.by_extension.get(extension)
    if person and codes.is_code(event.dialled):
        _by_code(turn, event, person)
        return
    found = route(turn, rules, Destination(number=event.dialled))
    back = isinstance(found, Way) and isinstance(found.target, PbxAddress) and found.target.trunk == event.trunk
    if isinstance(found, OutgoingRefusal) or is_outside(found) or back:
        _refuse(turn, event, f"extension {extension}", CallRefusal.UNKNOWN_NUMBER, EndCause.UNREACHABLE)
        return
    dialled = found.number if isinstance(found, ToFlow) else event.dialled
    call = _begin(turn, event, CallKind.INTERNAL, dialled, None if person else extension, person)
    calling.lead_on(turn, call, found, PersonKey(person.key) if person else None)


def _dialled_number(dialled: str, rules: Rules) -> str:
    """Carriers send national, international or bare digits without the plus sign."""
    for text in (dialled, f"+{dialled}"):
        number = to_e164(text, rules.organisation.country)
        if number and number in rules.numbers:
            return number
    return dialled


def _caller_number(event: CallOffered, rules: Rules) -> str | None:
    if event.caller is None or is_withheld(event.caller):
        return None
    found = read_sent(event.caller, rules.organisation.country)
    if isinstance(found, Number):
        return found.number
    # Digits that are no public number may be one of the PBX behind the trunk. Anything else is shown as a name.
    return event.caller if event.caller.isascii() and event.caller.isdecimal() else None


# ------------------------------------------------------------------ from a person's phone


def _from_phone(turn: Turn, event: CallOffered, endpoint: str) -> None:
    rules = turn.rules
    person = rules.at_endpoint(endpoint)
    if person is None:
        _refuse(turn, event, f"phone {endpoint}", CallRefusal.UNKNOWN_PHONE, EndCause.REFUSED)
    elif codes.is_code(event.dialled):
        _by_code(turn, event, person)
    elif (place := parking.place_dialled(event.dialled)) is not None:
        if not parking.taken_at_phone(turn, event, person, place):
            _refuse(turn, event, f"phone {person.extension}", CallRefusal.UNKNOWN_NUMBER, EndCause.UNREACHABLE)
    else:
        _lead_on(turn, event, person)


def _lead_on(turn: Turn, event: CallOffered, person: Person) -> None:
    """To a queue, a number of ours, a colleague, or a number outside as far as outgoing calls are allowed."""
    found = route(turn, turn.rules, Destination(number=event.dialled), PersonKey(person.key))
    if isinstance(found, OutgoingRefusal):
        _refuse(turn, event, f"phone {person.extension}", CallRefusal.outgoing(found), EndCause.REFUSED)
        return
    dialled = found.number if isinstance(found, ToFlow) else event.dialled
    kind = CallKind.OUTGOING if is_outside(found) else CallKind.INTERNAL
    call = _begin(turn, event, kind, dialled, None, person)
    calling.lead_on(turn, call, found, PersonKey(person.key))


def _by_code(turn: Turn, event: CallOffered, person: Person) -> None:
    call = _begin(turn, event, CallKind.INTERNAL, event.dialled, None, person)
    codes.carry_out(turn, call, event.leg, event.dialled, person)


# ------------------------------------------------------------------


def _begin(
    turn: Turn,
    event: CallOffered,
    kind: CallKind,
    dialled: str,
    caller: str | None,
    person: Person | None = None,
) -> CallId:
    call = turn.new_call()
    turn.record(
        CallBegan(
            call=call,
            kind=kind,
            revision=turn.rules.revision,
            caller=caller,
            caller_name=event.caller_name or (person.name if person else _unread(event, caller)),
            dialled=dialled,
            language=_language(turn.rules, dialled, person),
            trunk=event.trunk,
            diversion=event.diversion,
            first_leg=event.leg,
        )
    )
    turn.record(
        LegBegan(
            call=call,
            leg=event.leg,
            role=LegRole.CALLER,
            purpose=Calling(),
            party=(person.extension or "") if person else (caller or ""),
            person=PersonKey(person.key) if person else None,
            device=_device(event) if person else None,
        )
    )
    return call


def _device(event: CallOffered) -> DeviceKind:
    """From which of the person's phones; one of a PBX stands on the desk."""
    return device_of_endpoint(event.endpoint) if event.endpoint else DeviceKind.DESK


def _unread(event: CallOffered, caller: str | None) -> str:
    """What came in place of a number and is none: shown as it is."""
    return event.caller or "" if caller is None and not is_withheld(event.caller) else ""


def _language(rules: Rules, dialled: str, person: Person | None) -> str:
    if person:
        return person.language
    number = rules.numbers.get(dialled)
    return (rules.flows[number.flow].language if number else None) or rules.organisation.language


def _refuse(turn: Turn, event: CallOffered, source: str, reason: CallRefusal, cause: EndCause) -> None:
    turn.refuse_call(event.dialled, event.caller, source, reason)
    turn.order(HangUp(event.leg, cause))
