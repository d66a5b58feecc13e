"""The decision of a running organisation: an input, the state and the time give facts and commands."""

from collections.abc import Callable
from typing import Any

from svarhus.domains.callflows.steps import Elapsed, Pressed, SaidAll
from svarhus.domains.calls.facts import KeyPressed, LegRang, PromptEnded
from svarhus.domains.calls.model import PROVEN, Call, Leg
from svarhus.domains.calls.purpose import CalledBack
from svarhus.domains.calls.reasons import CallRefusal, EndReason
from svarhus.domains.cases import requests as on_cases
from svarhus.domains.presence.pause import PauseOver
from svarhus.exchange.core import requests
from svarhus.exchange.core.decisions.calls import (
    by_pin,
    calling,
    codes,
    confirming,
    consulting,
    endings,
    flow,
    incoming,
    keys,
    legs,
    parking,
    proving,
    recording,
    recording_talks,
    referring,
    supervising,
    talking,
    transferring,
)
from svarhus.exchange.core.decisions.calls.answered import connect, leg_answered
from svarhus.exchange.core.decisions.calls.closing import end_call
from svarhus.exchange.core.decisions.calls.reconcile import reconcile
from svarhus.exchange.core.decisions.cases import asked
from svarhus.exchange.core.decisions.people import absences, after_call, agents, devices, pauses
from svarhus.exchange.core.decisions.promises import (
    abandoning,
    attempts,
    booking,
    by_hand,
    carrying,
    fitting,
    moving,
    promising,
    telling,
    texting,
)
from svarhus.exchange.core.decisions.queues import (
    alerting,
    announcing,
    asking,
    closing,
    distributing,
    picking,
    readiness,
    sounding,
    steering,
)
from svarhus.exchange.core.decisions.queues.fitting import widen
from svarhus.exchange.core.errors import CallNotFound
from svarhus.exchange.core.facts import (
    AbsenceTimer,
    AfterCallTimer,
    AlertTimer,
    AnnounceTimer,
    BookingTimer,
    CallOutTimer,
    ConfigurationTaken,
    ConfirmTimer,
    FlowTimer,
    MissingTimer,
    PaceTimer,
    ParkTimer,
    PauseTimer,
    QueueLookTimer,
    QueueTimer,
    RecordingTimer,
    ReturnTimer,
    TellingTimer,
    TimerCleared,
    WidenTimer,
)
from svarhus.exchange.core.turn import Turn
from svarhus.ports import telephony
from svarhus.ports.telephony import TelephonyEvent

Input = TelephonyEvent | requests.Request | requests.Inner


def decide(turn: Turn, input: Input) -> str | None:
    """Decide one input. A request is answered, or refused by a SvarhusError that changes nothing."""
    answer = _DECISIONS[type(input)](turn, input)
    codes.for_who_has_shown_it(turn)
    transferring.ring_back(turn)
    supervising.follow(turn)
    carrying.follow(turn)
    abandoning.follow(turn)
    distributing.distribute(turn)
    sounding.follow(turn)
    recording_talks.follow(turn)
    alerting.follow(turn)
    return answer


# ------------------------------------------------------------------ telephony


def _leg_ringing(turn: Turn, event: telephony.LegRinging) -> None:
    leg = turn.state.legs.get(event.leg)
    if leg and leg.rang_at is None:
        turn.record(LegRang(call=leg.call, leg=leg.id))


def _leg_answered(turn: Turn, event: telephony.LegAnswered) -> None:
    leg_answered(turn, event.leg)


def _digit(turn: Turn, event: telephony.DigitPressed) -> None:
    leg = turn.state.legs.get(event.leg)
    if leg is None:
        return
    if leg.takes_keys.hides:
        return  # Should one come here all the same, it is not told on.
    means = keys.counts(turn, leg, event)
    turn.record(KeyPressed(call=leg.call, leg=leg.id, digit=event.digit, pressed_at=event.pressed_at))
    if not means:
        return
    if confirming.asked(turn.state, leg.id):
        _confirm(turn, leg, event.digit)
    elif leg.id == turn.state.calls[leg.call].first_leg:
        flow.run(turn, leg.call, Pressed(event.digit))


def _secret(turn: Turn, input: by_pin.Told) -> None:
    if found := by_pin.event_of(turn, input):
        flow.run(turn, *found)


def _confirm(turn: Turn, leg: Leg, digit: str) -> None:
    if digit == confirming.KEY:
        confirming.done(turn, leg.id)
        connect(turn, leg)


