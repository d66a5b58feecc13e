"""Who can be rung, and how: the one place that decides about calls to the outside."""

from collections.abc import Collection

import msgspec

from svarhus.domains.callbacks.errors import AgentBusy, NotCallable, PhoneNotReachable
from svarhus.domains.numbers.outgoing import OutgoingRefusal, is_emergency, may_call, may_call_short
from svarhus.domains.numbers.reading import Kind, Number, read_diallable
from svarhus.domains.people.model import Person
from svarhus.domains.presence.device import Device, DeviceKind, browser_endpoint, desk_endpoint
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.state import State
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import local_date
from svarhus.kit.ids import PersonKey
from svarhus.ports.telephony import DialTarget, LineAddress, PbxAddress, PhoneAddress


class Way(msgspec.Struct, frozen=True):
    """How to reach somebody."""

    target: DialTarget
    person: PersonKey | None = None


def way_to_number(turn: Turn, rules: Rules, number: str, units: Collection[str] = ()) -> Way | OutgoingRefusal:
    """The way to an extension, here or at a PBX, or to a number outside as far as it may be called now.

    An emergency number is one, even where somebody has it as extension. `units`: on whose behalf, which may have a
    trunk of their own.
    """
    if not is_emergency(number, rules.organisation.outgoing.countries):
        person, pbx = rules.by_extension.get(number), rules.pbx_of(number)
        if person:
            return way_to_person(turn, rules, person)
        if pbx:
            return Way(PbxAddress(pbx, number))
    return _way_outside(turn, rules, number, units)


def way_to_person(turn: Turn, rules: Rules, person: Person) -> Way | OutgoingRefusal:
    """The way to where the person answers now."""
    return way_to_device(turn, rules, person, device_of(turn.state, person))


def way_to_device(turn: Turn, rules: Rules, person: Person, device: Device) -> Way | OutgoingRefusal:
    """The way to one of the person's phones."""
    key, endpoint = PersonKey(person.key), endpoint_of(person, device)
    pbx = pbx_of(rules, person, device)
    if pbx:
        return Way(PbxAddress(pbx, person.extension or ""), key)
    if endpoint:
        return Way(PhoneAddress(endpoint), key)
    outside = _way_outside(turn, rules, device.number or person.number or "", person.units)
    return Way(outside.target, key) if isinstance(outside, Way) else outside


def idle_way(turn: Turn, key: PersonKey) -> Way:
    """To the phone of somebody who does nothing else. PhoneNotReachable, AgentBusy, NotCallable."""
    agent = turn.state.agents.get(key)
    if agent and (agent.legs or agent.missed_in):
        raise AgentBusy("you are in a call")
    person = turn.rules.people.get(key)
    if person is None or not person_reachable(turn.state, turn.rules, key):
        raise PhoneNotReachable("your phone is not registered")
    way = way_to_person(turn, turn.rules, person)
    if isinstance(way, OutgoingRefusal):
        raise NotCallable(f"your number may not be called: {way.value.replace('_', ' ')}")
    return way


def device_of(state: State, person: Person) -> Device:
    """Where the person's calls ring: as chosen, else as the configuration says."""
    agent = state.agents.get(PersonKey(person.key))
    if agent and agent.device:
        return agent.device
    if person.answers_at == "number" or not person.extension:
        return Device(DeviceKind.NUMBER, person.number)
    return Device(DeviceKind.BROWSER if person.phone == "browser" else DeviceKind.DESK)


def endpoint_of(person: Person, device: Device) -> str | None:
    """The SIP user of that phone; None for a number outside."""
    if person.extension is None or device.kind is DeviceKind.NUMBER:
        return None
    return (browser_endpoint if device.kind is DeviceKind.BROWSER else desk_endpoint)(person.extension)


def pbx_of(rules: Rules, person: Person, device: Device) -> str | None:
    """The trunk of the PBX whose phone it is; None for phones that register with us, and numbers outside."""
    return rules.pbx_of(person.extension) if person.extension and device.kind is DeviceKind.DESK else None


def person_reachable(state: State, rules: Rules, person: PersonKey) -> bool:
    """Whether it makes sense to ring the person where calls ring now."""
    found = rules.people.get(person)
    return found is not None and device_reachable(state, rules, found, device_of(state, found))


def device_reachable(state: State, rules: Rules, person: Person, device: Device) -> bool:
    """Whether this phone is registered and answers; and, for a browser, whether its page says so too. What stands
    at a PBX is there as long as nobody knows better."""
    if pbx_of(rules, person, device):
        return True
    endpoint = endpoint_of(person, device)
    if endpoint is None:
        return device.kind is DeviceKind.NUMBER and bool(device.number or person.number)
    agent = state.agents.get(PersonKey(person.key))
    silent = device.kind is DeviceKind.BROWSER and agent and agent.browser and not agent.browser.registered
    return endpoint in state.stored.reachable and not silent


def is_engaged(state: State, way: Way) -> bool:
    """Whether the way leads to a person whose phone is in use: one call at a time."""
    agent = state.agents.get(way.person) if way.person else None
    return bool(agent and (agent.legs or agent.missed_in))


def presented_outside(rules: Rules, person: PersonKey | None) -> str | None:
    """The number that somebody outside sees: the person's own, as far as the person may show it, else the
    organisation's."""
    found = rules.people.get(person) if person else None
    own = found.presented if found and found.presented and rules.may_present(found, found.presented) else None
    return own or rules.organisation.outgoing.presented


def callable_number(rules: Rules, text: str) -> str | None:
    """Text as a number in E.164 that may be promised a callback, whatever runs just now."""
    found = read_diallable(text, rules.organisation.country)
    if not isinstance(found, Number) or found.kind is not Kind.PUBLIC:
        return None
    return found.number if refusal_to_promise(rules, found.number) is None else None


def refusal_to_promise(rules: Rules, number: str) -> OutgoingRefusal | None:
    """Why a number (E.164) may not be promised a callback: it may never be called, or is one of ours."""
    if number in rules.numbers:
        return OutgoingRefusal.OWN_NUMBER
    return may_call(rules.organisation.outgoing, number, 0, 0)


def outgoing_today(turn: Turn, rules: Rules) -> int:
    stored = turn.state.stored
    return stored.outgoing_today if stored.outgoing_day == local_date(turn.now, rules.zone) else 0


def _way_outside(turn: Turn, rules: Rules, text: str, units: Collection[str]) -> Way | OutgoingRefusal:
    outgoing, country = rules.organisation.outgoing, rules.organisation.country
    running, today = len(turn.state.outside_legs), outgoing_today(turn, rules)
    found = Number(text, Kind.SHORT) if is_emergency(text, outgoing.countries) else read_diallable(text, country)
    if not isinstance(found, Number) or found.kind is Kind.INTERNAL:
        return OutgoingRefusal.NOT_A_NUMBER
    if found.kind is Kind.SHORT:
        refusal = may_call_short(outgoing, found.number, country, running, today)
    else:
        refusal = may_call(outgoing, found.number, running, today)
    trunk = rules.outgoing_trunk(units)
    if refusal is not None or trunk is None:
        return refusal or OutgoingRefusal.NO_TRUNK
    return Way(LineAddress(trunk, found.number, rules.billing_id(units)))
