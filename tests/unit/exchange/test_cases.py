"""Cases: what people add to them is decided as everything else is, and what is written goes on with the case."""

import pytest

from svarhus.domains.callbacks.state import BookingStatus
from svarhus.domains.cases.errors import CaseTaken
from svarhus.domains.cases.model import CaseRef, ChannelName, Marks
from svarhus.domains.cases.requests import (
    DeleteCase,
    EditNote,
    HandleCase,
    Known,
    NoteCase,
    ReleaseCase,
    ReopenCase,
    TagCase,
    TakeCase,
    TakeOverCases,
    UntagCase,
)
from svarhus.domains.cases.state import (
    CaseNoted,
    CaseReleased,
    CasesFact,
    CasesTakenOver,
    Episode,
    EpisodeBegan,
    EpisodeEnded,
    own_case,
)
from svarhus.domains.channels.names import CALL, CALLBACK, VOICEMAIL
from svarhus.exchange.core.requests import BookCallback, CancelCallback, MarkCallback, StartCallback
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.ids import BookingId, PersonKey, QueueKey
from unit.exchange.house import KARIN, MAIN, STRAIGHT, House

ANNA, BO = PersonKey("anna"), PersonKey("bo")
ADVICE = QueueKey("advice")


def known(house: House, kind: ChannelName, id: str, marks: Marks | None = None) -> Known:
    """As the tables would have it."""
    ref = CaseRef(kind, id)
    episode = house.core.state.episodes.get(ref.key) or Episode(
        ref, own_case(ref), house.now, queue=ADVICE, number=KARIN, marks=marks or Marks()
    )
    return Known(episode, kept=ref.key in house.core.state.episodes or marks is not None)


def booked(house: House) -> Known:
    return known(house, CALLBACK, house.asks(BookCallback(ADVICE, KARIN, ANNA)))


def shown(house: House) -> dict[str, tuple[PersonKey | None, int, tuple[str, ...]]]:
    return {item.key: (item.taken_by, item.notes, item.tags) for item in LiveDesk().items(house.core)}


def facts_of_cases(house: House) -> list[object]:
    return [fact for fact in house.facts if isinstance(fact, CasesFact)]


class TestOneCaseInSeveralChannels:
    def test_a_note_on_a_call_is_seen_on_the_callback_that_is_promised_in_it(self) -> None:
        house = House()
        caller = house.caller_rings(MAIN)
        call = caller.call.id
        house.asks(NoteCase(known(house, CALL, call), "n1", "Her daughter asks.", "anna"))
        caller.presses("2")
        caller.presses("1")
        [booking] = house.bookings
        assert shown(house)[f"callback:{booking.id}"] == (None, 1, ())
        assert house.core.state.cases[own_case(CaseRef(CALL, call))].open[-1] == f"callback:{booking.id}"
        house.waits(60)
        assert house.calls == []
        assert shown(house)[f"callback:{booking.id}"] == (None, 1, ())
        house.asks(NoteCase(known(house, CALLBACK, booking.id), "n2", "And her son.", "bo"))
        assert shown(house)[f"callback:{booking.id}"] == (None, 2, ())
        house.journal_tells_all()

    def test_so_it_is_on_the_message_that_is_left(self) -> None:
        house = House()
        caller = house.caller_rings(MAIN)
        call = caller.call.id
        house.asks(NoteCase(known(house, CALL, call), "n1", "Her daughter asks.", "anna"))
        caller.presses("3")
        house.waits(20)
        caller.hangs_up()
        house.waits(20)
        [message] = house.voicemails
        assert shown(house) == {f"voicemail:{message.recording}": (None, 1, ())}
        house.journal_tells_all()

    def test_a_case_goes_on_as_the_callback_that_is_booked_for_it(self) -> None:
        house = House()
        over = known(house, VOICEMAIL, "house-7-voicemail-1", Marks(notes=2))
        booking = house.asks(BookCallback(ADVICE, KARIN, ANNA, known=over))
        assert shown(house) == {f"callback:{booking}": (None, 2, ())}
        assert house.core.state.episodes[f"callback:{booking}"].case == "voicemail:house-7-voicemail-1"

    def test_an_attempt_at_a_callback_belongs_to_its_case(self) -> None:
        house = House()
        case = booked(house)
        call = house.asks(StartCallback(BookingId(case.episode.ref.id), ANNA))
        house.asks(NoteCase(known(house, CALL, call), "n1", "Nobody there.", "anna"))
        assert shown(house)[case.episode.ref.key] == (ANNA, 1, ())

    def test_a_call_to_which_nobody_adds_anything_is_no_case(self) -> None:
        house = House()
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        house.phone("anna").answers()
        caller.hangs_up()
        assert facts_of_cases(house) == []

    def test_a_call_that_is_over_becomes_one_when_something_is_added(self) -> None:
        house = House()
        house.asks(NoteCase(known(house, CALL, "house-9"), "n1", "Done.", "anna"))
        [began, noted] = facts_of_cases(house)
        assert isinstance(began, EpisodeBegan)
        assert began.over
        assert isinstance(noted, CaseNoted)
        assert (house.core.state.cases, house.core.state.episodes) == ({}, {})


