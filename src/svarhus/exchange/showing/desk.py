"""The desk: all that waits for somebody, in one list. Calls and callbacks are in the live state; voicemails and
what people have added are in tables, and what of it is open is remembered here, so that a change is told at once."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from svarhus.domains.callbacks.state import Booking
from svarhus.domains.calls.facts import VoicemailLeft
from svarhus.domains.calls.model import Call, CallKind, Leg, LegRole
from svarhus.domains.calls.party import name_of
from svarhus.domains.desk.model import NO_MARKS, CaseKind, CaseRef, DeskItem, Marks, Subject, case_ref
from svarhus.domains.desk.priority import Priority, priority_at, rises
from svarhus.domains.desk.repository import open_marks
from svarhus.domains.queues.model import DeskSettings, Queue
from svarhus.domains.queues.place import Place
from svarhus.domains.voicemails.model import Voicemail
from svarhus.domains.voicemails.repository import find_unhandled
from svarhus.exchange.core.core import Core, Numbered
from svarhus.kit.clock import Instant, after
from svarhus.kit.database import Database
from svarhus.kit.ids import BookingId, CallId, OrganisationId, QueueKey, RecordingId


class LiveDesk:
    """What is open in one organisation."""

    def __init__(self) -> None:
        self._marks: dict[str, Marks] = {}
        self._voicemails: dict[RecordingId, Voicemail] = {}

    async def load(self, database: Database, organisation: OrganisationId) -> None:
        """Read what is open."""
        async with database.begin() as session:
            self._marks = await open_marks(session, organisation)
            self._voicemails = {each.id: each for each in await find_unhandled(session, organisation)}

    def learn(self, facts: Sequence[Numbered]) -> None:
        """What has been committed: messages that callers have left."""
        for numbered in facts:
            if isinstance(left := numbered.fact, VoicemailLeft):
                self._voicemails[left.recording] = Voicemail(
                    left.recording, left.call, left.queue, left.caller, numbered.at, left.seconds, left.file, None, None
                )

    def marked(self, case: CaseRef, marks: Marks) -> None:
        self._marks[case.key] = marks

    def voicemail_changed(self, id: RecordingId, voicemail: Voicemail | None) -> None:
        """It was left, handled, taken up again, or (None) deleted."""
        if voicemail is None or voicemail.handled_at is not None:
            self._voicemails.pop(id, None)
        else:
            self._voicemails[id] = voicemail

    def items(self, core: Core) -> tuple[DeskItem, ...]:
        """All that is open, what is due first at the front."""
        keys = (
            *(f"call:{call}" for call in core.state.calls),
            *(f"callback:{booking}" for booking in core.state.bookings),
            *(f"voicemail:{voicemail}" for voicemail in self._voicemails),
        )
        found = (self.item(core, key) for key in keys)
        return tuple(sorted((item for item in found if item), key=lambda item: (item.due_at, item.key)))

    def item(self, core: Core, key: str) -> DeskItem | None:
        """A case as it stands now; None when it does not wait for anybody any more."""
        case = case_ref(key)
        match case.kind:
            case CaseKind.CALL:
                call = core.state.calls.get(CallId(case.id))
                item = self._call(core, call, case) if call else None
            case CaseKind.CALLBACK:
                booking = core.state.bookings.get(BookingId(case.id))
                item = self._callback(core, booking, case) if booking else None
            case CaseKind.VOICEMAIL:
                voicemail = self._voicemails.get(RecordingId(case.id))
                item = self._voicemail(core, voicemail, case) if voicemail else None
        if item is None and not _in_progress(core, case):
            self._marks.pop(key, None)
        return item

    # ---- one of each kind

    def _call(self, core: Core, call: Call, case: CaseRef) -> DeskItem | None:
        """A caller who waits or is spoken with. What happens before a queue is nobody's work yet; a callback is a case
        of its own, unless the customer was handed to a queue."""
        place = core.state.place_of(call.id)
        talks = call.talk_since and call.parts and call.kind is not CallKind.CALLBACK
        if call.ending or not (place or talks):
            return None
        queue_key = place.queue if place else call.parts[-1].queue
        entered_at = place.entered_at if place else call.parts[-1].entered_at
        allowed = timedelta(seconds=_service_level(core, queue_key))
        item = self._item(core, case, queue_key, entered_at, after(entered_at, allowed), allowed)
        person = _rung(core, place) if place else _talking(core, call)
        return msgspec.structs.replace(
            item,
            state=("ringing" if place.offers else "waiting") if place else "talking",
            number=_number(core, call),
            name=_name(core, call),
            person=person,
            taken_by=item.taken_by or (person if not place else None),
            call=call.id,
            language=call.language,
        )

    def _callback(self, core: Core, booking: Booking, case: CaseRef) -> DeskItem:
        queue = core.rules.queues.get(booking.queue)
        settings = queue.callbacks if queue else None
        allowed = timedelta(minutes=settings.kept_within_minutes if settings else 10)
        item = self._item(core, case, booking.queue, booking.booked_at, booking.due_at, allowed)
        return msgspec.structs.replace(
            item,
            state=booking.status.value,
            number=booking.number,
            person=booking.person,
            attempts=booking.attempts,
            most_attempts=settings.attempts if settings else None,
            call=booking.attempt_call,
            language=booking.language,
        )

    def _voicemail(self, core: Core, voicemail: Voicemail, case: CaseRef) -> DeskItem:
        allowed = timedelta(minutes=_desk_settings(core.rules.queues.get(voicemail.queue)).voicemail_minutes)
        item = self._item(core, case, voicemail.queue, voicemail.at, after(voicemail.at, allowed), allowed)
        return msgspec.structs.replace(item, state="new", number=voicemail.caller, seconds=voicemail.seconds)

    def _item(
        self, core: Core, case: CaseRef, queue_key: QueueKey, came_at: Instant, due_at: Instant, allowed: timedelta
    ) -> DeskItem:
        """What all kinds have alike. `allowed`: how late it may be before it rises once more."""
        queue = core.rules.queues.get(queue_key)
        marks = self._marks.get(case.key, NO_MARKS)
        begins_as = marks.priority or Priority(_desk_settings(queue).priority)
        return DeskItem(
            key=case.key,
            kind=case.kind,
            id=case.id,
            state="",
            queue=queue_key,
            unit=queue.unit if queue else None,
            number=None,
            name="",
            came_at=came_at,
            due_at=due_at,
            priority=begins_as,
            rises=rises(begins_as, due_at, allowed),
            given_priority=marks.priority,
            taken_by=marks.taken_by,
            taken_at=marks.taken_at,
            person=None,
            position=None,
            seconds=None,
            attempts=0,
            most_attempts=None,
            call=None,
            notes=marks.notes,
            tags=marks.tags,
            language="",
            revision=marks.revision,
        )


def as_of(core: Core, item: DeskItem, now: Instant) -> DeskItem:
    """The item with what changes although nothing happens to it: its priority, and its place in the queue."""
    place = core.state.place_of(CallId(item.id)) if item.kind is CaseKind.CALL else None
    return msgspec.structs.replace(
        item,
        priority=priority_at(item.priority, item.rises, now),
        position=core.state.matching.position(place) if place else None,
    )


class Desk(msgspec.Struct, frozen=True):
    """Some of what waits, what is due first at the front."""

    items: tuple[DeskItem, ...]
    next: str | None
    """Cursor of the next page; null at the end."""
    hidden: int
    """How many more there are that the one who asks has hidden."""


def call_in_progress(core: Core, id: CallId) -> Subject | None:
    """A call that is going on as a case, also when it is not on the desk."""
    call = core.state.calls.get(id)
    if call is None:
        return None
    place = core.state.place_of(id)
    return Subject(
        ref=CaseRef(CaseKind.CALL, id),
        queue=place.queue if place else (call.parts[-1].queue if call.parts else None),
        number=call.dialled if call.kind is CallKind.OUTGOING else _number(core, call),
        name=_name(core, call),
        at=call.began_at,
        call=id,
        open=True,
        language=call.language,
        dialled=call.dialled,
    )


def _number(core: Core, call: Call) -> str | None:
    """Of the party that is served; a colleague who calls from inside has an extension. The caller's also when only
    people of ours are left in the call."""
    first = core.state.legs.get(call.first_leg)
    return (first.party if first and not _serves(first) else None) or call.caller or None


def _name(core: Core, call: Call) -> str:
    first = core.state.legs.get(call.first_leg)
    return name_of(call, first) if first and not _serves(first) else call.caller_name


def _serves(leg: Leg) -> bool:
    """It is one of ours who takes the call, and did not make it."""
    return leg.person is not None and leg.role is not LegRole.CALLER


def _in_progress(core: Core, case: CaseRef) -> bool:
    return case.kind is CaseKind.CALL and case.id in core.state.calls


def _desk_settings(queue: Queue | None) -> DeskSettings:
    return queue.desk if queue else DeskSettings()


def _service_level(core: Core, queue: QueueKey) -> int:
    found = core.rules.queues.get(queue)
    return found.service_level if found else 90


def _rung(core: Core, place: Place) -> str | None:
    return core.state.offers[place.offers[0]].person if place.offers else None


def _talking(core: Core, call: Call) -> str | None:
    """The colleague who is in conversation, not the caller."""
    people = (core.state.legs[leg].person for leg in call.legs if core.state.legs[leg].answered_at)
    return next((person for person in people if person), None)
