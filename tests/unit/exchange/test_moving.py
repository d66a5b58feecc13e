"""Promises go over to other queues, are put off while the customer is talked with, and lose their places."""

from collections.abc import Mapping

import pytest

from svarhus.domains.callbacks.errors import CannotStart, HasPlace, NoCallbacks, NoSlot
from svarhus.domains.callbacks.state import BookingMoved, BookingStatus, WhyMoved
from svarhus.exchange.core.decisions.promises.fitting import unplaced
from svarhus.exchange.core.requests import (
    BookCallback,
    CallNow,
    CancelCallback,
    KeepCallback,
    MarkCallback,
    MoveCallback,
    StartCallback,
)
from svarhus.kit.ids import BookingId, QueueKey
from unit.exchange.house import KARIN, LARS, MONA, House
from unit.exchange.test_callbacks import ADVICE, BO, CIA, at, booked, due

RECEPTION = QueueKey("reception")
SEVERAL: Mapping[str, object] = {"organisation": {"several_callbacks": True}}
OTHER_TIMES: Mapping[str, object] = {
    "units": [{"key": "front", "name": "Front"}],
    "schedules": {
        "desk": {
            "name": "Desk",
            "periods": [{"days": ["mon", "tue"], "from": "14:00", "to": "15:00", "calls_per_hour": 2}],
            "days_ahead": 1,
        }
    },
    "queues": {"reception": {"unit": "front", "callbacks": {"schedule": "desk"}}},
}


def places(house: House) -> list[BookingId]:
    """Of whom nobody knows where they fit."""
    return [each.id for each in unplaced(house.core.state, house.core.rules, house.now)]


def narrower(calls_per_hour: int = 4, start: str = "08:00") -> Mapping[str, object]:
    period = {"days": ["mon", "tue"], "from": start, "to": "12:00", "calls_per_hour": calls_per_hour}
    return {"schedules": {"nurses": {"periods": [period]}}}


class TestToAnotherQueue:
    @pytest.mark.feature("CB-12")
    def test_it_takes_a_place_there_and_leaves_its_own(self) -> None:
        house = House(OTHER_TIMES)
        booking = booked(house)
        house.asks(MoveCallback(booking.id, CIA, at(14, 30), RECEPTION))
        moved = house.booking(booking.id)
        assert (moved.queue, moved.schedule, moved.promised_at) == (RECEPTION, "desk", at(14, 30))
        assert house.core.state.episodes[f"callback:{booking.id}"].queue == RECEPTION
        with pytest.raises(NoSlot):
            house.asks(BookCallback(RECEPTION, LARS, CIA, at(14, 30)))
        house.asks(BookCallback(ADVICE, LARS, CIA, booking.promised_at))
        house.waits_until(at(14, 30))
        assert house.booking(booking.id).status is BookingStatus.DUE
        house.journal_tells_all()

    @pytest.mark.feature("CB-12")
    def test_without_a_time_it_is_the_next_one_there(self) -> None:
        house = House(OTHER_TIMES)
        booking = booked(house)
        house.asks(MoveCallback(booking.id, CIA, queue=RECEPTION))
        assert house.booking(booking.id).promised_at == at(14, 0)

    @pytest.mark.feature("CB-12")
    def test_at_the_same_time_where_two_queues_share_a_schedule(self) -> None:
        house = House()
        booking = booked(house)
        house.asks(MoveCallback(booking.id, CIA, booking.promised_at, RECEPTION))
        assert (house.booking(booking.id).queue, house.booking(booking.id).due_at) == (RECEPTION, booking.due_at)
        with pytest.raises(NoSlot):
            house.asks(BookCallback(ADVICE, LARS, CIA, booking.promised_at))

    @pytest.mark.feature("CB-12", "CB-03")
    def test_a_number_never_has_two_in_a_queue(self) -> None:
        house = House(SEVERAL)
        booking = booked(house)
        house.asks(BookCallback(RECEPTION, KARIN, CIA))
        with pytest.raises(NoSlot):
            house.asks(MoveCallback(booking.id, CIA, queue=RECEPTION))
        assert house.booking(booking.id) == booking

    @pytest.mark.feature("CB-12")
    def test_where_none_are_taken_nothing_is_changed(self) -> None:
        house = House({"queues": {"reception": {"callbacks": None}}})
        booking = booked(house)
        for queue in (RECEPTION, QueueKey("nowhere")):
            with pytest.raises(NoCallbacks):
                house.asks(MoveCallback(booking.id, CIA, queue=queue))
        assert house.booking(booking.id) == booking


