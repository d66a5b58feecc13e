"""A call in its flow: events go to the element, and its actions are carried out here."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from svarhus.domains.callbacks.state import BookingKind, SlotLetGo
from svarhus.domains.callflows import steps
from svarhus.domains.callflows.interpreter import (
    MOST_HOPS,
    following,
    leads_back,
    step,
    takes_keys_ahead,
    waiting_position,
)
from svarhus.domains.callflows.position import Position
from svarhus.domains.calls.facts import (
    CallerListed,
    CategoryGiven,
    ElementEntered,
    LanguageChosen,
    RecordingBegan,
    RecordingNoticeOver,
    Remembered,
)
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.domains.calls.party import name_of, number_of
from svarhus.domains.calls.purpose import Target
from svarhus.domains.calls.reasons import EndReason
from svarhus.domains.calls.recording import OfQueue
from svarhus.domains.calls.talk import StepKind
from svarhus.domains.numbers.model import Number
from svarhus.domains.numbers.outgoing import OutgoingRefusal
from svarhus.domains.queues.closing import Closing
from svarhus.domains.queues.entry import NotLetInBy
from svarhus.domains.queues.state import LedToQueue
from svarhus.domains.queues.ways import CameBy, LeftBy
from svarhus.exchange.core.decisions.calls import by_pin, legs
from svarhus.exchange.core.decisions.calls.closing import end_call, leave_queue, reach
from svarhus.exchange.core.decisions.calls.dialling import is_engaged, way_to_number
from svarhus.exchange.core.decisions.calls.view import CallView
from svarhus.exchange.core.decisions.promises import moving, promising
from svarhus.exchange.core.decisions.queues import keeping, waiting
from svarhus.exchange.core.facts import FlowTimer
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import CallId, CategoryKey, QueueKey
from svarhus.ports.speech import MessagePhrase, TemplatePhrase
from svarhus.ports.telephony import EndCause, LineAddress, Record


def begin(turn: Turn, call: CallId, number: Number) -> None:
    """The call enters the flow of a number of ours at its start."""
    flow = turn.rules_of(call).flows[number.flow]
    _speak_with_customer(turn, call, flow.language)
    if number.category:
        turn.record(CategoryGiven(call=call, category=CategoryKey(number.category)))
    turn.record(ElementEntered(call=call, flow=flow.key, element=flow.start))
    run(turn, call, steps.Entered())


def wait_in(turn: Turn, call: CallId, queue: QueueKey, came: CameBy, priority: int = 0) -> None:
    """Somebody leads the call to a queue: it waits there as those do who come by a call flow, with the same exits."""
    _speak_with_customer(turn, call)
    turn.record(LedToQueue(call=call, came=came))
    position = waiting_position_of(turn, call, queue)
    if position is None:
        closing = turn.state.stored.closed.get(queue)
        if closing is None or priority:
            waiting.enter(turn, call, queue, priority)
        else:
            _turn_away(turn, call, queue, closing)
        return
    turn.record(ElementEntered(call=call, flow=position.flow, element=position.element, to_wait=True))
    run(turn, call, steps.Entered(priority, led=True))


def _speak_with_customer(turn: Turn, call_id: CallId, language: str | None = None) -> None:
    """A customer whom one of us has called is not spoken with in our colleague's language, in which the call began."""
    call, rules = turn.state.calls[call_id], turn.rules_of(call_id)
    served = turn.state.legs[call.first_leg]
    ours = call.kind in (CallKind.OUTGOING, CallKind.INTERNAL)
    if ours and served.person is None and not served.language:
        turn.record(LanguageChosen(call=call_id, language=language or rules.organisation.language))


def notice_over(turn: Turn, call_id: CallId, heard: bool) -> None:
    """The caller has been told that the call may be recorded, and goes into the queue: also when there was no sound,
    and then it is not."""
    notice = turn.state.calls[call_id].recorded.notice
    assert notice is not None
    turn.record(RecordingNoticeOver(call=call_id, heard=heard))
    waiting.stand(turn, call_id, notice.queue, notice.priority)
    if turn.state.calls[call_id].position and not turn.state.logged_in(notice.queue):
        run(turn, call_id, steps.NobodyLeft())