def _prompt_finished(turn: Turn, event: telephony.PromptFinished) -> None:
    leg = turn.state.legs.get(event.leg)
    if leg is None or leg.prompt != event.prompt:
        return
    turn.record(PromptEnded(call=leg.call, leg=leg.id, prompt=event.prompt))
    call = turn.state.calls[leg.call]
    if isinstance(leg.purpose, CalledBack) and leg.conversation is None and not call.ending:
        attempts.customer_told(turn, call, leg, heard=not event.failed)
        return
    if leg.id != call.first_leg or call.ending:
        return
    if turn.state.place_of(call.id):
        announcing.announced(turn, call.id)
    elif call.recorded.notice:
        flow.notice_over(turn, call.id, heard=not event.failed)
    elif call.position is not None:
        flow.run(turn, call.id, SaidAll())
    elif _nothing_follows(turn, call, leg):
        end_call(turn, call.id, EndReason.SAID)


def _nothing_follows(turn: Turn, call: Call, first: Leg) -> bool:
    """What was said was all: nobody talks with the party or is rung for it."""
    rung = legs.somebody_rung(turn, call)
    return not (first.conversation or call.transfer or rung or confirming.asked(turn.state, first.id))


def _held(turn: Turn, event: telephony.LegHeld) -> None:
    talking.phone_holds(turn, event.leg, holds=True)


def _resumed(turn: Turn, event: telephony.LegResumed) -> None:
    talking.phone_holds(turn, event.leg, holds=False)


def _phone_changed(turn: Turn, event: telephony.EndpointChanged) -> None:
    devices.phone_changed(turn, event.endpoint, event.reachable)


def _nothing(turn: Turn, event: object) -> None:
    """The connection is the loop's affair; what follows from it comes as an inventory."""


# ------------------------------------------------------------------ time


def _timer_due(turn: Turn, event: requests.TimerDue) -> None:
    timer = turn.state.timers[event.timer]
    turn.record(TimerCleared(timer=event.timer))
    match timer.purpose:
        case FlowTimer(call, name) if call in turn.state.calls:
            if proving.is_open(turn, turn.state.calls[call]):
                # It may go on waiting yet.
                turn.set_timer(event.timer, PROVEN, timer.purpose, call)
            else:
                flow.run(turn, call, Elapsed(name))
        case AnnounceTimer(call, every):
            announcing.announce(turn, call, every)
        case WidenTimer(call):
            widen(turn, call)
        case CallOutTimer(call):
            asking.call_out(turn, call)
        case AfterCallTimer(person):
            after_call.over(turn, person)
        case AbsenceTimer(person):
            absences.over(turn, person)
        case AlertTimer(queue, rule):
            alerting.lasted(turn, queue, rule)
        case QueueLookTimer(queue):
            alerting.look(turn, queue)
        case PauseTimer(person):
            pauses.over(turn, person, PauseOver.TIME)
        case BookingTimer(key):
            promising.due(turn, key)
        case TellingTimer(key, what):
            telling.time_has_come(turn, key, what)
        case ConfirmTimer(leg):
            confirming.not_done(turn, leg)
        case RecordingTimer(call):
            recording.overdue(turn, call)
        case ReturnTimer(call):
            transferring.give_up(turn, call)
        case MissingTimer(call):
            endings.missing_too_long(turn, call)
        case QueueTimer(queue):
            closing.time_over(turn, queue)
        case ParkTimer(call):
            parking.overdue(turn, call)
        case PaceTimer():
            """Who is let through now is found when all are looked at, after each decision."""


# ------------------------------------------------------------------ configuration, people


def _take_configuration(turn: Turn, event: requests.TakeConfiguration) -> None:
    if event.revision <= turn.state.stored.revision:
        # What people have chosen for themselves may be other than it was.
        turn.state.touch("configuration", str(event.revision))
        return
    before = turn.rules if turn.state.stored.revision else None
    turn.record(ConfigurationTaken(revision=event.revision))
    agents.follow_membership(turn, before)
    if before is not None:
        absences.follow_people(turn, before)
        closing.follow_configuration(turn, before)
        telling.follow_configuration(turn, before)
        carrying.follow_configuration(turn)
        readiness.follow_configuration(turn.state, before, turn.rules)


def _inventory(turn: Turn, event: requests.InventoryTaken) -> None:
    reconcile(turn, event.inventory, event.known)


