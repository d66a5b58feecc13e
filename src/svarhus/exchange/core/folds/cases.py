"""Cases of which something is open, and what people add to their episodes."""

from zoneinfo import ZoneInfo

import msgspec

from svarhus.domains.cases import state as cases
from svarhus.domains.cases.model import Marks
from svarhus.domains.cases.state import Case, CaseFact, Episode
from svarhus.exchange.core.folds.state import Folds
from svarhus.exchange.core.state import State
from svarhus.kit.clock import Instant

replace = msgspec.structs.replace


def _began(state: State, fact: cases.EpisodeBegan, at: Instant, zone: ZoneInfo) -> None:
    if not fact.over:
        _opened(state, fact.as_it_is)


def _reopened(state: State, fact: cases.EpisodeReopened, at: Instant, zone: ZoneInfo) -> None:
    episode = fact.as_it_is
    _opened(state, replace(episode, marks=replace(episode.marks, revision=episode.marks.revision + 1)))


def _taken_over(state: State, fact: cases.CasesTakenOver, at: Instant, zone: ZoneInfo) -> None:
    state.stored.cases_taken_over = True
    for episode in fact.episodes:
        _opened(state, episode)


def _opened(state: State, episode: Episode) -> None:
    key = episode.ref.key
    before = state.cases.get(episode.case) or Case(episode.case)
    others = tuple(each for each in before.open if each != key)
    case = replace(before, open=(*others, key), notes=max(before.notes, episode.marks.notes))
    state.cases[case.id] = case
    state.episodes[key] = episode
    _count_notes(state, case)


def _ended(state: State, fact: CaseFact, at: Instant, zone: ZoneInfo) -> None:
    state.touch("cases", fact.episode)
    episode = state.episodes.pop(fact.episode, None)
    if episode is None:
        return
    case = state.cases[episode.case]
    left = tuple(each for each in case.open if each != fact.episode)
    if left:
        state.cases[case.id] = replace(case, open=left)
    else:
        del state.cases[case.id]


def _moved(state: State, fact: cases.EpisodeMoved, at: Instant, zone: ZoneInfo) -> None:
    state.touch("cases", fact.episode)
    if episode := state.episodes.get(fact.episode):
        state.episodes[fact.episode] = replace(episode, queue=fact.queue)


def _taken(state: State, fact: cases.CaseTakenBy, at: Instant, zone: ZoneInfo) -> None:
    _mark(state, fact, taken_by=fact.by, taken_at=at)


def _released(state: State, fact: cases.CaseReleased, at: Instant, zone: ZoneInfo) -> None:
    _mark(state, fact, taken_by=None, taken_at=None)


def _prioritised(state: State, fact: cases.CasePrioritised, at: Instant, zone: ZoneInfo) -> None:
    _mark(state, fact, priority=fact.priority)


def _tagged(state: State, fact: cases.CaseTagged, at: Instant, zone: ZoneInfo) -> None:
    _mark(state, fact, tags=(*_tags(state, fact), fact.tag))


def _untagged(state: State, fact: cases.CaseUntagged, at: Instant, zone: ZoneInfo) -> None:
    _mark(state, fact, tags=tuple(tag for tag in _tags(state, fact) if tag != fact.tag))


def _noted(state: State, fact: cases.CaseNoted, at: Instant, zone: ZoneInfo) -> None:
    state.touch("cases", fact.episode)
    if case := state.cases.get(fact.case):
        _note_changed(state, replace(case, notes=case.notes + 1))


def _note_edited(state: State, fact: cases.NoteEdited, at: Instant, zone: ZoneInfo) -> None:
    state.touch("cases", fact.episode)
    if case := state.cases.get(fact.case):
        _note_changed(state, case)


def _note_changed(state: State, case: Case) -> None:
    """All episodes show it."""
    state.cases[case.id] = case
    for key in case.open:
        episode = state.episodes[key]
        marks = replace(episode.marks, revision=episode.marks.revision + 1, notes=case.notes)
        state.episodes[key] = replace(episode, marks=marks)
        state.touch("cases", key)


def _count_notes(state: State, case: Case) -> None:
    for key in case.open:
        episode = state.episodes[key]
        if episode.marks.notes != case.notes:
            state.episodes[key] = replace(episode, marks=replace(episode.marks, notes=case.notes))
        state.touch("cases", key)


def _tags(state: State, fact: CaseFact) -> tuple[str, ...]:
    episode = state.episodes.get(fact.episode)
    return episode.marks.tags if episode else ()


def _mark(state: State, fact: CaseFact, **changes: object) -> None:
    """What is added to an episode that is over, only the tables know."""
    state.touch("cases", fact.episode)
    episode = state.episodes.get(fact.episode)
    if episode is None:
        return
    marks: Marks = replace(episode.marks, revision=episode.marks.revision + 1, **changes)
    state.episodes[fact.episode] = replace(episode, marks=marks)


FOLDS: Folds = {
    cases.EpisodeBegan: _began,
    cases.EpisodeReopened: _reopened,
    cases.EpisodeEnded: _ended,
    cases.EpisodeHandled: _ended,
    cases.EpisodeMoved: _moved,
    cases.EpisodeDeleted: _ended,
    cases.CaseTakenBy: _taken,
    cases.CaseReleased: _released,
    cases.CasePrioritised: _prioritised,
    cases.CaseTagged: _tagged,
    cases.CaseUntagged: _untagged,
    cases.CaseNoted: _noted,
    cases.NoteEdited: _note_edited,
    cases.CasesTakenOver: _taken_over,
}