def waiting_position_of(turn: Turn, call_id: CallId, queue: QueueKey) -> Position | None:
    """Where callers wait in the queue: by the flow of the number that was called, else one in which the call has been,
    else the first one by key."""
    call, rules = turn.state.calls[call_id], turn.rules_of(call_id)
    number = rules.numbers.get(call.dialled)
    called = [number.flow] if number else []
    been_in = [step.key for step in reversed(call.path) if step.kind is StepKind.FLOW and step.key in rules.flows]
    positions = (waiting_position(rules.flows[flow], queue) for flow in (*called, *been_in, *sorted(rules.flows)))
    return next((each for each in positions if each), None)


def run(turn: Turn, call: CallId, event: steps.Event) -> None:
    """Hand an event to the element where the call is, and go on by its exits as far as they lead."""
    ahead = ""
    for _ in range(MOST_HOPS):
        leave = _react(turn, call, event)
        if leave is None and not ahead:
            return
        if leave is None:
            if not _takes_keys_ahead(turn, call):
                return
            event, ahead = steps.Pressed(ahead), ""
            continue
        if not _go_on(turn, call, leave):
            return
        event, ahead = steps.Entered(), leave.pressed or ahead
    reach(turn, call, Outcome.FAILED)
    end_call(turn, call, EndReason.FLOW_GOES_IN_CIRCLES)


def _takes_keys_ahead(turn: Turn, call: CallId) -> bool:
    position = turn.state.calls[call].position
    return position is not None and takes_keys_ahead(turn.rules_of(call).flows[position.flow], position)


def nobody_left(turn: Turn, queue: QueueKey) -> None:
    """When no member is logged in any more, the flows of those who wait decide what becomes of them."""
    if turn.state.logged_in(queue):
        return
    for place in [turn.state.places[id] for id in turn.state.matching.line(queue)]:
        call = place.call
        if place.offers or place.kept_for or place.to_call_back:
            continue
        if turn.state.calls[call].position:
            run(turn, call, steps.NobodyLeft())
        else:
            _let_go(turn, call)


def _turn_away(turn: Turn, call_id: CallId, queue: QueueKey, closing: Closing) -> None:
    """The queue is closed, and no flow says what becomes of the caller, who is told so; then the call ends."""
    call = turn.state.calls[call_id]
    waiting.not_let_in(turn, call_id, queue, NotLetInBy.CLOSED, 0)
    own = MessagePhrase(closing.message, call.language) if closing.message else None
    legs.say(turn, call.first_leg, (own or TemplatePhrase("queue.not_let_in", call.language),))


def _let_go(turn: Turn, call_id: CallId) -> None:
    """No flow waits in this queue, and so none says what becomes of the caller, who is told why; then the call ends."""
    call = turn.state.calls[call_id]
    legs.quiet(turn, call.first_leg)
    leave_queue(turn, call_id, LeftBy.NO_MEMBERS)
    legs.music_off(turn, call.first_leg)
    legs.say(turn, call.first_leg, (TemplatePhrase("queue.nobody", call.language),))


def _go_on(turn: Turn, call: CallId, leave: steps.Leave) -> bool:
    """Enter the element to which the exit leads, or the queue that it leads back to. When it leads nowhere, the call
    ends here."""
    position = turn.state.calls[call].position
    assert position is not None
    flow = turn.rules_of(call).flows[position.flow]
    left = turn.state.calls[call].left_place
    back = left is not None and not left.offered and leads_back(flow, position, leave.exit)
    to = Position(left.flow, left.element) if left and back else following(flow, position, leave.exit)
    if to is None:
        end_call(turn, call, EndReason.FLOW_ENDED)
        return False
    turn.record(ElementEntered(call=call, flow=to.flow, element=to.element, exit=leave.exit, back=back))
    legs.music_off(turn, turn.state.calls[call].first_leg)
    return True


