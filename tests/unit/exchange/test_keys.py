"""Which keys count."""

import pytest

from svarhus.domains.calls.facts import KeyPressed
from unit.exchange.house import CALL_ME, KARIN, MAIN, House, Party

EARLY = 0.05


def has_booking(house: House) -> Party:
    """Somebody with a booking calls again and comes to the menu."""
    first = house.caller_rings(CALL_ME, KARIN)
    first.presses("11")
    first.hangs_up()
    karin = house.caller_rings(MAIN, KARIN)
    house.waits(2.5)
    assert karin.told[-1] == "choices"
    return karin


class TestTypingAhead:
    @pytest.mark.feature("CB-03")
    def test_a_second_quick_key_is_no_answer_to_a_question_that_nobody_has_heard(self) -> None:
        house = House()
        karin = has_booking(house)
        karin.presses_at_once("2")
        house.waits(EARLY)
        karin.presses_at_once("2")
        assert karin.told[-1] == "callback.already"
        assert len(house.bookings) == 1

    def test_a_key_during_a_message_counts_for_the_menu_after_it_and_for_nothing_else(self) -> None:
        skipped = {"callflows": {"main": {"elements": {"welcome": {"exits": {"next": "callback"}}}}}}
        house = House(skipped)
        karin = house.caller_rings()
        karin.presses("1")
        assert karin.told[-1] == "callback.offer"
        assert house.bookings == []

    def test_whoever_waits_in_a_queue_may_leave_it_whatever_is_said(self) -> None:
        house = House()
        house.logs_in("anna")
        house.logs_out("anna")
        karin = house.caller_rings()
        karin.presses("8")
        house.waits(5)
        assert karin.told[-1] in ("queue.next", "queue.wait_unknown", "queue.position")
        karin.presses_at_once("2")
        assert house.waiting_in("reception") == []

    def test_a_number_may_be_keyed_from_the_first_moment_on(self) -> None:
        house = House()
        stranger = house.caller_rings(CALL_ME, None)
        stranger.presses("1")
        for digit in "0812345678#":
            stranger.presses_at_once(digit)
            house.waits(0.15)
        assert stranger.told[-1] == "callback.number"

    def test_another_key_chooses_at_once_for_whoever_knows_the_choices(self) -> None:
        house = House()
        karin = house.caller_rings()
        for key in "61":
            karin.presses_at_once(key)
        assert karin.told[-1] == "greeting"

    @pytest.mark.parametrize(("after", "chosen"), [(0.3, "more-choices"), (0.5, "goodbye")])
    def test_the_same_key_again_chooses_once_the_choices_have_been_heard(self, after: float, chosen: str) -> None:
        two_menus = {"callflows": {"main": {"elements": {"menu": {"exits": {"2": "more"}}}}}}
        house = House(two_menus)
        karin = house.caller_rings()
        house.waits(3)
        karin.presses_at_once("2")
        house.waits(after)
        karin.presses_at_once("2")
        assert karin.told[-1] == chosen


class TestOnePress:
    @pytest.mark.parametrize("gap", [0.0, 0.1, 0.24])
    def test_the_same_key_at_once_is_the_same_press(self, gap: float) -> None:
        house = House()
        karin = has_booking(house)
        karin.presses("2")
        house.waits(1)
        for _ in range(3):
            karin.presses_at_once("2")
            house.waits(gap)
        assert karin.told[-1] == "callback.cancel"
        assert len(house.bookings) == 1

    def test_a_digit_that_arrives_twice_is_keyed_once(self) -> None:
        house = House()
        stranger = house.caller_rings(CALL_ME, None)
        stranger.presses("1")
        for digit in "0812345678#":
            stranger.presses_at_once(digit)
            stranger.presses_at_once(digit)
            house.waits(0.3)
        stranger.presses("1")
        assert [booking.number for booking in house.bookings] == ["+46812345678"]

    def test_equal_digits_of_a_number_all_count(self) -> None:
        house = House()
        stranger = house.caller_rings(CALL_ME, None)
        stranger.presses("1")
        for digit in "0866666666#":
            stranger.presses_at_once(digit)
            house.waits(0.15)
        stranger.presses("1")
        assert [booking.number for booking in house.bookings] == ["+46866666666"]

    def test_digits_that_had_to_wait_for_us_are_told_apart_by_the_engines_clock(self) -> None:
        house = House()
        stranger = house.caller_rings(CALL_ME, None)
        stranger.presses("1")
        house.busy = True
        for digit in "0866666666#":
            stranger.presses_at_once(digit)
            house.waits(0.15)
        house.catches_up()
        stranger.presses("1")
        assert [booking.number for booking in house.bookings] == ["+46866666666"]

    def test_a_press_that_had_to_wait_for_us_is_still_one(self) -> None:
        house = House()
        stranger = house.caller_rings(CALL_ME, None)
        stranger.presses("1")
        house.busy = True
        for digit in "0812345678#":
            for _ in "abc":
                stranger.presses_at_once(digit)
                house.waits(0.02)
            house.waits(0.3)
        house.catches_up()
        stranger.presses("1")
        assert [booking.number for booking in house.bookings] == ["+46812345678"]

    def test_all_are_in_the_journal(self) -> None:
        house = House()
        karin = house.caller_rings()
        karin.presses_at_once("66")
        assert [fact.digit for fact in house.facts_of(KeyPressed)] == ["6", "6"]