class TestEnds:
    def test_a_call_ends_with_its_episode(self) -> None:
        house = House()
        caller = house.caller_rings(MAIN)
        house.asks(TagCase(known(house, CALL, caller.call.id), "advice", "anna"))
        caller.hangs_up()
        assert [type(fact) for fact in facts_of_cases(house)][-1] is EpisodeEnded
        assert (house.core.state.cases, house.core.state.episodes) == ({}, {})

    def test_so_does_a_callback_that_is_cancelled(self) -> None:
        house = House()
        case = booked(house)
        house.asks(CancelCallback(BookingId(case.episode.ref.id), ANNA))
        assert house.facts_of(EpisodeEnded)[-1].by == ANNA
        assert house.core.state.episodes == {}

    def test_a_message_is_handled_once_and_taken_up_again(self) -> None:
        house = House()
        case = booked(house)
        message = known(house, VOICEMAIL, "m1", Marks(revision=4, notes=1))
        house.asks(ReopenCase(message, "anna"))
        assert shown(house)["voicemail:m1"] == (None, 1, ())
        house.asks(HandleCase(message, "bo"))
        house.asks(HandleCase(message, "anna"))
        assert shown(house).keys() == {case.episode.ref.key}
        house.asks(ReopenCase(message, "anna"))
        house.asks(DeleteCase(message, "anna"))
        assert shown(house).keys() == {case.episode.ref.key}
        house.journal_tells_all()


class TestMarks:
    def test_who_takes_it_first_has_it_until_it_is_let_go_or_taken_over(self) -> None:
        house = House()
        case = booked(house)
        house.asks(TakeCase(case, ANNA))
        with pytest.raises(CaseTaken, match="Anna has taken it"):
            house.asks(TakeCase(case, BO))
        with pytest.raises(CaseTaken):
            house.asks(TakeCase(case, BO, instead_of=PersonKey("cia")))
        with pytest.raises(CaseTaken):
            house.asks(ReleaseCase(case, BO))
        with pytest.raises(CaseTaken):
            house.asks(StartCallback(BookingId(case.episode.ref.id), BO))
        house.asks(TakeCase(case, BO, instead_of=ANNA))
        assert shown(house)[case.episode.ref.key][0] == BO
        house.asks(ReleaseCase(case, BO))
        assert shown(house)[case.episode.ref.key][0] is None
        house.journal_tells_all()

    def test_who_starts_a_callback_takes_it_and_lets_it_go_when_it_is_marked(self) -> None:
        house = House()
        case = booked(house)
        booking = BookingId(case.episode.ref.id)
        house.asks(StartCallback(booking, ANNA))
        assert shown(house)[case.episode.ref.key][0] == ANNA
        house.phone("anna").answers()
        house.outside(KARIN).declines()
        house.waits(1)
        assert house.booking(booking).status is BookingStatus.TO_MARK
        house.asks(MarkCallback(booking, ANNA, answered=False))
        assert shown(house)[case.episode.ref.key][0] is None
        assert house.facts_of(CaseReleased)[-1].by == ANNA

    def test_what_changes_nothing_is_no_fact(self) -> None:
        house = House()
        case = booked(house)
        house.asks(TagCase(case, "advice", "anna"))
        house.asks(TakeCase(case, ANNA))
        before = len(house.facts)
        house.asks(TagCase(case, "advice", "bo"))
        house.asks(TakeCase(case, ANNA))
        house.asks(UntagCase(case, "other", "bo"))
        house.asks(EditNote(case, "n1", "The same.", "The same.", "anna"))
        assert len(house.facts) == before

    def test_of_what_is_over_the_tables_say_who_has_it(self) -> None:
        house = House()
        over = known(house, VOICEMAIL, "m1", Marks(taken_by=ANNA))
        with pytest.raises(CaseTaken):
            house.asks(TakeCase(over, BO))
        house.asks(TakeCase(over, BO, instead_of=ANNA))
        assert house.core.state.episodes == {}


class TestUpgrade:
    def test_what_was_open_is_taken_over_once_without_what_is_over_by_now(self) -> None:
        house = House()
        caller = house.caller_rings(MAIN)
        call = caller.call.id
        marked = [
            known(house, CALL, call, Marks(notes=1)).episode,
            known(house, CALL, "house-99", Marks(notes=1)).episode,
            known(house, CALLBACK, "house-b99", Marks(notes=1)).episode,
            known(house, VOICEMAIL, "m1", Marks(taken_by=ANNA, revision=3)).episode,
        ]
        house.asks(TakeOverCases(tuple(marked)))  # type: ignore[arg-type]
        assert house.core.state.episodes.keys() == {f"call:{call}", "voicemail:m1"}
        assert [fact.episode for fact in house.facts_of(EpisodeEnded)] == ["call:house-99", "callback:house-b99"]
        assert shown(house)["voicemail:m1"] == (ANNA, 0, ())
        house.asks(TakeOverCases(tuple(marked)))  # type: ignore[arg-type]
        assert len(house.facts_of(CasesTakenOver)) == 1
        caller.presses("2")
        caller.presses("1")
        [booking] = house.bookings
        assert shown(house)[f"callback:{booking.id}"] == (None, 1, ())
        house.journal_tells_all()
