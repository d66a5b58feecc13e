"""Cases follow what happens in calls and to promises: which episodes begin with it, and which end."""

from collections.abc import Callable, Mapping
from typing import Any

from svarhus.domains.callbacks.state import AttemptMarked, Booked, BookingCancelled, BookingMoved, BookingPostponed
from svarhus.domains.calls.facts import CallClosed, VoicemailLeft
from svarhus.domains.calls.model import CallKind
from svarhus.domains.cases.model import CaseRef, Marks
from svarhus.domains.cases.state import CaseReleased, Episode, EpisodeBegan, EpisodeEnded, EpisodeMoved, own_case
from svarhus.domains.channels.names import CALL, CALLBACK, VOICEMAIL
from svarhus.exchange.core.turn import Turn
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, CaseId, PersonKey


def follow(turn: Turn) -> None:
    """Record what follows from the facts of this turn."""
    for at, fact in tuple(turn.facts):
        step = _STEPS.get(type(fact))
        if step is not None:
            step(turn, fact, at)


def begun_call(turn: Turn, call: CallId) -> Episode | None:
    """The episode of a call in progress, which begins when it is asked for; None when there is no such call."""
    ref = CaseRef(CALL, call)
    known = turn.state.episodes.get(ref.key)
    found = turn.state.calls.get(call)
    if known or found is None:
        return known
    of = turn.state.episodes.get(CaseRef(CALLBACK, found.booking).key) if found.booking else None
    place = turn.state.place_of(call)
    queue = place.queue if place else (found.parts[-1].queue if found.parts else None)
    episode = Episode(
        ref,
        of.case if of else own_case(ref),
        found.began_at,
        queue=queue,
        number=(found.dialled if found.kind is CallKind.OUTGOING else found.caller) or None,
        name=found.caller_name,
        call=call,
        language=found.language,
        category=found.category,
    )
    turn.record(EpisodeBegan(case=episode.case, as_it_is=episode))
    return episode


def _booked(turn: Turn, fact: Booked, at: Instant) -> None:
    ref = CaseRef(CALLBACK, fact.booking)
    call = begun_call(turn, fact.call) if fact.call else None
    case = fact.case or _case_of(ref, call, fact.call)
    episode = Episode(
        ref,
        case,
        at,
        queue=fact.queue,
        number=fact.number,
        call=fact.call,
        language=fact.language,
        category=fact.category,
        marks=Marks(notes=fact.notes),
    )
    turn.record(EpisodeBegan(case=case, as_it_is=episode))


def _voicemail_left(turn: Turn, fact: VoicemailLeft, at: Instant) -> None:
    ref = CaseRef(VOICEMAIL, fact.recording)
    case = _case_of(ref, begun_call(turn, fact.call), fact.call)
    call = turn.state.calls.get(fact.call)
    episode = Episode(
        ref,
        case,
        at,
        queue=fact.queue,
        number=fact.caller,
        call=fact.call,
        seconds=fact.seconds,
        category=call.category if call else None,
    )
    turn.record(EpisodeBegan(case=case, as_it_is=episode))


def _case_of(ref: CaseRef, begun: Episode | None, call: CallId | None) -> CaseId:
    """That of the call in which it came, also when that is over."""
    if begun:
        return begun.case
    return own_case(CaseRef(CALL, call) if call else ref)


def _moved(turn: Turn, fact: BookingMoved, at: Instant) -> None:
    """Who is there at the new time may ring. In another queue, the case is that queue's."""
    ref = CaseRef(CALLBACK, fact.booking)
    episode = turn.state.episodes.get(ref.key)
    if fact.queue and episode:
        turn.record(EpisodeMoved(case=episode.case, episode=ref.key, queue=fact.queue))
    _let_go(turn, ref, fact.by)


def _marked(turn: Turn, fact: AttemptMarked, at: Instant) -> None:
    """The next attempt is anybody's."""
    ref = CaseRef(CALLBACK, fact.booking)
    _let_go(turn, ref, fact.by)
    if fact.next_at is None:
        _end(turn, ref, "reached" if fact.answered else "not_reached", fact.by)


def _postponed(turn: Turn, fact: BookingPostponed, at: Instant) -> None:
    """Where members are rung by themselves, the next one is: who has started it by hand has it no more."""
    booking = turn.state.bookings.get(fact.booking)
    if booking and booking.queue in turn.rules.calls_back_itself:
        _let_go(turn, CaseRef(CALLBACK, fact.booking), None)


def _cancelled(turn: Turn, fact: BookingCancelled, at: Instant) -> None:
    _end(turn, CaseRef(CALLBACK, fact.booking), "cancelled", fact.by)


def _call_closed(turn: Turn, fact: CallClosed, at: Instant) -> None:
    _end(turn, CaseRef(CALL, fact.call), fact.record.outcome.value, fact.record.person)


def _let_go(turn: Turn, ref: CaseRef, by: PersonKey | None) -> None:
    """By whom it was done, or, of what is done by itself, whoever has it."""
    episode = turn.state.episodes.get(ref.key)
    holder = episode.marks.taken_by if episode else None
    if episode and holder and by in (None, holder):
        turn.record(CaseReleased(case=episode.case, episode=ref.key, by=holder))


def _end(turn: Turn, ref: CaseRef, outcome: str, by: str | None) -> None:
    episode = turn.state.episodes.get(ref.key)
    if episode:
        turn.record(EpisodeEnded(case=episode.case, episode=ref.key, outcome=outcome, by=by))


_STEPS: Mapping[type, Callable[[Turn, Any, Instant], None]] = {
    Booked: _booked,
    BookingMoved: _moved,
    BookingCancelled: _cancelled,
    BookingPostponed: _postponed,
    AttemptMarked: _marked,
    VoicemailLeft: _voicemail_left,
    CallClosed: _call_closed,
}
