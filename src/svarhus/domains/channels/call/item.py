"""What the desk shows of a call that goes on."""

from datetime import timedelta

import msgspec

from svarhus.domains.calls.model import Call, CallKind, Leg, LegRole
from svarhus.domains.calls.party import name_of
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.item import desk_item
from svarhus.domains.channels.live import Live
from svarhus.domains.channels.model import DeskItem, Subject
from svarhus.domains.channels.names import CALLBACK
from svarhus.domains.queues.place import Place
from svarhus.kit.clock import after
from svarhus.kit.ids import PersonKey, QueueKey


def call_item(live: Live, call: Call, case: CaseRef) -> DeskItem | None:
    """A caller who waits or is spoken with. What happens before a queue is nobody's work yet; a callback is a case
    of its own, unless the customer was handed to a queue, and so is a kept place."""
    place = live.place_of(call.id)
    if place and place.to_call_back:
        return None
    talks = call.talk_since and call.parts and call.kind is not CallKind.CALLBACK
    if call.ending or not (place or talks) or (place and place.kept_for):
        return None
    queue_key = place.queue if place else call.parts[-1].queue
    entered_at = place.entered_at if place else call.parts[-1].entered_at
    allowed = timedelta(seconds=_service_level(live, call, queue_key))
    item = desk_item(live, case, queue_key, entered_at, after(entered_at, allowed), allowed, call.category)
    person = _rung(live, place) if place else _talking(live, call)
    return msgspec.structs.replace(
        item,
        state=("ringing" if place.offers else "waiting") if place else "talking",
        number=_number(live, call),
        name=_name(live, call),
        person=person,
        taken_by=item.taken_by or (person if not place else None),
        call=call.id,
        language=call.language,
    )


def subject_of(live: Live, call: Call, case: CaseRef) -> Subject:
    """A call that is going on as a case, also when it is not on the desk."""
    place = live.place_of(call.id)
    return Subject(
        ref=case,
        queue=place.queue if place else (call.parts[-1].queue if call.parts else None),
        number=call.dialled if call.kind is CallKind.OUTGOING else _number(live, call),
        name=_name(live, call),
        at=call.began_at,
        call=call.id,
        open=True,
        language=call.language,
        dialled=call.dialled,
        goes_with=CaseRef(CALLBACK, call.booking) if call.booking else None,
        category=call.category,
    )


def _number(live: Live, call: Call) -> str | None:
    """Of the party that is served; a colleague who calls from inside has an extension. The caller's also when only
    people of ours are left in the call."""
    first = live.legs.get(call.first_leg)
    return (first.party if first and not _serves(first) else None) or call.caller or None


def _name(live: Live, call: Call) -> str:
    first = live.legs.get(call.first_leg)
    return name_of(call, first) if first and not _serves(first) else call.caller_name


def _serves(leg: Leg) -> bool:
    """It is one of ours who takes the call, and did not make it."""
    return leg.person is not None and leg.role is not LegRole.CALLER


def _service_level(live: Live, call: Call, queue: QueueKey) -> int:
    """Seconds: of the caller's list where it has one of its own, else of the queue."""
    own = call.parts[-1].service_level if call.parts else None
    if own is not None:
        return own
    found = live.queues.get(queue)
    return found.service_level if found else 90


def _rung(live: Live, place: Place) -> PersonKey | None:
    return live.offers[place.offers[0]].person if place.offers else None


def _talking(live: Live, call: Call) -> PersonKey | None:
    """The colleague who is in conversation, not the caller."""
    people = (live.legs[leg].person for leg in call.legs if _takes_part(live.legs[leg]))
    return next((person for person in people if person), None)


def _takes_part(leg: Leg) -> bool:
    return leg.answered_at is not None and not leg.only_listens
