"""What people do with cases: take care of them, mark them, write notes, and say that they are done.

An episode that is over is not in the live state: what the tables say of it comes with the request.
"""

from svarhus.domains.cases import requests
from svarhus.domains.cases.errors import CaseTaken
from svarhus.domains.cases.requests import Known
from svarhus.domains.cases.state import (
    CaseFact,
    CaseNoted,
    CasePrioritised,
    CaseReleased,
    CasesTakenOver,
    CaseTagged,
    CaseTakenBy,
    CaseUntagged,
    Episode,
    EpisodeBegan,
    EpisodeDeleted,
    EpisodeEnded,
    EpisodeHandled,
    EpisodeReopened,
    NoteEdited,
)
from svarhus.domains.channels.names import CALL
from svarhus.exchange.core.decisions.cases.following import begun_call
from svarhus.exchange.core.turn import Turn
from svarhus.kit.ids import BookingId, CallId, PersonKey

# ------------------------------------------------------------------ marks


def take(turn: Turn, request: requests.TakeCase) -> str:
    """CaseTaken when somebody else takes care of it, unless they are named."""
    holder = _now(turn, request.known).marks.taken_by
    if holder == request.person:
        return ""
    if request.instead_of != holder:
        require_free(turn, _now(turn, request.known), request.person)
    episode = worth_keeping(turn, request.known)
    _record(turn, episode, CaseTakenBy, by=request.person, instead_of=holder)
    return episode.case


def release(turn: Turn, request: requests.ReleaseCase) -> str:
    """CaseTaken when it is somebody else's."""
    episode = _now(turn, request.known)
    if episode.marks.taken_by is None:
        return ""
    require_free(turn, episode, request.person)
    _record(turn, episode, CaseReleased, by=request.person)
    return episode.case


def require_free(turn: Turn, episode: Episode, person: PersonKey) -> None:
    """CaseTaken when somebody else takes care of it."""
    holder = episode.marks.taken_by
    if holder not in (None, person):
        known = holder in turn.rules.people and holder not in turn.rules.hidden
        raise CaseTaken(f"{turn.rules.people[holder].name if known else 'Somebody'} has taken it.")


def prioritise(turn: Turn, request: requests.PrioritiseCase) -> str:
    if _now(turn, request.known).marks.priority == request.priority:
        return ""
    episode = worth_keeping(turn, request.known)
    _record(turn, episode, CasePrioritised, priority=request.priority, by=request.by)
    return episode.case


def tag(turn: Turn, request: requests.TagCase) -> str:
    if request.tag in _now(turn, request.known).marks.tags:
        return ""
    episode = worth_keeping(turn, request.known)
    _record(turn, episode, CaseTagged, tag=request.tag, by=request.by)
    return episode.case


def untag(turn: Turn, request: requests.UntagCase) -> str:
    episode = _now(turn, request.known)
    if request.tag not in episode.marks.tags:
        return ""
    _record(turn, episode, CaseUntagged, tag=request.tag, by=request.by)
    return episode.case


# ------------------------------------------------------------------ notes


def note(turn: Turn, request: requests.NoteCase) -> str:
    episode = worth_keeping(turn, request.known)
    _record(turn, episode, CaseNoted, note=request.note, text=request.text, by=request.by)
    return request.note


def edit_note(turn: Turn, request: requests.EditNote) -> str:
    if request.text == request.before:
        return request.note
    _record(turn, _now(turn, request.known), NoteEdited, note=request.note, text=request.text, by=request.by)
    return request.note


# ------------------------------------------------------------------ beginning and end


def begin(turn: Turn, request: requests.BeginEpisode) -> str:
    episode = request.episode
    if episode.ref.key not in turn.state.episodes:
        turn.record(EpisodeBegan(case=episode.case, as_it_is=episode))
    return episode.case


def handle(turn: Turn, request: requests.HandleCase) -> str:
    """Who was first stays."""
    episode = turn.state.episodes.get(request.known.episode.ref.key)
    if episode is None:
        return ""
    _record(turn, episode, EpisodeHandled, by=request.by)
    return episode.case


def reopen(turn: Turn, request: requests.ReopenCase) -> str:
    episode = request.known.episode
    if episode.ref.key in turn.state.episodes:
        return ""
    turn.record(EpisodeReopened(case=episode.case, as_it_is=episode, by=request.by))
    return episode.case


def delete(turn: Turn, request: requests.DeleteCase) -> str:
    episode = _now(turn, request.known)
    _record(turn, episode, EpisodeDeleted, by=request.by)
    return episode.case


def take_over(turn: Turn, request: requests.TakeOverCases) -> str:
    """What was kept as open although it is over by now ends here."""
    if turn.state.stored.cases_taken_over:
        return ""
    alive = tuple(each for each in request.episodes if _goes_on(turn, each))
    turn.record(CasesTakenOver(episodes=alive))
    for episode in request.episodes:
        if episode not in alive:
            _record(turn, episode, EpisodeEnded, outcome="")
    return ""


def _goes_on(turn: Turn, episode: Episode) -> bool:
    match episode.ref.kind:
        case "call":
            return CallId(episode.ref.id) in turn.state.calls
        case "callback":
            return BookingId(episode.ref.id) in turn.state.bookings
        case _:
            return True


# ------------------------------------------------------------------ inside


def _now(turn: Turn, known: Known) -> Episode:
    return turn.state.episodes.get(known.episode.ref.key) or known.episode


def worth_keeping(turn: Turn, known: Known) -> Episode:
    """As it is now, and kept from now on: of a call nothing is, until somebody adds something to it."""
    ref = known.episode.ref
    live = turn.state.episodes.get(ref.key)
    if live is None and ref.kind == CALL:
        live = begun_call(turn, CallId(ref.id))
    if live is None and not known.kept:
        turn.record(EpisodeBegan(case=known.episode.case, as_it_is=known.episode, over=True))
    return live or known.episode


def _record(turn: Turn, episode: Episode, kind: type[CaseFact], **fields: object) -> None:
    turn.record(kind(case=episode.case, episode=episode.ref.key, **fields))  # type: ignore[arg-type]
