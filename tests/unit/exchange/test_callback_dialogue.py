"""What an organisation may want of the dialogue: other days and times, hours of its own, keyed numbers, messages."""

from collections.abc import Mapping

import pytest

from svarhus.domains.callbacks.state import BookingMoved, BookingStatus
from svarhus.domains.calls.facts import VoicemailLeft
from svarhus.domains.calls.model import Outcome
from svarhus.exchange.core.requests import BookCallback, MoveCallback, StartCallback
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CategoryKey
from unit.exchange.house import CALL_ME, KARIN, LARS, MAIN, House, Party
from unit.exchange.test_callbacks import ADVICE, CIA, asks_for_callback, at, booked, due, offered
from unit.exchange.test_moving import OTHER_TIMES, RECEPTION

EVERY_DAY: Mapping[str, object] = {"hours": {"daytime": {"exceptions": []}}}


def asking(settings: Mapping[str, object], changes: Mapping[str, object] | None = None, **exits: str | None) -> House:
    """A house whose own number for callbacks has this dialogue."""
    element: dict[str, object] = {"settings": {"confirm_number": None, **settings}}
    if exits:
        element["exits"] = exits
    return House({**(changes or EVERY_DAY), "callflows": {"call-me": {"elements": {"callback": element}}}})


def is_recorded(house: House, party: Party) -> bool:
    return any(each.runs for each in house.core.state.calls[party.call.id].recordings)


def rings(house: House, caller: str | None = KARIN) -> Party:
    return house.caller_rings(CALL_ME, caller)


class TestAnotherDay:
    @pytest.mark.feature("CB-01", "CB-04")
    def test_a_key_asks_for_the_first_time_of_the_next_day(self) -> None:
        house = House(EVERY_DAY)
        karin = asks_for_callback(house)
        assert offered(karin) == ("callback.offer_days", "2026-11-02", "08:15:00")
        karin.presses("23")
        assert offered(karin)[1:] == ("2026-11-03", "08:00:00")
        karin.presses("2")
        assert offered(karin)[1:] == ("2026-11-03", "08:15:00")
        karin.presses("3")
        assert offered(karin)[1:] == ("2026-11-02", "08:15:00"), "after the last day it is the first again"
        karin.presses("31")
        assert offered(karin) == ("callback.booked", "2026-11-03", "08:00:00")

    @pytest.mark.feature("CB-04")
    def test_several_days_ahead(self) -> None:
        house = House({"hours": {"daytime": {"exceptions": []}}, "schedules": {"nurses": {"days_ahead": 3}}})
        karin = asks_for_callback(house)
        days = []
        for _ in range(4):
            karin.presses("3")
            days.append(offered(karin)[1])
        assert days == ["2026-11-03", "2026-11-04", "2026-11-05", "2026-11-02"]

    def test_where_there_is_no_other_day_the_key_is_a_wrong_one(self) -> None:
        house = House()
        karin = asks_for_callback(house)
        assert offered(karin)[0] == "callback.offer"
        karin.presses("3")
        assert offered(karin) == ("callback.offer", "2026-11-02", "08:15:00")


