"""Who leaves a queue by a key to hear of a callback, and does not want it, has lost nothing."""

import pytest

from svarhus.domains.calls.model import Outcome
from svarhus.domains.queues.state import QueueEntered
from svarhus.exchange.core.facts import decode
from unit.exchange.house import KARIN, LARS, MAIN, MONA, STRAIGHT, Changes, Death, House, Party

NO_PLACES: Changes = {"schedules": {"nurses": {"periods": []}}}


def reception(**settings: object) -> Changes:
    return {"callflows": {"main": {"elements": {"reception": {"settings": settings}}}}}


def three_wait(house: House) -> tuple[Party, Party, Party]:
    """In the reception's queue, Karin first."""
    house.logs_in("anna")
    house.phone("anna").goes_off()
    karin = house.caller_rings(MAIN, KARIN)
    house.waits(2)
    karin.presses("1")
    house.waits(10)
    lars, mona = house.caller_rings(STRAIGHT, LARS), house.caller_rings(STRAIGHT, MONA)
    house.waits(10)
    assert house.waiting_in("reception") == [karin.leg, lars.leg, mona.leg]
    return karin, lars, mona


def goes_home(house: House) -> None:
    while legs := list(house.engine.world.legs):
        house.engine.hang_up(legs[0])
        house.settle()
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


class TestTheSamePlace:
    @pytest.mark.feature("Q-03", "CB-01")
    def test_who_declines_is_first_again_and_has_waited_as_long(self) -> None:
        house = House()
        karin, lars, mona = three_wait(house)
        entered_at = house.place(karin.call.id).entered_at
        karin.presses("2")
        assert house.waiting_in("reception") == [lars.leg, mona.leg]
        karin.presses("*")
        house.waits(2)
        assert house.waiting_in("reception") == [karin.leg, lars.leg, mona.leg]
        assert house.place(karin.call.id).entered_at == entered_at
        house.phone("anna").comes_on()
        assert house.phone("anna").answers().hears_voice_of(karin)
        goes_home(house)

    @pytest.mark.feature("STAT-01")
    def test_it_is_one_stay_in_the_queue(self) -> None:
        house = House()
        karin, _, _ = three_wait(house)
        entered_at = karin.call.parts[0].entered_at
        karin.presses("2*")
        house.waits(30)
        karin.hangs_up()
        [part] = karin.record.parts
        assert (part.outcome, part.entered_at, karin.record.outcome) == ("abandoned", entered_at, Outcome.ABANDONED)
        assert part.wait == karin.record.wait == (karin.record.ended_at - entered_at).total_seconds()

    def test_who_says_nothing_goes_back_as_well(self) -> None:
        house = House()
        karin, lars, mona = three_wait(house)
        karin.presses("2")
        house.waits(40)
        assert karin.told.count("callback.declined") == 1
        assert house.waiting_in("reception") == [karin.leg, lars.leg, mona.leg]

    def test_who_finds_that_there_is_no_time_goes_back_as_well(self) -> None:
        house = House(NO_PLACES)
        karin, lars, mona = three_wait(house)
        karin.presses("2")
        assert karin.told[-1] == "callback.none"
        house.waits(2)
        assert house.waiting_in("reception") == [karin.leg, lars.leg, mona.leg]

    def test_who_books_does_not(self) -> None:
        house = House()
        karin, lars, mona = three_wait(house)
        karin.presses("21")
        house.waits(2)
        assert karin.told[-1] == "goodbye"
        assert house.waiting_in("reception") == [lars.leg, mona.leg]

    def test_a_queue_that_has_become_full_takes_back_who_was_in_it(self) -> None:
        house = House(reception(most_waiting=1))
        karin, lars, mona = three_wait(house)
        karin.presses("2*")
        house.waits(2)
        assert house.waiting_in("reception") == [karin.leg, lars.leg, mona.leg]

    def test_the_longest_wait_counts_from_the_beginning(self) -> None:
        house = House(reception(longest_wait=60))
        karin, _, _ = three_wait(house)
        began = house.place(karin.call.id).entered_at
        karin.presses("2*")
        house.waits(60 - (house.now - began).total_seconds() - 1)
        assert house.waiting_in("reception")[0] == karin.leg
        house.waits(1)
        assert karin.call.parts[-1].outcome == "timed_out"

    def test_whom_the_queue_does_not_take_back_is_led_on_by_the_flow(self) -> None:
        house = House()
        karin, _, _ = three_wait(house)
        karin.presses("2")
        house.logs_out("anna")
        karin.presses("*")
        house.waits(2)
        assert karin.told[-1] == "greeting", "nobody is logged in, and the flow says voicemail"

    def test_who_came_by_the_menu_goes_where_the_flow_says(self) -> None:
        house = House()
        karin = house.caller_rings(MAIN, KARIN)
        karin.presses("2*")
        house.waits(2)
        assert karin.told[-1] == "goodbye"

    @pytest.mark.parametrize("dies", [Death.BEFORE_COMMIT, Death.BEFORE_ACTING])
    def test_after_a_kill_the_place_is_still_there(self, dies: Death) -> None:
        house = House()
        karin, lars, mona = three_wait(house)
        karin.presses("2")
        house.takes_snapshot()
        karin.presses("*")
        house.dies = dies
        house.waits(2)
        if not house.alive:
            house.application_starts()
        house.waits(5)
        assert house.waiting_in("reception") == [karin.leg, lars.leg, mona.leg]
        house.journal_tells_all()


def test_who_entered_a_queue_under_an_older_version_came_anew() -> None:
    fact = decode(b'{"type":"queue_entered","call":"a-1","queue":"q","priority":0,"position":1,"staff":2}')
    assert isinstance(fact, QueueEntered)
    assert (fact.place, fact.since) == (None, None)
