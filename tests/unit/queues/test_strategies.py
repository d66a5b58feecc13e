"""Whom a caller rings: each strategy as its rule, and in the house."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from svarhus.adapters.simulated.time import START
from svarhus.adapters.simulated.world import Reaction
from svarhus.domains.queues.distribution import (
    STRATEGIES,
    escalating,
    priority_list,
    ring_all,
    ring_best,
    round_robin,
)
from svarhus.domains.queues.distribution.strategy import Candidate, Question, Wave
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.place import OnTheLine, Place
from svarhus.domains.queues.state import OfferEnded, OfferMade, QueueLeft, RoundEnded
from svarhus.domains.queues.ways import LeftBy
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, LegId, PersonKey, PlaceId, QueueKey
from unit.exchange.house import KARIN, LARS, STRAIGHT, House, Party

PLACE = Place(id=PlaceId(1), queue=QueueKey("care"), entered_at=START, priority=0, subject=OnTheLine(CallId("call-1")))
PEOPLE = ("anna", "bo", "cia", "dan", "eva")


def member(order: int, priority: int = 1) -> Candidate:
    return Candidate(PersonKey(f"m{order}"), priority, START, order)


def orders(wave: Wave) -> list[int]:
    return [each.order for each in wave.members]


class TestTheRules:
    def test_round_robin_goes_through_the_list_and_begins_anew(self) -> None:
        free = [member(order, priority=9 - order) for order in (4, 0, 2)]
        assert orders(round_robin.choose(Question(PLACE, free))) == [0]
        assert orders(round_robin.choose(Question(PLACE, free, last=0))) == [2]
        assert orders(round_robin.choose(Question(PLACE, free, last=3))) == [4]
        assert orders(round_robin.choose(Question(PLACE, free, last=4))) == [0]

    def test_of_a_priority_list_the_lowest_number_and_inside_one_the_first_is_rung(self) -> None:
        assert orders(priority_list.choose(Question(PLACE, [member(0, 5), member(2, 0), member(1, 0)]))) == [1]

    def test_with_the_first_two_of_fifteen_busy_and_ten_at_once_members_three_to_twelve_ring(self) -> None:
        free = [member(order) for order in range(2, 15)]
        assert [order + 1 for order in orders(ring_all.choose(Question(PLACE, free)))] == list(range(3, 13))

    def test_ten_who_are_free_all_ring_and_of_eleven_the_first_ten_of_the_list(self) -> None:
        assert len(ring_all.choose(Question(PLACE, [member(order) for order in range(10)])).members) == 10
        eleven = [member(order) for order in reversed(range(11))]
        assert orders(ring_all.choose(Question(PLACE, eleven))) == list(range(10))

    def test_those_who_ring_already_count_among_those_at_once(self) -> None:
        asked = Question(PLACE, [member(8), member(9)], ringing=[member(order) for order in range(3)], at_once=4)
        assert orders(ring_all.choose(asked)) == [8]

    def test_ring_best_rings_all_of_the_best_number_somebody_has(self) -> None:
        free = [member(0, 3), member(1, 2), member(2, 2)]
        assert orders(ring_best.choose(Question(PLACE, free))) == [1, 2]
        assert orders(ring_best.choose(Question(PLACE, [member(3, 1), member(4, 3)], ringing=free[1:]))) == [3]

    def test_escalating_takes_one_number_more_each_step_and_all_in_the_last(self) -> None:
        free = [member(0, 0), member(1, 1), member(2, 7)]
        waves = [escalating.choose(Question(replace(PLACE, step=step), free)) for step in range(4)]
        assert [orders(wave) for wave in waves] == [[0], [0, 1], [0, 1, 2], [0, 1, 2]]
        assert [wave.ring_times for wave in waves] == [3, 2, 1, 1]

    @pytest.mark.parametrize("name", STRATEGIES)
    def test_somebody_is_always_chosen(self, name: str) -> None:
        strategy = STRATEGIES[name]  # type: ignore[index]
        for free in ([member(3, 9)], [member(0, 9), member(1, 0)]):
            for last in (-1, 0, 7):
                chosen = strategy.choose(Question(PLACE, free, last=last, at_once=1)).members
                assert chosen and set(chosen) <= set(free)


# ------------------------------------------------------------------ in the house


def house_with(distribution: str, members: dict[str, int], **queue: object) -> House:
    people = {"dan": {"extension": "1004", "answers_at": "extension"}}
    listed = [{"person": person, "priority": priority} for person, priority in members.items()]
    house = House(
        {"people": people, "queues": {"reception": {"members": listed, "distribution": distribution, **queue}}}
    )
    house.logs_in(*members)
    return house


def straight(house: House, caller: str = KARIN) -> Party:
    return house.caller_rings(STRAIGHT, caller)


def ringing(house: House) -> list[str]:
    return [person for person in PEOPLE if house.phone(person).rings]


def rung(house: House) -> list[str]:
    return [fact.person for fact in house.facts_of(OfferMade)]


def ended(house: House) -> list[tuple[str, OfferOutcome]]:
    return [(fact.person, fact.outcome) for fact in house.facts_of(OfferEnded)]


@pytest.mark.feature("Q-06")
class TestRoundRobin:
    def test_the_members_take_turns_although_another_has_been_free_for_longer(self) -> None:
        house = house_with("round_robin", {"anna": 1, "bo": 1, "cia": 1})
        for person in ("anna", "bo", "cia", "anna"):
            straight(house)
            house.phone(person).answers().hangs_up()
        house.logs_out("bo")
        house.logs_in("bo")
        straight(house)
        house.phone("bo").answers().hangs_up()

    def test_whose_turn_it_is_survives_a_restart(self) -> None:
        house = house_with("round_robin", {"anna": 1, "bo": 1, "cia": 1})
        straight(house)
        house.phone("anna").answers().hangs_up()
        house.takes_snapshot()
        straight(house)
        house.phone("bo").answers().hangs_up()
        house.application_dies()
        house.application_starts()
        straight(house)
        assert ringing(house) == ["cia"]
        house.journal_tells_all()


@pytest.mark.feature("Q-06")
class TestPriorityList:
    def test_the_list_decides_whoever_was_rung_last(self) -> None:
        house = house_with("priority_list", {"cia": 2, "bo": 1, "anna": 1})
        for _ in range(2):
            straight(house)
            house.phone("bo").answers().hangs_up()

    def test_who_declines_is_not_rung_again_before_the_others_were(self) -> None:
        house = house_with("priority_list", {"anna": 0, "bo": 1}, after_call_work={"declined": 0, "missed": 0})
        house.phone("anna").always(Reaction.DECLINE)
        straight(house)
        assert rung(house) == ["anna", "bo"]
        house.waits(5)
        assert rung(house) == ["anna", "bo"]


@pytest.mark.feature("Q-06")
class TestRingAll:
    def test_of_five_all_ring_and_who_logs_in_meanwhile_rings_too(self) -> None:
        house = house_with("ring_all", dict.fromkeys(PEOPLE, 1))
        house.logs_out("eva")
        straight(house)
        assert ringing(house) == ["anna", "bo", "cia", "dan"]
        house.logs_in("eva")
        assert ringing(house) == list(PEOPLE)

    def test_when_one_of_the_most_at_once_declines_the_next_of_the_list_rings(self) -> None:
        house = house_with("ring_all", dict.fromkeys(PEOPLE, 1), most_at_once=3)
        straight(house)
        house.phone("bo").declines()
        assert ringing(house) == ["anna", "cia", "dan"]
        house.waits(16)
        assert ringing(house) == ["anna", "cia", "dan"], "who declined is not asked again in this round"

    def test_the_next_caller_rings_those_who_stop_ringing_for_the_first(self) -> None:
        house = house_with("ring_all", dict.fromkeys(PEOPLE, 1))
        straight(house)
        straight(house, LARS)
        house.phone("cia").answers()
        assert ringing(house) == ["anna", "bo", "dan", "eva"]
        assert {house.presented[LegId(offer)].presented for offer in house.core.state.offers} == {LARS}

    def test_a_phone_that_fails_does_not_stop_the_others(self) -> None:
        house = house_with("ring_all", {"anna": 1, "bo": 1})
        house.engine.when_called("1001", Reaction.UNREACHABLE)
        straight(house)
        assert ringing(house) == ["bo"]
        house.waits(19)
        assert rung(house) == ["anna", "bo"]

    def test_of_the_best_priority_all_ring_and_the_others_when_none_of_them_answers(self) -> None:
        house = house_with("ring_best", {"anna": 2, "bo": 1, "cia": 1, "dan": 3})
        straight(house)
        assert ringing(house) == ["bo", "cia"]
        house.waits(20)
        assert ringing(house) == ["anna"]
        house.waits(20)
        assert ringing(house) == ["dan"]


@pytest.mark.feature("Q-06")
class TestEscalating:
    def test_one_number_more_rings_after_each_ring_time_and_nobody_stops(self) -> None:
        house = house_with("escalating", {"anna": 0, "bo": 1, "cia": 1, "dan": 2}, ring_time=15)
        straight(house)
        assert ringing(house) == ["anna"]
        house.waits(14.9)
        assert ringing(house) == ["anna"]
        house.waits(0.1)
        assert ringing(house) == ["anna", "bo", "cia"]
        house.waits(15)
        assert ringing(house) == ["anna", "bo", "cia", "dan"]
        house.waits(15)
        assert ringing(house) == []
        assert {outcome for _, outcome in ended(house)} == {OfferOutcome.MISSED}
        assert len(house.facts_of(RoundEnded)) == 1
        house.waits(15)
        assert ringing(house) == ["anna"], "and from the beginning again"

    def test_a_number_of_which_nobody_is_free_is_no_step(self) -> None:
        house = house_with("escalating", {"anna": 0, "bo": 4, "cia": 9}, ring_time=15)
        house.logs_out("anna")
        straight(house)
        assert ringing(house) == ["bo"]
        house.waits(15)
        assert ringing(house) == ["bo", "cia"]

    def test_the_step_survives_a_restart(self) -> None:
        house = house_with("escalating", {"anna": 0, "bo": 1, "cia": 2}, ring_time=15)
        straight(house)
        house.waits(15)
        house.takes_snapshot()
        house.application_dies()
        house.waits(1)
        house.application_starts()
        assert ringing(house) == ["anna", "bo"]
        house.waits(14)
        assert ringing(house) == ["anna", "bo", "cia"]


@pytest.mark.feature("Q-07")
class TestRounds:
    @staticmethod
    def house(most_rounds: int, members: dict[str, int], **queue: object) -> House:
        settings = {"queue": "reception", "wait_for_nobody": True, "most_rounds": most_rounds}
        listed = [{"person": person, "priority": priority} for person, priority in members.items()]
        house = House(
            {
                "queues": {"reception": {"members": listed, "ring_time": 15, **queue}},
                "callflows": {"straight": {"elements": {"queue": {"settings": settings}}}},
            }
        )
        house.logs_in(*members)
        return house

    def test_after_so_many_rounds_the_caller_goes_on(self) -> None:
        house = self.house(2, {"anna": 1, "bo": 1}, after_call_work={"missed": 5})
        caller = straight(house)
        for person in ("anna", "bo", "anna", "bo"):
            assert ringing(house) == [person]
            assert not caller.gone
            house.waits(15)
        assert [fact.outcome for fact in house.facts_of(QueueLeft)] == [LeftBy.TIMED_OUT]
        assert caller.gone, "the flow says no more"

    def test_a_round_is_over_when_all_ring_at_once_and_nobody_answers(self) -> None:
        house = self.house(1, {"anna": 1, "bo": 1}, distribution="ring_all")
        caller = straight(house)
        house.phone("bo").declines()
        house.waits(14.9)
        assert not caller.gone
        house.waits(0.1)
        assert caller.gone

    def test_without_a_limit_they_are_asked_for_ever(self) -> None:
        house = house_with("longest_idle", {"anna": 1})
        caller = straight(house)
        house.waits(3600)
        assert not caller.gone
        assert len(house.facts_of(RoundEnded)) == 3600 // 35 + (3600 % 35 >= 20)

    def test_nobody_to_ask_is_no_round(self) -> None:
        house = self.house(1, {"anna": 1})
        house.phone("anna").goes_off()
        caller = straight(house)
        house.waits(600)
        assert not caller.gone and not house.facts_of(RoundEnded)


def test_idle_time_counts_from_the_last_call_and_not_from_ringing_in_vain() -> None:
    house = house_with("ring_all", {"anna": 1, "bo": 1})
    before = {person: house.core.state.agents[PersonKey(person)].idle_since for person in ("anna", "bo")}
    house.waits(30)
    caller = straight(house)
    house.waits(5)
    house.phone("anna").answers()
    caller.hangs_up()
    agents = house.core.state.agents
    assert agents[PersonKey("bo")].idle_since == before["bo"], "answered elsewhere costs nobody the turn"
    assert agents[PersonKey("anna")].idle_since == Instant(house.now)
    assert house.now - START >= timedelta(seconds=35)


@pytest.mark.feature("Q-09")
def test_a_member_of_two_queues_gets_first_who_waits_where_minutes_count_double() -> None:
    waits = {"settings": {"longest_wait": 3600}}
    house = House(
        {
            "queues": {"advice": {"precedence": "medium"}},
            "callflows": {"main": {"elements": {"advice": waits}}},
        }
    )
    first = house.caller_rings(STRAIGHT, KARIN)
    house.waits(100)
    second = house.caller_rings(caller=LARS)
    second.presses("7")
    house.waits(200)
    house.logs_in("bo")
    assert house.phone("bo").answers().hears_voice_of(second)
    first.hangs_up()


@pytest.mark.feature("Q-09")
def test_a_place_in_a_flow_lets_its_calls_go_before_those_of_other_queues() -> None:
    urgent = {"settings": {"queue": "advice", "precedence": "highest", "longest_wait": 3600}}
    house = House({"callflows": {"main": {"elements": {"advice": urgent}}}})
    first = house.caller_rings(STRAIGHT, KARIN)
    house.waits(100)
    second = house.caller_rings(caller=LARS)
    second.presses("7")
    house.application_dies()
    house.application_starts()
    house.logs_in("bo")
    assert house.phone("bo").answers().hears_voice_of(second)
    assert not first.gone
    house.journal_tells_all()
