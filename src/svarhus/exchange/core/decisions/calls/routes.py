"""Where a destination leads: a person, a queue, a number of ours, or the outside."""

from collections.abc import Collection

import msgspec

from svarhus.domains.callbacks.errors import NotCallable, PhoneNotReachable
from svarhus.domains.calls.errors import Engaged, NobodyThere
from svarhus.domains.calls.talk import Destination
from svarhus.domains.numbers.outgoing import OutgoingRefusal, is_emergency
from svarhus.domains.numbers.parse import to_e164
from svarhus.domains.numbers.reading import NotANumber, Number, read_diallable
from svarhus.domains.numbers.refusals import fault_of
from svarhus.domains.organisation.errors import NoPart
from svarhus.domains.queues.closing import QueueClosedNow
from svarhus.exchange.core.decisions.calls.dialling import (
    Way,
    is_engaged,
    person_reachable,
    way_to_number,
    way_to_person,
)
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.errors import Fault
from svarhus.kit.ids import PersonKey, QueueKey
from svarhus.ports.telephony import LineAddress


class ToQueue(msgspec.Struct, frozen=True):
    queue: QueueKey


class ToFlow(msgspec.Struct, frozen=True):
    """A number of ours, which its flow answers."""

    number: str


Route = Way | ToQueue | ToFlow


def route(turn: Turn, rules: Rules, to: Destination, by: PersonKey | None = None) -> Route | OutgoingRefusal:
    """The way there, or why it may not be taken. `by`: who of us calls. PersonNotFound, NoPart."""
    if to.person:
        return way_to_person(turn, rules, rules.person(to.person))
    if to.queue:
        if to.queue not in rules.queues:
            raise NoPart(f"there is no queue `{to.queue}`")
        return ToQueue(to.queue)
    return _by_number(turn, rules, to.number or "", rules.units_of(by))


def _by_number(turn: Turn, rules: Rules, typed: str, units: Collection[str]) -> Route | OutgoingRefusal:
    if is_emergency(typed, rules.organisation.outgoing.countries):
        return way_to_number(turn, rules, typed, units)
    country = rules.organisation.country
    read = read_diallable(typed, country)
    number = read.number if isinstance(read, Number) else typed
    if number in rules.queue_by_extension:
        return ToQueue(QueueKey(rules.queue_by_extension[number].key))
    own = to_e164(typed, country)
    if own in rules.numbers:
        return ToFlow(str(own))
    return way_to_number(turn, rules, number, units)


def usable_route(turn: Turn, rules: Rules, to: Destination, by: PersonKey | None = None) -> Route:
    """The way there, if somebody can be expected at its end.

    PersonNotFound, NoPart; NotCallable, Engaged, PhoneNotReachable, NobodyThere, QueueClosedNow.
    """
    found = route(turn, rules, to, by)
    if isinstance(found, OutgoingRefusal):
        raise NotCallable(f"{to.name} may not be called: {found.value.replace('_', ' ')}", _unread(rules, to, found))
    if isinstance(found, ToQueue) and not turn.state.logged_in(found.queue):
        raise NobodyThere(f"nobody is logged in to the queue {found.queue}")
    if isinstance(found, ToQueue) and found.queue in turn.state.stored.closed:
        raise QueueClosedNow(f"the queue {found.queue} is closed for now")
    if isinstance(found, Way) and found.person:
        if is_engaged(turn.state, found):
            raise Engaged(f"{rules.told_name(found.person)} is in a call")
        if not person_reachable(turn.state, rules, found.person):
            raise PhoneNotReachable(f"the phone of {rules.told_name(found.person)} is not registered")
    return found


def _unread(rules: Rules, to: Destination, refusal: OutgoingRefusal) -> tuple[Fault, ...]:
    """Why what was typed is no number."""
    if refusal is not OutgoingRefusal.NOT_A_NUMBER or to.number is None:
        return ()
    found = read_diallable(to.number, rules.organisation.country)
    why = NotANumber.NO_AREA_CODE if isinstance(found, Number) else found
    return (fault_of("number", to.number, why),)


def is_outside(found: Route) -> bool:
    """Whether it goes over a trunk."""
    return isinstance(found, Way) and isinstance(found.target, LineAddress)
