"""Who is let into a queue, and the ways on of those who are not."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.model import Outcome
from svarhus.domains.queues.entry import NotLetInBy
from svarhus.domains.queues.state import NotLetIn
from svarhus.ports.telephony import EndCause
from unit.exchange.house import KARIN, LARS, MONA, STRAIGHT, Changes, House, Party


def entry(**limits: object) -> Changes:
    return {"queues": {"reception": {"entry": limits}}}


def straight(house: House, caller: str = KARIN) -> Party:
    return house.caller_rings(STRAIGHT, caller)


def a_busy_member(house: House) -> Party:
    """Anna is logged in, and talks with somebody."""
    house.logs_in("anna")
    caller = straight(house, MONA)
    house.phone("anna").answers()
    return caller


def waits_of(house: House, seconds: float) -> None:
    """Three who waited so long, the first in line, for the only member."""
    for _ in range(3):
        busy = a_busy_member(house)
        waiting = straight(house, LARS)
        house.waits(seconds)
        busy.hangs_up()
        house.phone("anna").answers()
        house.waits(1)
        waiting.hangs_up()


def why(house: House) -> list[NotLetInBy]:
    return [fact.reason for fact in house.facts_of(NotLetIn)]


class TestLimits:
    @pytest.mark.feature("Q-03", "Q-26")
    def test_ten_in_the_queue_and_the_eleventh_goes_to_voicemail(self) -> None:
        house = House(entry(most_waiting=10))
        a_busy_member(house)
        waiting = [straight(house, f"+4670200{number:04}") for number in range(10)]
        eleventh = straight(house, KARIN)
        assert house.waiting_in("reception") == [party.leg for party in waiting]
        assert eleventh.told == ["voicemail.leave"]
        house.waits(3)
        assert eleventh.hears(Heard.SILENCE), "the message is being recorded"
        assert eleventh.call.parts == ()
        assert why(house) == [NotLetInBy.MOST_WAITING]

    @pytest.mark.feature("Q-05", "Q-26")
    def test_with_no_waiting_a_free_member_is_rung(self) -> None:
        house = House(entry(no_waiting=True))
        house.logs_in("anna")
        karin = straight(house)
        assert house.phone("anna").rings
        lars = straight(house, LARS)
        assert lars.told == ["voicemail.leave"], "the only member is rung for another"
        assert house.waiting_in("reception") == [karin.leg]
        assert house.phone("anna").answers().hears_voice_of(karin)

    @pytest.mark.feature("Q-05", "Q-26")
    def test_leave_if_there_is_a_queue_means_who_would_have_to_wait(self) -> None:
        house = House(entry(most_waiting=0))
        house.logs_in("anna", "bo")
        straight(house)
        straight(house, LARS)
        assert house.phone("anna").rings and house.phone("bo").rings
        straight(house, MONA)
        assert why(house) == [NotLetInBy.MOST_WAITING]

    @pytest.mark.feature("Q-05", "Q-26")
    def test_a_member_whose_phone_is_away_is_not_free(self) -> None:
        house = House(entry(no_waiting=True))
        house.logs_in("anna")
        house.phone("anna").goes_off()
        straight(house)
        assert why(house) == [NotLetInBy.NO_WAITING]

    @pytest.mark.feature("Q-26", "Q-19")
    def test_a_member_without_what_the_caller_needs_is_not_free(self) -> None:
        wounds = [{"skill": "Wounds", "level": 5}]
        needs = {"needs": {"skills": wounds}, "entry": {"no_waiting": True}}
        house = House({"queues": {"reception": needs}, "people": {"bo": {"skills": wounds}}})
        house.logs_in("anna")
        straight(house)
        assert why(house) == [NotLetInBy.NO_WAITING]
        house.logs_in("bo")
        karin = straight(house)
        assert house.phone("bo").answers().hears_voice_of(karin)

    @pytest.mark.feature("Q-26", "Q-21")
    def test_who_would_wait_longer_by_the_estimate_is_not_let_in(self) -> None:
        house = House(entry(longest_estimate=4))
        waits_of(house, 150)
        a_busy_member(house)
        first = straight(house, KARIN)
        second = straight(house, LARS)
        assert house.waiting_in("reception") == [first.leg]
        assert second.told == ["voicemail.leave"]
        [fact] = house.facts_of(NotLetIn)
        assert fact.reason is NotLetInBy.LONGEST_ESTIMATE
        assert fact.estimated == pytest.approx(300, abs=10)

    @pytest.mark.feature("Q-26")
    def test_an_unknown_estimate_lets_in(self) -> None:
        house = House(entry(longest_estimate=1))
        a_busy_member(house)
        waiting = [straight(house, caller) for caller in (KARIN, LARS)]
        assert house.waiting_in("reception") == [party.leg for party in waiting]

    @pytest.mark.feature("Q-05")
    def test_a_place_in_a_flow_may_say_otherwise(self) -> None:
        place = {"elements": {"queue": {"settings": {"no_waiting": False, "most_waiting": 1}}}}
        house = House({**entry(no_waiting=True, most_waiting=0), "callflows": {"straight": place}})
        a_busy_member(house)
        karin = straight(house)
        straight(house, LARS)
        assert house.waiting_in("reception") == [karin.leg]

    @pytest.mark.feature("Q-03", "Q-07")
    def test_the_queue_says_how_long_anybody_waits(self) -> None:
        house = House(entry(longest_wait=60))
        a_busy_member(house)
        karin = straight(house)
        house.waits(59)
        assert house.waiting_in("reception") == [karin.leg]
        house.waits(1)
        assert karin.record.parts[-1].outcome == "timed_out"


class TestWaysOn:
    @pytest.mark.feature("Q-26")
    def test_voicemail_is_for_the_queue(self) -> None:
        house = House(entry(no_waiting=True))
        a_busy_member(house)
        karin = straight(house)
        house.waits(2 + 5)
        karin.presses_at_once("#")
        assert karin.told[-1] == "voicemail.thanks"
        house.waits(3)
        assert karin.gone
        assert (karin.record.outcome, karin.record.queue) == (Outcome.VOICEMAIL, "reception")

    @pytest.mark.feature("Q-26", "Q-14")
    def test_a_number_is_rung(self) -> None:
        house = House(entry(no_waiting=True, way_on="number", number="1003"))
        a_busy_member(house)
        karin = straight(house)
        house.waits(3)
        assert house.phone("cia").rings
        assert house.phone("cia").answers().hears_voice_of(karin)

    @pytest.mark.feature("Q-26")
    def test_the_standard_message_is_said_and_the_call_ends(self) -> None:
        house = House(entry(no_waiting=True, way_on="message"))
        a_busy_member(house)
        karin = straight(house)
        assert karin.told == ["queue.not_let_in"]
        house.waits(10)
        assert karin.gone

    @pytest.mark.feature("Q-26")
    def test_who_was_not_answered_hears_the_busy_tone(self) -> None:
        house = House(entry(no_waiting=True, way_on="busy"))
        a_busy_member(house)
        assert straight(house).refused_with is EndCause.BUSY

    @pytest.mark.feature("Q-26")
    def test_the_flow_goes_before_the_queue(self) -> None:
        place = {"elements": {"queue": {"exits": {"full": "sorry"}}, "sorry": {"type": "hang_up"}}}
        house = House({**entry(no_waiting=True), "callflows": {"straight": place}})
        a_busy_member(house)
        karin = straight(house)
        assert karin.gone and karin.told == []