class TestChanging:
    @pytest.mark.feature("CB-03")
    def test_who_calls_again_may_change_the_time(self) -> None:
        house = House(EVERY_DAY)
        booking = booked(house)
        karin = asks_for_callback(house)
        assert offered(karin)[0] == "callback.already"
        karin.presses("1")
        assert offered(karin) == ("callback.offer_change_days", "2026-11-02", "08:30:00")
        assert house.booking(booking.id) == booking, "the old time stands until the new one is chosen"
        karin.presses("23")
        karin.presses("1")
        assert offered(karin) == ("callback.booked", "2026-11-03", "08:00:00")
        [moved] = house.bookings
        assert (moved.id, moved.promised_at) == (booking.id, at(8, 0, day=3))
        [fact] = house.facts_of(BookingMoved)
        assert (fact.by, fact.call, fact.was) == (None, karin.call.id, booking.promised_at)
        assert karin.call.outcome is Outcome.CALLBACK_BOOKED
        assert offered(asks_for_callback(house, LARS))[2] == "08:15:00", "the old one is free"
        house.journal_tells_all()

    @pytest.mark.feature("CB-03")
    @pytest.mark.parametrize("keys", ["1*", "1", "12", "177777"])
    def test_it_stays_unless_the_new_time_is_accepted(self, keys: str) -> None:
        house = House(EVERY_DAY)
        booking = booked(house)
        karin = asks_for_callback(house)
        karin.presses(keys)
        house.waits(60)
        assert "callback.kept" in karin.told
        assert house.bookings == [booking]

    @pytest.mark.feature("CB-03")
    def test_a_time_of_another_queue_is_changed_by_the_times_of_that_queue(self) -> None:
        house = House(OTHER_TIMES)
        booking = booked(house)
        house.asks(MoveCallback(booking.id, CIA, at(14, 0), RECEPTION))
        karin = asks_for_callback(house)
        karin.presses("1")
        assert offered(karin)[1:] == ("2026-11-02", "14:30:00")
        karin.presses("1")
        assert [(each.queue, each.promised_at) for each in house.bookings] == [("reception", at(14, 30))]

    def test_it_goes_to_a_place_for_what_was_booked(self) -> None:
        general = {"days": ["mon"], "calls_per_hour": 4}
        medicine = {**general, "from": "08:00", "to": "10:00", "categories": ["medicine"]}
        house = House(
            {
                "categories": [{"key": "wounds", "name": "Wounds"}, {"key": "medicine", "name": "Medicine"}],
                "schedules": {"nurses": {"periods": [medicine, {**general, "from": "10:00", "to": "12:00"}]}},
                "queues": {"advice": {"category": "medicine"}},
            },
            at(7, 0),
        )
        house.asks(BookCallback(ADVICE, KARIN, CIA, category=CategoryKey("wounds")))
        karin = rings(house)
        karin.presses("1")
        assert offered(karin)[2] == "10:15:00"
        assert [slot.category for slot in house.core.state.kept_slots.values()] == ["wounds"]
        karin.presses("1")
        assert offered(karin) == ("callback.booked", "2026-11-02", "10:15:00")

    @pytest.mark.feature("CB-03")
    def test_without_another_time_it_stays(self) -> None:
        house = House({"schedules": {"nurses": {"days_ahead": 0}}}, at(11, 35))
        booking = booked(house)
        karin = asks_for_callback(house)
        karin.presses("1")
        assert karin.told[-2:] == ["callback.no_other", "callback.kept"]
        assert house.bookings == [booking]

    @pytest.mark.feature("CB-03")
    def test_what_is_being_called_meanwhile_is_not_changed(self) -> None:
        house = House()
        booking = due(house)
        karin = asks_for_callback(house)
        assert karin.told[-1] == "callback.overdue" or karin.told[-1] == "callback.already"
        karin.presses("1")
        house.asks(StartCallback(booking.id, CIA))
        karin.presses("1")
        assert karin.told[-1].endswith("_cancel")
        assert house.facts_of(BookingMoved) == []
        assert house.booking(booking.id).status is BookingStatus.IN_ATTEMPT


class TestHours:
    @pytest.mark.feature("CB-04")
    def test_around_the_clock_or_in_daytime_only(self) -> None:
        evening = Instant(at(20, 0))
        house = asking({"hours": "daytime"})
        house.waits_until(evening)
        karin = rings(house)
        assert karin.told == ["callback.closed"]
        house.waits(3)
        assert karin.gone
        house = asking({})
        house.waits_until(evening)
        assert offered(rings(house))[1:] == ("2026-11-03", "08:00:00")

    @pytest.mark.feature("CB-04")
    def test_the_exit_leads_on_in_silence(self) -> None:
        house = asking({"hours": "daytime"}, closed="voicemail")
        house.waits_until(at(20, 0))
        assert rings(house).told == ["voicemail.leave"]

    @pytest.mark.feature("CB-03", "CB-04")
    def test_who_has_a_time_is_told_so_at_any_hour(self) -> None:
        house = asking({"hours": "daytime"})
        house.asks(BookCallback(ADVICE, KARIN, CIA, at(8, 0, day=3)))
        house.waits_until(at(20, 0))
        assert offered(rings(house))[0] == "callback.already"

    def test_hours_of_booking_close_no_places(self) -> None:
        """The exceptions of opening hours by which callers come do."""
        house = asking({"hours": "daytime"}, {"hours": {"daytime": {}}})
        karin = rings(house)
        karin.presses("3")
        assert offered(karin)[1] == "2026-11-02", "the planning day of the main flow has no places"


class TestNumber:
    @pytest.mark.feature("CB-02")
    def test_it_is_keyed_although_it_is_known(self) -> None:
        house = asking({"key_number": True})
        karin = rings(house)
        karin.presses("1")
        assert karin.told[-1] == "callback.enter_number"
        karin.presses("0701234568#1")
        assert [each.number for each in house.bookings] == [LARS]