class TestDuringTheCall:
    @pytest.mark.feature("CB-12")
    def test_who_cannot_talk_now_is_called_at_another_time(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        house.phone("cia").answers()
        karin = house.outside(KARIN).answers()
        house.asks(MoveCallback(booking.id, CIA, at(11, 0)))
        assert house.booking(booking.id).status is BookingStatus.IN_ATTEMPT
        karin.hangs_up()
        house.waits(1)
        again = house.booking(booking.id)
        assert (again.status, again.due_at, again.attempts) == (BookingStatus.BOOKED, at(11, 0), 1)
        house.waits_until(at(11, 0))
        assert house.booking(booking.id).status is BookingStatus.DUE
        house.asks(StartCallback(booking.id, BO))
        house.phone("bo").answers()
        house.outside(KARIN).answers().hangs_up()
        house.waits(1)
        assert house.booking(booking.id).status is BookingStatus.TO_MARK
        house.asks(MarkCallback(booking.id, BO, answered=True))
        house.journal_tells_all()

    @pytest.mark.feature("CB-12")
    def test_a_call_that_lasts_beyond_the_new_time_forgets_nobody(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        house.phone("cia").answers()
        karin = house.outside(KARIN).answers()
        house.asks(MoveCallback(booking.id, CIA, at(8, 30)))
        house.waits_until(at(8, 40))
        karin.hangs_up()
        house.waits(1)
        assert house.booking(booking.id).status is BookingStatus.DUE

    def test_not_while_the_customers_phone_still_rings(self) -> None:
        house = House()
        booking = due(house)
        house.asks(StartCallback(booking.id, CIA))
        house.phone("cia").answers()
        with pytest.raises(CannotStart):
            house.asks(MoveCallback(booking.id, CIA, at(11, 0)))


class TestWithoutPlace:
    @pytest.mark.feature("SCH-05")
    def test_what_an_edit_leaves_without_a_place_is_listed_and_stands(self) -> None:
        house = House()
        first, second = booked(house), booked(house, LARS)
        assert places(house) == []
        house.takes_configuration(narrower(start="08:30"))
        assert places(house) == [first.id], "the other one has a place by the new periods too"
        house.takes_configuration(narrower(start="09:00"))
        assert places(house) == [first.id, second.id]
        house.application_dies()
        house.application_starts()
        assert places(house) == [first.id, second.id]
        house.takes_configuration({})
        assert places(house) == []
        house.takes_configuration(narrower(start="09:00"))
        house.waits_until(at(8, 15))
        assert house.booking(first.id).status is BookingStatus.DUE, "who was told a time is called then"
        assert places(house) == [second.id]

    @pytest.mark.feature("SCH-05")
    @pytest.mark.parametrize(
        "changes",
        [
            {"schedules": {"nurses": {"periods": []}}},
            {"schedules": {"nurses": {"closed_days": ["2026-11-02"]}}},
            {"hours": {"daytime": {"exceptions": [{"name": "Closed", "from": "2026-11-02", "to": "2026-11-02"}]}}},
            {"queues": {"advice": {"callbacks": None}}, "callflows": {"call-me": None}},
            {
                "schedules": {"other": {"name": "Other"}},
                "queues": {"advice": {"callbacks": {"schedule": "other"}}},
            },
        ],
    )
    def test_whatever_takes_the_place_away(self, changes: Mapping[str, object]) -> None:
        house = House()
        booking = booked(house)
        house.takes_configuration(changes)
        assert places(house) == [booking.id]

    @pytest.mark.feature("SCH-05")
    def test_moved_it_has_the_next_place_after_its_time_and_the_customer_is_to_be_told(self) -> None:
        house = House()
        first, second, third = booked(house), booked(house, LARS), booked(house, MONA)
        house.takes_configuration(narrower(calls_per_hour=2))
        assert places(house) == [first.id, third.id]
        for lost in (first, third):
            house.asks(MoveCallback(lost.id, CIA, why=WhyMoved.NO_PLACE))
        times = [house.booking(each.id).due_at for each in (first, second, third)]
        assert times == [at(9, 0), at(8, 30), at(9, 30)]
        assert [fact.why for fact in house.facts_of(BookingMoved)] == [WhyMoved.NO_PLACE] * 2
        assert places(house) == []
        with pytest.raises(HasPlace):
            house.asks(MoveCallback(first.id, CIA, why=WhyMoved.NO_PLACE))
        house.journal_tells_all()

    @pytest.mark.feature("SCH-05")
    def test_nobody_is_moved_to_an_earlier_time_unasked(self) -> None:
        house = House()
        house.asks(BookCallback(ADVICE, KARIN, CIA, at(11, 45)))
        [booking] = house.bookings
        period = {"days": ["mon"], "from": "08:00", "to": "11:00", "calls_per_hour": 4}
        house.takes_configuration({"schedules": {"nurses": {"periods": [period]}}})
        with pytest.raises(NoSlot):
            house.asks(MoveCallback(booking.id, CIA, why=WhyMoved.NO_PLACE))
        assert places(house) == [booking.id]

    @pytest.mark.feature("SCH-05")
    def test_kept_above_capacity_it_is_settled_until_it_is_moved(self) -> None:
        house = House()
        booking = booked(house)
        house.takes_configuration(narrower(start="09:00"))
        house.asks(KeepCallback(booking.id, CIA))
        assert (places(house), house.booking(booking.id).above_capacity) == ([], True)
        with pytest.raises(HasPlace):
            house.asks(KeepCallback(booking.id, CIA))
        house.journal_tells_all()
        house.asks(MoveCallback(booking.id, CIA, at(9, 0)))
        assert not house.booking(booking.id).above_capacity

    @pytest.mark.feature("SCH-05")
    def test_called_now_it_is_due_at_once(self) -> None:
        house = House()
        booking = booked(house)
        house.takes_configuration(narrower(start="09:00"))
        house.asks(CallNow(booking.id, CIA))
        early = house.booking(booking.id)
        assert (early.status, early.due_at, early.promised_at) == (BookingStatus.DUE, house.now, booking.promised_at)
        assert places(house) == []
        with pytest.raises(CannotStart):
            house.asks(CallNow(booking.id, CIA))
        house.asks(CancelCallback(booking.id, CIA))
        house.everything_is_over()