def _turned_away(turn: Turn, event: requests.TurnedAway) -> None:
    offered = event.offered
    source = f"trunk {offered.trunk}" if offered.trunk else f"phone {offered.endpoint}"
    turn.refuse_call(offered.dialled, offered.caller, source, CallRefusal.TECHNICAL_PROBLEM)


def _end_call(turn: Turn, request: requests.EndCall) -> str:
    if request.call not in turn.state.calls:
        raise CallNotFound(f"there is no call {request.call} in progress")
    end_call(turn, request.call, EndReason.ENDED_BY_REQUEST)
    return request.call


_DECISIONS: dict[type, Callable[[Turn, Any], str | None]] = {
    telephony.CallOffered: incoming.offered,
    telephony.LegRinging: _leg_ringing,
    telephony.LegAnswered: _leg_answered,
    telephony.LegEnded: endings.leg_ended,
    telephony.DigitPressed: _digit,
    telephony.PromptFinished: _prompt_finished,
    telephony.RecordingFinished: recording.finished,
    telephony.RecordingPaused: recording_talks.silent,
    telephony.LegHeld: _held,
    telephony.LegResumed: _resumed,
    telephony.TransferRequested: referring.requested,
    telephony.EndpointChanged: _phone_changed,
    telephony.EngineLost: _nothing,
    telephony.EngineReady: _nothing,
    requests.SecretPressed: _secret,
    requests.SecretKeyed: _secret,
    requests.SecretDeclined: _secret,
    requests.PersonKeyed: _secret,
    requests.HiddenChoice: _secret,
    requests.PinChecked: _secret,
    requests.TimerDue: _timer_due,
    requests.TakeConfiguration: _take_configuration,
    requests.InventoryTaken: _inventory,
    requests.TurnedAway: _turned_away,
    requests.LogIn: agents.log_in,
    requests.LogOut: agents.log_out,
    requests.EndAfterCallWork: agents.end_after_call_work,
    requests.ExtendAfterCallWork: agents.extend_after_call_work,
    requests.BeginAbsence: absences.begin,
    requests.EndAbsence: absences.end,
    requests.BeginPause: pauses.begin,
    requests.EndPause: pauses.end,
    requests.StartCallback: by_hand.start,
    requests.MarkCallback: by_hand.mark,
    requests.CancelCallback: booking.cancel_for,
    requests.MoveCallback: moving.move_for,
    requests.KeepCallback: fitting.keep_for,
    requests.CallNow: fitting.call_now_for,
    requests.BookCallback: booking.book_for,
    requests.ReadText: texting.read,
    requests.CloseQueue: closing.close,
    requests.OpenQueue: closing.open_again,
    requests.EndCall: _end_call,
    requests.ChooseDevice: devices.choose,
    requests.ChooseCallWaiting: devices.choose_call_waiting,
    requests.OpenBrowser: devices.open_browser,
    requests.HearBrowser: devices.hear_browser,
    requests.CloseBrowser: devices.close_browser,
    requests.PickCall: picking.pick,
    requests.RaiseCall: steering.raise_call,
    requests.AssignCall: steering.assign,
    requests.DialFor: calling.dial,
    requests.HoldCall: calling.hold,
    requests.ResumeCall: calling.resume,
    requests.HangUpOwn: calling.hang_up,
    requests.SendKeys: calling.send_keys,
    requests.RecordCall: recording_talks.record,
    requests.PauseRecordingOf: recording_talks.pause,
    requests.TransferCall: transferring.begin,
    requests.BeginConsult: consulting.begin,
    requests.CompleteConsult: consulting.complete,
    requests.CancelConsult: consulting.cancel,
    requests.SwapConsult: consulting.swap,
    requests.Confer: consulting.confer,
    requests.Supervise: supervising.supervise,
    requests.ParkCall: parking.park,
    requests.TakeParked: parking.take,
    on_cases.TakeCase: asked.take,
    on_cases.ReleaseCase: asked.release,
    on_cases.PrioritiseCase: asked.prioritise,
    on_cases.TagCase: asked.tag,
    on_cases.UntagCase: asked.untag,
    on_cases.NoteCase: asked.note,
    on_cases.EditNote: asked.edit_note,
    on_cases.BeginEpisode: asked.begin,
    on_cases.HandleCase: asked.handle,
    on_cases.ReopenCase: asked.reopen,
    on_cases.DeleteCase: asked.delete,
    on_cases.TakeOverCases: asked.take_over,
}
