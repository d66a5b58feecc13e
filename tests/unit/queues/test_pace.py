"""A queue that is paced by its work schedule."""

from datetime import timedelta

import pytest

from svarhus.domains.queues.state import CallLetThrough
from svarhus.exchange.core.requests import BookCallback, CancelCallback
from svarhus.exchange.showing.live import queues
from svarhus.kit.clock import Instant, after
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, MONA, STRAIGHT, Changes, House, Party

ALWAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def paced(calls_per_hour: int) -> Changes:
    """Periods of an hour, all day and night."""
    periods = [
        {"days": ALWAYS, "from": f"{hour:02}:00", "to": f"{hour + 1:02}:00", "calls_per_hour": calls_per_hour}
        for hour in range(24)
    ]
    after = {"after_call_work": {"answered": 0, "declined": 0, "missed": 0}}
    return {
        "schedules": {"pace": {"name": "Pace", "periods": periods, "notice_minutes": 0}},
        "queues": {"reception": {"pace": "pace", **after}},
    }


def straight(house: House, caller: str = KARIN) -> Party:
    return house.caller_rings(STRAIGHT, caller)


def answers(house: House, caller: Party) -> None:
    member = house.phone("anna").answers()
    assert member.hears_voice_of(caller)
    member.hangs_up()


def _taken(house: House, at: Instant) -> int:
    """In the hour that begins then."""
    return house.core.state.taken_between("pace", at, after(at, timedelta(hours=1)), house.now)


@pytest.mark.feature("Q-04")
class TestPace:
    def test_in_each_period_so_many_are_let_through_as_it_has_places(self) -> None:
        house = House(paced(2))
        house.logs_in("anna")
        karin, lars, mona = (straight(house, caller) for caller in (KARIN, LARS, MONA))
        answers(house, karin)
        answers(house, lars)
        assert not house.phone("anna").rings, "two have been let through in this hour"
        assert house.waiting_in("reception") == [mona.leg]
        (shown,) = (each for each in queues(house.core) if each.key == "reception")
        assert shown.held_until is not None
        house.waits((shown.held_until - house.now).total_seconds() - 1)
        assert not house.phone("anna").rings
        house.waits(1)
        answers(house, mona)
        assert len(house.facts_of(CallLetThrough)) == 3

    def test_who_was_let_through_is_rung_for_again_and_counts_once(self) -> None:
        house = House(paced(1))
        house.logs_in("anna")
        karin = straight(house)
        house.phone("anna").declines()
        house.waits(1)
        answers(house, karin)
        assert len(house.facts_of(CallLetThrough)) == 1

    def test_who_keeps_the_place_counts_once(self) -> None:
        changes = paced(2)
        own = {"after": 0, "from_position": 1, "confirm_number": False}
        house = House({**changes, "queues": {"reception": {"pace": "pace", "keeps_places": own}}})
        house.logs_in("anna")
        karin = straight(house)
        karin.presses("1")
        karin.hangs_up()
        house.waits(1)
        assert house.phone("anna").rings and len(house.facts_of(CallLetThrough)) == 1
        house.phone("anna").answers()
        house.outside(KARIN).declines()
        house.waits(10 * 60)
        assert house.phone("anna").rings and len(house.facts_of(CallLetThrough)) == 1
        house.journal_tells_all()

    def test_bookings_of_other_hours_are_not_counted(self) -> None:
        changes = paced(1)
        house = House({**changes, "queues": {"reception": {"pace": "pace", "callbacks": {"schedule": "pace"}}}})
        house.logs_in("anna")
        for caller in (LARS, MONA):
            house.asks(BookCallback(QueueKey("reception"), caller, PersonKey("anna")))
        first, second = (each.due_at for each in house.bookings)
        assert [_taken(house, at) for at in (first, second)] == [1, 1]
        house.asks(CancelCallback(house.bookings[0].id, PersonKey("anna")))
        assert [_taken(house, at) for at in (first, second)] == [0, 1]
        house.journal_tells_all()

    def test_bookings_are_counted_with_them(self) -> None:
        changes = paced(1)
        house = House({**changes, "queues": {"reception": {"pace": "pace", "callbacks": {"schedule": "pace"}}}})
        house.waits(1)
        house.asks(BookCallback(QueueKey("reception"), LARS, PersonKey("anna")))
        (booking,) = house.bookings
        house.waits((booking.due_at - house.now).total_seconds() + 1)
        karin = straight(house)
        house.logs_in("anna")
        assert house.waiting_in("reception") == [karin.leg]
        assert not house.facts_of(CallLetThrough), "the only place of this hour is promised"

    def test_outside_of_periods_the_schedule_says_nothing(self) -> None:
        house = House({**paced(1), "schedules": {"pace": {"name": "Pace", "periods": []}}})
        house.logs_in("anna")
        for caller in (KARIN, LARS, MONA):
            answers(house, straight(house, caller))

    def test_no_waiting_sends_on_whom_the_pace_holds(self) -> None:
        house = House(paced(1))
        house.takes_configuration(
            {**paced(1), "queues": {"reception": {"pace": "pace", "entry": {"no_waiting": True}}}}
        )
        house.logs_in("anna")
        answers(house, straight(house, KARIN))
        house.waits(20)
        assert straight(house, LARS).told == ["voicemail.leave"]

    def test_a_restart_keeps_the_count(self) -> None:
        house = House(paced(1))
        house.logs_in("anna")
        answers(house, straight(house, KARIN))
        house.takes_snapshot()
        house.application_dies()
        house.application_starts()
        lars = straight(house, LARS)
        house.waits(30)
        assert house.waiting_in("reception") == [lars.leg] and not house.phone("anna").rings
        house.journal_tells_all()
