"""What the waiting hear, and are told, each thing at its own time; and places in flows that say otherwise."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.facts import PromptStarted
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.validation import check_configuration
from svarhus.domains.queues.announcements import Announcements
from svarhus.exchange.core.decisions.queues import announcing
from svarhus.exchange.core.facts import AnnounceTimer
from svarhus.exchange.core.turn import Turn
from svarhus.ports.speech import Count, Phrase, TemplatePhrase
from unit.exchange.house import KARIN, LARS, MAIN, MONA, STRAIGHT, Changes, House, Party, document, name_of

MESSAGES: Changes = {"messages": {"patience": {"name": "Patience", "manuscripts": {"en": "Please wait."}}}}


def reception(**settings: object) -> Changes:
    return {"queues": {"reception": settings}}


def place(**settings: object) -> Changes:
    return {"callflows": {"straight": {"elements": {"queue": {"settings": settings}}}}}


def straight(house: House, caller: str = KARIN) -> Party:
    return house.caller_rings(STRAIGHT, caller)


def a_busy_member(house: House) -> Party:
    house.logs_in("anna")
    caller = straight(house, MONA)
    house.phone("anna").answers()
    return caller


def value_of(phrase: Phrase, name: str) -> object:
    assert isinstance(phrase, TemplatePhrase)
    return phrase.values[name]


def told_after(house: House, party: Party, seconds: int) -> list[str]:
    """What is told in so many seconds from now."""
    before = len(party.told)
    house.waits(seconds)
    return party.told[before:]


class TestSound:
    @pytest.mark.feature("Q-01")
    def test_the_ringing_tone_in_place_of_music(self) -> None:
        house = House(reception(waiting_sound="ringing"))
        karin = straight(house)
        assert karin.answered and karin.hears(Heard.RINGING)
        house.waits(5)
        assert karin.hears(Heard.PROMPT)
        house.waits(2)
        assert karin.hears(Heard.RINGING)

    @pytest.mark.feature("Q-01", "Q-02")
    def test_the_ringing_tone_without_announcements(self) -> None:
        house = House(reception(waiting_sound="ringing_only"))
        karin = straight(house)
        house.waits(600)
        assert karin.told == [] and karin.hears(Heard.RINGING)

    @pytest.mark.feature("Q-01")
    def test_music_until_it_rings_at_a_member(self) -> None:
        house = House(reception(waiting_sound="music_until_ringing"))
        house.logs_in("anna")
        karin = straight(house)
        assert house.phone("anna").rings and karin.hears(Heard.RINGING)
        house.phone("anna").declines()
        assert karin.hears(Heard.MUSIC)
        house.waits(15)
        house.waits(2)
        assert karin.hears(Heard.RINGING)
        house.logs_out("anna")
        assert karin.hears(Heard.MUSIC)
        house.logs_in("anna")
        assert house.phone("anna").answers().hears_voice_of(karin)
        karin.hangs_up()
        house.everything_is_over()

    @pytest.mark.feature("Q-01", "Q-22")
    def test_the_tone_outlives_the_application(self) -> None:
        house = House(reception(waiting_sound="music_until_ringing"))
        house.logs_in("anna")
        karin = straight(house)
        house.application_dies()
        house.application_starts()
        assert karin.hears(Heard.RINGING)
        house.phone("anna").declines()
        assert karin.hears(Heard.MUSIC)


class TestIntervals:
    @pytest.mark.feature("Q-02")
    def test_each_thing_is_told_at_an_interval_of_its_own(self) -> None:
        told = {
            "first_after": 5,
            "every": 30,
            "estimated_wait": False,
            "members": True,
            "members_every": 100,
            "messages": [{"message": "patience", "every": 60}],
        }
        house = House({**reception(announcements=told), **MESSAGES})
        a_busy_member(house)
        karin = straight(house)
        house.waits(5)
        assert karin.told == ["queue.next", "queue.members", "patience"], "the first time all at once"
        assert told_after(house, karin, 37) == ["queue.next"]
        assert told_after(house, karin, 34) == ["queue.next", "patience"], (
            "what is due within a moment is told together"
        )
        assert told_after(house, karin, 200).count("queue.members") == 2

    @pytest.mark.feature("Q-02")
    def test_calls_ahead_in_place_of_the_position(self) -> None:
        house = House(reception(announcements={"position_as": "ahead", "first_after": 5}))
        straight(house, LARS)
        karin = straight(house, KARIN)
        house.waits(5)
        assert karin.told == ["queue.ahead"]
        assert value_of(karin.last_told, "ahead") == Count(1)

    @pytest.mark.feature("Q-02")
    def test_nothing_is_said_of_members_when_there_are_none(self) -> None:
        house = House(reception(announcements={"position": False, "members": True}))
        karin = straight(house)
        house.waits(300)
        assert karin.told == []

    @pytest.mark.feature("Q-02")
    def test_what_is_due_while_something_is_said_follows_and_cuts_nothing(self) -> None:
        told = {"first_after": 1, "every": 10, "messages": [{"message": "patience", "every": 17}]}
        house = House({**reception(announcements=told), **MESSAGES})
        karin = straight(house)
        house.waits(600)
        assert karin.told.count("patience") >= 25
        assert karin.told.count("queue.next") >= 40

    def test_a_timer_of_before_tells_everything_that_is_due(self) -> None:
        """Kept by a version in which all was told at one interval."""
        told = {"first_after": 5, "every": 30, "members": True, "members_every": 60}
        house = House(reception(announcements=told))
        a_busy_member(house)
        karin = straight(house)
        core = house.rebuilt()
        turn = Turn(core.state, core.revisions, house.now)
        announcing.announce(turn, karin.call.id, AnnounceTimer(karin.call.id).every)
        (said,) = [fact for _, fact in turn.facts if isinstance(fact, PromptStarted)]
        assert [name_of(phrase) for phrase in said.phrases] == ["queue.next", "queue.members"]

    def test_a_file_of_before_has_one_message(self) -> None:
        found = Announcements.model_validate({"message": "patience", "every": 30})
        assert [own.message for own in found.messages] == ["patience"]
        assert Announcements.model_validate({"message": None}).messages == ()

    def test_a_message_that_is_not_there_is_named(self) -> None:
        wrong = document(reception(announcements={"messages": [{"message": "nowhere"}]}))
        with pytest.raises(FaultyFile) as refused:
            check_configuration(wrong)
        assert "queues[0].announcements.messages[0].message" in [fault.path for fault in refused.value.faults]


class TestPlaces:
    @pytest.mark.feature("FLOW-19")
    def test_the_same_queue_sounds_otherwise_at_each_place(self) -> None:
        here = place(waiting_sound="ringing", announcements={"position": False, "messages": [{"message": "patience"}]})
        house = House({**here, **MESSAGES})
        house.logs_in("anna")
        house.phone("anna").goes_off()
        karin, lars = straight(house), house.caller_rings(MAIN, LARS)
        lars.presses("1")
        assert karin.hears(Heard.RINGING) and lars.hears(Heard.MUSIC)
        house.waits(5)
        assert karin.told == ["patience"]
        assert lars.told[-1] == "queue.position"

    @pytest.mark.feature("FLOW-19")
    def test_a_place_has_its_own_ring_time_and_longest_wait(self) -> None:
        house = House(place(ring_time=40, longest_wait=90))
        house.logs_in("anna")
        karin = straight(house)
        house.waits(39)
        assert house.phone("anna").rings
        house.waits(1)
        assert not house.phone("anna").rings
        house.waits(50)
        assert karin.record.parts[-1].outcome == "timed_out"

    @pytest.mark.feature("FLOW-19")
    def test_a_place_says_which_number_members_see(self) -> None:
        house = House({**place(presented="+46846500499"), **reception(member_sees="queue", presented="+46846500400")})
        house.logs_in("anna", "bo")
        straight(house, KARIN)
        lars = house.caller_rings(MAIN, LARS)
        lars.presses("1")
        assert house.phone("anna").answers().shown == "+46846500499"
        assert house.phone("bo").answers().shown == "+46846500400"
