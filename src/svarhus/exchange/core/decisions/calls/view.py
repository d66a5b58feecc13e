"""What an element of a call's flow sees of the world."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from svarhus.domains.callbacks.state import BookingStatus
from svarhus.domains.callflows import steps
from svarhus.domains.callflows.interpreter import exits
from svarhus.domains.callflows.position import Position
from svarhus.domains.calls.model import Call
from svarhus.domains.calls.party import number_of
from svarhus.domains.hours.category import category_at
from svarhus.domains.numbers.lists import Listed, found_on
from svarhus.domains.numbers.parse import national
from svarhus.domains.queues.closing import Closing
from svarhus.domains.queues.model import Queue
from svarhus.domains.schedules.meeting import Meeting
from svarhus.exchange.core.decisions.calls import by_pin
from svarhus.exchange.core.decisions.calls.dialling import callable_number
from svarhus.exchange.core.decisions.promises import moving, promising
from svarhus.exchange.core.decisions.queues import expecting, waiting
from svarhus.exchange.core.rules import Rules
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant, seconds_between
from svarhus.kit.ids import BookingId, CallId, PersonKey, QueueKey


class CallView:
    """The world as the element of one call sees it (see `steps.View`)."""

    def __init__(self, turn: Turn, call: CallId) -> None:
        self._turn = turn
        self._id = call

    @property
    def _call(self) -> Call:
        return self._turn.state.calls[self._id]

    @property
    def _rules(self) -> Rules:
        return self._turn.rules_of(self._id)

    @property
    def _position(self) -> Position:
        position = self._call.position
        assert position is not None
        return position

    @property
    def now(self) -> Instant:
        return self._turn.now

    @property
    def zone(self) -> ZoneInfo:
        return self._rules.zone

    @property
    def language(self) -> str:
        return self._call.language

    @property
    def _number(self) -> str | None:
        return number_of(self._call, self._turn.state.legs[self._call.first_leg])

    @property
    def caller(self) -> str | None:
        return self.callable_number(self._number) if self._number else None

    @property
    def answered(self) -> bool:
        return self._turn.state.legs[self._call.first_leg].answered_at is not None

    @property
    def withheld(self) -> bool:
        return not self._number

    def found_on(self, lists: Sequence[str]) -> Listed | None:
        return found_on(self._turn.lists, lists, self._number) if self._number else None

    @property
    def memory(self) -> Mapping[str, str | int]:
        return self._position.memory

    @property
    def exits(self) -> frozenset[str]:
        return exits(self._rules.flows[self._position.flow].elements[self._position.element])

    @property
    def goes_back(self) -> bool:
        left = self._call.left_place
        return left is not None and not left.offered

    def category(self, hours: str) -> str:
        return category_at(self._rules.hours[hours], self.now, self.zone)

    def meeting(self, schedule: str) -> Meeting:
        return promising.meeting(self._turn, self._rules, schedule, self._id)

    def may_be_called(self, queue: QueueKey) -> bool:
        return promising.soonest(self._turn, self._rules, queue) is not None

    def next_slot(
        self, queue: QueueKey, later_than: Instant | None, booking: BookingId | None = None
    ) -> Instant | None:
        asked = promising.asked_for(self._turn, booking)
        return promising.free_slot(self._turn, self._rules, queue, later_than, self._id, asked)

    def is_free(self, queue: QueueKey, at: Instant, booking: BookingId | None = None) -> bool:
        asked = promising.asked_for(self._turn, booking)
        return promising.is_free(self._turn, self._rules, queue, at, self._id, asked)

    def live_booking(self, queue: QueueKey, number: str) -> steps.LiveBooking | None:
        booking = promising.live_booking(self._turn, self._rules, queue, number)
        if booking is None or self._turn.state.bookings[booking].attempt_call == self._id:
            return None
        found = self._turn.state.bookings[booking]
        at = found.due_at if found.promised_at else None
        return steps.LiveBooking(booking, found.queue, at, moving.may_move(self._rules, found))

    def held_place(self, queue: QueueKey, number: str) -> steps.HeldPlace | None:
        id = self._turn.state.live_bookings.get((queue, number))
        booking = self._turn.state.bookings[id] if id else None
        if booking is None or booking.kept is None or booking.attempt_call == self._id:
            return None
        place = self._turn.state.place_of(booking.attempt_call) if booking.attempt_call else None
        waits = place is not None and booking.status is BookingStatus.BOOKED
        return steps.HeldPlace(booking.id, self._turn.state.matching.position(place) if place and waits else None)

    def may_keep_place(self, queue: QueueKey) -> bool:
        return expecting.may_be_kept(self._turn, self._rules, queue)

    def may_keep_by_key(self, queue: QueueKey, key: str) -> bool:
        place, settings = self._turn.state.place_of(self._id), self._rules.queues[queue].keeps_places
        if place is None or settings is None or settings.key != key:
            return False
        return expecting.is_offered(self._turn, place)

    def position(self, queue: QueueKey, priority: int) -> int:
        return waiting.position_of(self._turn, self._id, queue, priority)

    def queue(self, queue: QueueKey) -> Queue:
        return self._rules.queues[queue]

    def closing(self, queue: QueueKey) -> Closing | None:
        return self._turn.state.stored.closed.get(queue)

    def is_offered_at_once(self, queue: QueueKey) -> bool:
        return waiting.is_offered_at_once(self._turn, self._id, queue)

    def estimated(self, queue: QueueKey, priority: int) -> float | None:
        return waiting.expected(self._turn, self._id, queue, priority)

    def waiting(self, queue: QueueKey) -> int:
        return self._turn.state.callers(queue)

    def waited(self, queue: QueueKey) -> float | None:
        left = self._call.left_place
        return seconds_between(left.entered_at, self.now) if left and left.queue == queue else None

    def logged_in(self, queue: QueueKey) -> int:
        return self._turn.state.logged_in(queue)

    @property
    def calling(self) -> PersonKey | None:
        return by_pin.calling(self._turn, self._id)

    def language_of(self, person: PersonKey) -> str:
        return self._turn.rules.people[person].language

    def stands(self, person: PersonKey) -> steps.MemberStands:
        return by_pin.stands(self._turn.state, self._turn.rules, person)

    def as_dialled(self, number: str) -> str:
        return national(number, self._rules.organisation.country)

    def callable_number(self, digits: str) -> str | None:
        return callable_number(self._rules, digits)