class TestOwnMessages:
    @pytest.mark.feature("CB-01", "CB-02")
    def test_before_the_offer_after_the_booking_and_for_a_wrong_number(self) -> None:
        house = asking({"information": "patience", "confirmation": "welcome", "wrong_number": "closed"})
        karin = rings(house, None)
        assert karin.told == ["patience", "callback.offer_days"]
        karin.presses("2")
        assert karin.told[-2:] != ["patience", "callback.offer_days"], "information is given once"
        karin.presses("1")
        karin.presses("123#")
        assert karin.told[-2:] == ["closed", "callback.enter_number"]
        karin.presses("0701234567#1")
        assert karin.told[-2:] == ["callback.booked_for_number", "welcome"]


class TestSpokenMessage:
    @pytest.mark.feature("CB-02", "CB-14")
    def test_who_keys_no_number_may_leave_one(self) -> None:
        house = asking({"message_after": ["no_number"], "longest_message": 60}, no_number=None)
        karin = rings(house, None)
        karin.presses("1")
        house.waits(3 * (2 + 6) + 1)
        assert karin.told[-1] == "voicemail.leave"
        house.waits(3)
        assert is_recorded(house, karin)
        house.waits(10)
        karin.presses("#")
        assert karin.told[-1] == "voicemail.thanks"
        house.waits(3)
        assert karin.gone
        [left] = house.facts_of(VoicemailLeft)
        assert (left.queue, karin.record.outcome) == (ADVICE, Outcome.VOICEMAIL)

    @pytest.mark.feature("CB-14")
    def test_as_the_last_step_it_is_of_the_same_case(self) -> None:
        house = asking({"message_after": ["booked"], "greeting": None})
        karin = rings(house)
        karin.presses("1")
        house.waits(3)
        assert karin.told[-1] == "callback.say_more"
        house.waits(3)
        assert is_recorded(house, karin)
        house.waits(10)
        karin.hangs_up()
        house.waits(1)
        assert karin.record.outcome is Outcome.CALLBACK_BOOKED
        kinds = {str(each.ref.kind): each.case for each in house.core.state.episodes.values()}
        assert kinds.keys() == {"callback", "voicemail"}
        assert kinds["callback"] == kinds["voicemail"]

    @pytest.mark.feature("CB-05", "CB-14")
    def test_when_no_time_is_free(self) -> None:
        full: Mapping[str, object] = {"schedules": {"nurses": {"periods": []}}}
        house = asking({"message_after": ["none"]}, full, message="voicemail")
        karin = rings(house)
        assert karin.told == ["callback.none_today"]
        house.waits(2)
        assert karin.told[-1] == "voicemail.leave"
        house.waits(10)
        assert karin.told[-2:] == ["voicemail.thanks", "voicemail.leave"], "the exit after a message leads on"

    @pytest.mark.feature("CB-14")
    def test_who_says_nothing_goes_on_as_without_one(self) -> None:
        house = asking({"message_after": ["declined"]}, message="voicemail")
        karin = rings(house)
        karin.presses("*")
        house.waits(4)
        assert is_recorded(house, karin)
        karin.presses("#")
        assert karin.told[-1] == "voicemail.nothing"
        house.waits(3)
        assert karin.gone
        assert house.facts_of(VoicemailLeft) == []


class TestFull:
    @pytest.mark.feature("CB-05")
    @pytest.mark.parametrize(
        ("leads", "said"),
        [({}, "callback.none_today"), ({"none": "voicemail"}, "callback.none")],
    )
    def test_only_who_does_not_go_on_is_asked_to_call_again(self, leads: dict[str, str], said: str) -> None:
        house = asking({}, {"schedules": {"nurses": {"periods": []}}}, **leads)
        assert rings(house).told == [said]

    @pytest.mark.feature("CB-05")
    @pytest.mark.parametrize("to", ["transfer", "reception", "voicemail"])
    def test_forward_overflow_queue_or_voicemail(self, to: str) -> None:
        changes = {
            "schedules": {"nurses": {"periods": []}},
            "callflows": {"main": {"elements": {"callback": {"exits": {"none": to}}}}},
        }
        house = House(changes)
        house.logs_in("bo")
        karin = house.caller_rings(MAIN)
        karin.presses("2")
        assert karin.told[-1] == "callback.none"
        house.waits(4)
        state = house.core.state
        assert {
            "transfer": house.outside("+46812345678").rings if to == "transfer" else False,
            "reception": bool(state.places),
            "voicemail": karin.told[-1] == "greeting" or is_recorded(house, karin),
        }[to]