def _react(turn: Turn, call: CallId, event: steps.Event) -> steps.Leave | None:
    """Carry out what the element does, until it leaves."""
    position = turn.state.calls[call].position
    if position is None:
        return None
    flow = turn.rules_of(call).flows[position.flow]
    for action in step(flow, position, event, CallView(turn, call)):
        if isinstance(action, steps.Leave):
            return action
        _ACTIONS[type(action)](turn, call, action)
    return None


# ------------------------------------------------------------------ actions


def _say(turn: Turn, call: CallId, action: steps.Say) -> None:
    legs.say(turn, turn.state.calls[call].first_leg, action.phrases, action.early, action.takes_keys)


def _be_quiet(turn: Turn, call: CallId, action: steps.BeQuiet) -> None:
    legs.quiet(turn, turn.state.calls[call].first_leg)


def _after(turn: Turn, call: CallId, action: steps.After) -> None:
    turn.set_timer(f"flow:{call}:{action.name}", action.seconds, FlowTimer(call, action.name), call)


def _no_longer(turn: Turn, call: CallId, action: steps.NoLonger) -> None:
    turn.clear_timer(f"flow:{call}:{action.name}")


def _remember(turn: Turn, call: CallId, action: steps.Remember) -> None:
    turn.record(Remembered(call=call, memory=dict(action.memory)))


def _speak_in(turn: Turn, call: CallId, action: steps.SpeakIn) -> None:
    if action.language != turn.state.calls[call].language:
        turn.record(LanguageChosen(call=call, language=action.language))


def _mark_listed(turn: Turn, call: CallId, action: steps.MarkListed) -> None:
    turn.record(CallerListed(call=call, caller_list=action.found.key, version=action.found.version))


def _give_category(turn: Turn, call: CallId, action: steps.GiveCategory) -> None:
    turn.record(CategoryGiven(call=call, category=action.category))


def _wait_in_queue(turn: Turn, call: CallId, action: steps.WaitInQueue) -> None:
    waiting.enter(turn, call, action.queue, action.priority)


def _not_let_in(turn: Turn, call: CallId, action: steps.NotLetIn) -> None:
    waiting.not_let_in(turn, call, action.queue, action.reason, action.priority)


def _leave_queue(turn: Turn, call: CallId, action: steps.LeaveQueue) -> None:
    legs.quiet(turn, turn.state.calls[call].first_leg)
    if turn.state.calls[call].recorded.notice:
        turn.record(RecordingNoticeOver(call=call, heard=False))
    leave_queue(turn, call, action.reason)


def _keep_slot(turn: Turn, call: CallId, action: steps.KeepSlot) -> None:
    asked = promising.asked_for(turn, action.booking)
    promising.keep_slot(turn, turn.rules_of(call), action.queue, action.at, call, asked)


def _let_go_of_slot(turn: Turn, call: CallId, action: steps.LetGoOfSlot) -> None:
    if call in turn.state.kept_slots:
        turn.record(SlotLetGo(call=call))


def _withhold_slot(turn: Turn, call: CallId, action: steps.WithholdSlot) -> None:
    promising.withhold_slot(turn, turn.rules_of(call), action.queue, action.at, call)


def _book(turn: Turn, call: CallId, action: steps.Book) -> None:
    language = turn.state.calls[call].language
    before = turn.state.live_bookings.get((action.queue, action.number))
    if before:  # The one that this very call carried out: its customer was handed on, and wants to be rung again.
        promising.cancel(turn, before, call)
    rules, kind = turn.rules_of(call), BookingKind.TIMED if action.at else BookingKind.UNTIMED
    at = action.at or promising.soonest(turn, rules, action.queue) or turn.now
    category = promising.category_of(turn, rules, action.queue, call)
    promising.book(turn, rules, action.queue, action.number, at, language, call, kind=kind, category=category)
    reach(turn, call, Outcome.CALLBACK_BOOKED)


