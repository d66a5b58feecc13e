"""Waiting in a queue: the order, what is heard meanwhile, and when a caller goes elsewhere."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.model import Outcome
from svarhus.domains.queues.estimate import FEWEST_SEEN, estimated_wait
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.state import OfferEnded, Wait
from svarhus.ports.speech import Count, Minutes, Phrase, TemplatePhrase
from svarhus.ports.telephony import EndCause
from unit.exchange.house import KARIN, LARS, MAIN, MONA, STRAIGHT, Changes, House, Party, name_of


def by_menu(house: House, key: str, caller: str = KARIN) -> Party:
    party = house.caller_rings(MAIN, caller)
    party.presses(key)
    return party


def straight(house: House, caller: str = KARIN) -> Party:
    return house.caller_rings(STRAIGHT, caller)


def reception(changes: Changes) -> Changes:
    return {"queues": {"reception": changes}}


def value_of(phrase: Phrase, name: str) -> object:
    assert isinstance(phrase, TemplatePhrase)
    return phrase.values[name]


def an_answered_call_after(house: House, seconds: float) -> None:
    """One real wait of so many seconds for the only member, Anna."""
    party = straight(house)
    house.waits(seconds)
    house.logs_in("anna")
    house.phone("anna").answers().hangs_up()
    house.logs_out("anna")
    assert party.gone


class TestOrder:
    @pytest.mark.feature("Q-01")
    def test_callers_are_answered_in_order_of_arrival(self) -> None:
        house = House()
        karin, lars, mona = (straight(house, caller) for caller in (KARIN, LARS, MONA))
        assert house.waiting_in("reception") == [karin.leg, lars.leg, mona.leg]
        house.logs_in("anna")
        for caller in (karin, lars, mona):
            anna = house.phone("anna").answers()
            assert anna.hears_voice_of(caller)
            anna.hangs_up()
        house.everything_is_over()

    @pytest.mark.feature("Q-01")
    def test_priority_goes_before_arrival(self) -> None:
        house = House()
        karin, urgent, lars, urgent_too = (
            straight(house, KARIN),
            by_menu(house, "8", LARS),
            straight(house, LARS),
            by_menu(house, "8", MONA),
        )
        assert house.waiting_in("reception") == [urgent.leg, urgent_too.leg, karin.leg, lars.leg]
        house.logs_in("anna")
        assert house.phone("anna").answers().hears_voice_of(urgent)

    @pytest.mark.feature("Q-01")
    def test_waiting_callers_hear_music(self) -> None:
        house = House()
        assert straight(house).hears(Heard.MUSIC)

    @pytest.mark.feature("Q-01")
    def test_whoever_is_rung_for_in_vain_keeps_the_place(self) -> None:
        house = House()
        house.logs_in("anna")
        karin, lars = straight(house, KARIN), straight(house, LARS)
        house.phone("anna").declines()
        assert house.waiting_in("reception") == [karin.leg, lars.leg]
        house.waits(15)
        assert house.phone("anna").answers().hears_voice_of(karin)

    @pytest.mark.feature("Q-01")
    def test_a_member_of_two_queues_answers_who_came_first(self) -> None:
        house = House()
        first, second = by_menu(house, "7", KARIN), straight(house, LARS)
        house.logs_in("bo")
        assert house.phone("bo").answers().hears_voice_of(first)
        assert second.hears(Heard.MUSIC)

    @pytest.mark.feature("Q-01")
    def test_a_queue_with_many_callers_does_not_starve_another(self) -> None:
        """One who can serve only the long queue leaves the next of the other one to whoever can."""
        house = House()
        long_queue = [straight(house, f"+4670200{number:04}") for number in range(20)]
        other = by_menu(house, "7", KARIN)
        house.logs_in("anna", "cia")
        assert house.phone("anna").answers().hears_voice_of(long_queue[0])
        assert house.phone("cia").answers().hears_voice_of(other)

    @pytest.mark.feature("Q-01", "Q-22")
    def test_a_queue_never_stops_offering(self) -> None:
        """Hundreds of callers through two members, each hanging up somewhere: nobody is left over."""
        house = House()
        house.logs_in("anna", "bo")
        for number in range(200):
            straight(house, f"+4670200{number:04}")
        for turn in range(200):
            phone = house.phone("anna" if turn % 2 else "bo")
            if phone.rings and turn % 7 == 0:
                phone.declines()
                house.waits(15)
            elif phone.rings:
                member = phone.answers()
                house.waits(turn % 5)
                member.hangs_up()
        while house.waiting_in("reception"):
            for person in ("anna", "bo"):
                if house.phone(person).rings:
                    house.phone(person).answers().hangs_up()
            house.waits(1)
        house.everything_is_over()


class TestAnnouncements:
    @pytest.mark.feature("Q-02")
    def test_the_place_is_told_at_intervals_and_the_music_goes_on(self) -> None:
        house = House()
        straight(house, KARIN)
        lars = straight(house, LARS)
        house.waits(5)
        assert name_of(lars.last_told) == "queue.position"
        assert value_of(lars.last_told, "position") == Count(2)
        assert lars.hears(Heard.PROMPT)
        house.waits(2)
        assert lars.hears(Heard.MUSIC)
        house.waits(29)
        assert len(lars.told) == 1
        house.waits(1)
        assert len(lars.told) == 2

    @pytest.mark.feature("Q-02")
    def test_the_next_in_turn_is_told_so(self) -> None:
        house = House()
        karin = straight(house)
        house.waits(5)
        assert karin.told == ["queue.next"]

    @pytest.mark.feature("Q-02")
    def test_the_wait_is_told_when_enough_waits_were_seen(self) -> None:
        house = House()
        for _ in range(FEWEST_SEEN):
            an_answered_call_after(house, 100)
        house.logs_in("anna")
        straight(house, MONA)
        house.phone("anna").answers()
        straight(house, KARIN)
        lars = straight(house, LARS)
        house.waits(5)
        assert lars.told == ["queue.position"], "those waits were with nobody logged in"

    @pytest.mark.feature("Q-02")
    def test_the_estimate_is_what_real_waits_say(self) -> None:
        seen = [Wait(position=2, seconds=240, staff=2)] * 3
        assert estimated_wait(seen, position=3, staff=2) == 360
        assert estimated_wait(seen, position=3, staff=3) == 240
        assert estimated_wait(seen[:2], position=3, staff=2) is None
        assert estimated_wait(seen, position=3, staff=0) is None

    @pytest.mark.feature("Q-02")
    def test_the_estimate_is_said_in_minutes(self) -> None:
        house = House()
        house.logs_in("anna")
        for _ in range(FEWEST_SEEN):
            busy = straight(house, MONA)
            house.phone("anna").answers()
            waiting = straight(house, LARS)
            house.waits(90)
            busy.hangs_up()
            house.phone("anna").answers()
            waiting.hangs_up()
        straight(house, MONA)
        house.phone("anna").answers()
        straight(house, KARIN)
        lars = straight(house, LARS)
        house.waits(5)
        assert lars.told == ["queue.position", "queue.wait"]
        assert isinstance(value_of(lars.last_told, "wait"), Minutes)

    @pytest.mark.feature("Q-02")
    def test_the_houses_own_message_follows_and_each_may_be_off(self) -> None:
        settings = {"position": False, "estimated_wait": False, "message": "patience", "first_after": 3}
        house = House(reception({"announcements": settings}))
        karin = straight(house)
        house.waits(3)
        assert karin.told == ["patience"]

    @pytest.mark.feature("Q-02")
    def test_with_all_off_nothing_is_said(self) -> None:
        house = House(reception({"announcements": {"position": False, "estimated_wait": False}}))
        karin = straight(house)
        house.waits(600)
        assert karin.told == []

    @pytest.mark.feature("Q-02")
    def test_an_announcement_does_not_hold_up_the_answer(self) -> None:
        """Answered in the middle of an announcement: the two hear each other at once."""
        house = House()
        karin = straight(house)
        house.waits(5)
        assert karin.hears(Heard.PROMPT)
        house.logs_in("anna")
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(karin)
        assert karin.hears(Heard.PARTIES) and anna.hears(Heard.PARTIES)
        house.waits(300)
        assert karin.told == ["queue.next"], "announcements end with the waiting"


class TestLeaving:
    @pytest.mark.feature("Q-03", "Q-05")
    def test_a_full_queue_is_not_entered(self) -> None:
        house = House({"callflows": {"main": {"elements": {"reception": {"settings": {"most_waiting": 1}}}}}})
        house.logs_in("anna")
        straight(house, KARIN)
        straight(house, MONA)
        lars = by_menu(house, "1", LARS)
        assert lars.told[-1] == "call.busy"
        house.waits(20)
        assert lars.gone
        assert lars.record.parts == ()

    @pytest.mark.feature("Q-05")
    def test_leave_if_there_is_a_queue(self) -> None:
        element = {"settings": {"most_waiting": 0, "wait_for_nobody": True}}
        house = House(
            {"callflows": {"main": {"elements": {"reception": element, "hours": {"exits": {"open": "reception"}}}}}}
        )
        karin = house.caller_rings()
        assert karin.refused_with is EndCause.BUSY

    @pytest.mark.feature("Q-03", "Q-07")
    def test_after_the_longest_wait_the_caller_goes_on(self) -> None:
        house = House()
        house.logs_in("anna")
        house.phone("anna").goes_off()
        karin = by_menu(house, "1")
        house.waits(599)
        assert house.waiting_in("reception") == [karin.leg]
        house.waits(1)
        assert house.waiting_in("reception") == []
        assert karin.told[-1] == "callback.offer"
        assert karin.call.parts[-1].outcome == "timed_out"
        assert karin.call.parts[-1].wait == 600

    @pytest.mark.feature("Q-03")
    def test_a_call_that_flows_on_to_another_queue_has_a_part_in_each(self) -> None:
        house = House()
        house.logs_in("anna")
        house.phone("anna").goes_off()
        karin = by_menu(house, "7")
        house.waits(60)
        assert house.waiting_in("reception") == [karin.leg]
        house.waits(30)
        karin.hangs_up()
        assert [(part.queue, part.outcome, part.wait) for part in karin.record.parts] == [
            ("advice", "timed_out", 60),
            ("reception", "abandoned", 30),
        ]
        assert karin.record.outcome is Outcome.ABANDONED
        assert karin.record.wait == 90

    @pytest.mark.feature("Q-03", "FLOW-14")
    def test_a_key_leads_out_of_the_queue(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = by_menu(house, "1")
        assert house.phone("anna").rings
        karin.presses("2")
        assert not house.phone("anna").rings
        assert karin.told[-1] == "callback.offer"
        assert not karin.gone, "the phone that stopped ringing took the caller with it"
        assert karin.call.parts[-1].outcome == "chose_other"

    @pytest.mark.feature("Q-03")
    def test_music_stays_in_the_queue(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = by_menu(house, "1")
        karin.presses("2")
        house.waits(2)
        assert karin.hears(Heard.SILENCE)

    @pytest.mark.feature("Q-05", "Q-14")
    def test_with_nobody_logged_in_the_call_goes_elsewhere(self) -> None:
        house = House()
        karin = by_menu(house, "1")
        assert karin.told[-1] == "greeting"
        assert karin.call.parts == ()

    @pytest.mark.feature("Q-05")
    def test_an_empty_queue_may_be_allowed(self) -> None:
        house = House()
        karin = by_menu(house, "8")
        assert house.waiting_in("reception") == [karin.leg]

    @pytest.mark.feature("Q-14")
    def test_when_the_last_member_logs_out_the_waiting_go_elsewhere(self) -> None:
        house = House()
        house.logs_in("anna", "bo")
        house.phone("anna").dials("1005")
        house.phone("bo").dials("1003")
        karin, patient = by_menu(house, "1", KARIN), by_menu(house, "8", LARS)
        house.logs_out("anna")
        assert house.waiting_in("reception") == [patient.leg, karin.leg]
        house.logs_out("bo")
        assert house.waiting_in("reception") == [patient.leg]
        assert karin.told[-1] == "greeting"
        assert karin.call.parts[-1].outcome == "no_members"

    @pytest.mark.feature("Q-14")
    def test_the_phone_of_who_logs_out_stops_and_the_caller_goes_by_the_flow(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = by_menu(house, "1")
        house.logs_out("anna")
        assert not house.phone("anna").rings
        assert karin.told[-1] == "greeting"

    def test_a_caller_who_hangs_up_while_it_rings_makes_no_missed_call(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        house.waits(3)
        karin.hangs_up()
        assert not house.phone("anna").rings
        assert [ended.outcome for ended in house.facts_of(OfferEnded)] == [OfferOutcome.WITHDRAWN]
        assert karin.record.outcome is Outcome.ABANDONED
        lars = straight(house, LARS)
        assert house.phone("anna").answers().hears_voice_of(lars), "no after-call work for it"

    def test_a_caller_who_loses_the_connection_has_abandoned(self) -> None:
        house = House()
        karin = straight(house)
        karin.loses_sound()
        assert karin.record.outcome is Outcome.ABANDONED
        assert karin.record.legs[0].cause == "media_lost"