def _keep_place(turn: Turn, call: CallId, action: steps.KeepPlace) -> None:
    before = turn.state.live_bookings.get((action.queue, action.number))
    if before:  # The one that this very call carried out: see `_book`.
        promising.cancel(turn, before, call)
    keeping.keep(turn, call, action.queue, action.number, action.priority)
    reach(turn, call, Outcome.CALLBACK_BOOKED)


def _take_place_back(turn: Turn, call: CallId, action: steps.TakePlaceBack) -> None:
    if action.booking in turn.state.bookings:
        keeping.take_back(turn, call, action.booking)


def _move_booking(turn: Turn, call: CallId, action: steps.MoveBooking) -> None:
    booking = turn.state.bookings.get(action.booking)
    if booking and moving.may_move(turn.rules_of(call), booking):
        moving.move_in(turn, call, booking, action.at)
        reach(turn, call, Outcome.CALLBACK_BOOKED)


def _cancel_booking(turn: Turn, call: CallId, action: steps.CancelBooking) -> None:
    if action.booking in turn.state.bookings:
        promising.cancel(turn, action.booking, call)


def _take_message(turn: Turn, call: CallId, action: steps.TakeMessage) -> None:
    leg = turn.state.calls[call].first_leg
    recording = turn.new_recording(call)
    owner = OfQueue(action.queue)
    turn.record(RecordingBegan(call=call, leg=leg, recording=recording, owner=owner, longest=action.longest))
    turn.order(Record(leg, recording, longest=action.longest))


def _connect(turn: Turn, call_id: CallId, action: steps.Connect) -> None:
    rules, call = turn.rules_of(call_id), turn.state.calls[call_id]
    way = way_to_number(turn, rules, action.number)
    if isinstance(way, OutgoingRefusal):
        run(turn, call_id, steps.DialFailed(EndCause.REFUSED))
        return
    if is_engaged(turn.state, way):
        run(turn, call_id, steps.DialFailed(EndCause.BUSY))
        return
    target, outside = way.target, isinstance(way.target, LineAddress)
    if isinstance(target, LineAddress) and action.billing:
        target = replace(target, billing=action.billing)
    ours = rules.organisation.outgoing.presented if outside else None
    first = turn.state.legs[call.first_leg]
    presented = number_of(call, first) if action.present_caller else ours
    legs.let_ring(turn, call.first_leg)
    name = name_of(call, first) or rules.organisation.name
    legs.dial(turn, call_id, Target(), target, presented, name, action.ring_seconds, way.person)


def _end(turn: Turn, call: CallId, action: steps.End) -> None:
    end_call(turn, call, EndReason.FLOW_ENDED, action.cause)


_ACTIONS: dict[type, Callable[[Turn, CallId, Any], None]] = {
    steps.Say: _say,
    steps.BeQuiet: _be_quiet,
    steps.After: _after,
    steps.NoLonger: _no_longer,
    steps.Remember: _remember,
    steps.SpeakIn: _speak_in,
    steps.MarkListed: _mark_listed,
    steps.GiveCategory: _give_category,
    steps.WaitInQueue: _wait_in_queue,
    steps.NotLetIn: _not_let_in,
    steps.LeaveQueue: _leave_queue,
    steps.KeepSlot: _keep_slot,
    steps.LetGoOfSlot: _let_go_of_slot,
    steps.WithholdSlot: _withhold_slot,
    steps.Book: _book,
    steps.KeepPlace: _keep_place,
    steps.TakePlaceBack: _take_place_back,
    steps.MoveBooking: _move_booking,
    steps.CancelBooking: _cancel_booking,
    steps.TakeMessage: _take_message,
    steps.Connect: _connect,
    steps.CheckPin: by_pin.check,
    steps.ActAs: by_pin.act,
    steps.End: _end,
}
