"""Who waits keeps the place, hangs up, and is called when it is reached."""

import pytest

from svarhus.adapters.simulated.world import Reaction
from svarhus.domains.callbacks.errors import AgentBusy, CannotStart
from svarhus.domains.callbacks.state import Booked, Booking, BookingCancelled, BookingKind, BookingStatus
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.domains.queues.precedence import Precedence
from svarhus.domains.queues.state import QueueEntered
from svarhus.domains.queues.ways import CameBy, LeftBy
from svarhus.exchange.core.requests import CancelCallback, DialFor, MarkCallback, MoveCallback, StartCallback
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.ids import BookingId, PersonKey, QueueKey
from svarhus.ports.telephony import EndCause
from unit.exchange.house import KARIN, LARS, MAIN, MONA, STRAIGHT, Changes, House, Party

RECEPTION = QueueKey("reception")
ANNA, BO, CIA = PersonKey("anna"), PersonKey("bo"), PersonKey("cia")
KEPT = "1"


def keeping(**settings: object) -> Changes:
    """The reception keeps places: by key 1, at once, also for who is next in line."""
    own = {"after": 0, "from_position": 1, "confirm_number": False, **settings}
    return {"queues": {"reception": {"keeps_places": own}}}


def busy_house(changes: Changes | None = None, *, others: int = 0) -> tuple[House, Party]:
    """Anna is the only one who answers, and talks; what she talks with; others wait."""
    house = House(keeping() if changes is None else changes)
    house.logs_in("anna", queue="reception")
    first = house.caller_rings(STRAIGHT, "+46701110000")
    house.phone("anna").answers()
    for index in range(others):
        house.caller_rings(STRAIGHT, f"+4670222000{index}")
    return house, first


def keeps_place(house: House, caller: str = KARIN) -> Party:
    """Rings, waits, keeps the place and hangs up."""
    party = house.caller_rings(STRAIGHT, caller)
    party.presses(KEPT)
    assert party.told[-1] == "keep.kept"
    party.hangs_up()
    return party


def kept(house: House, caller: str = KARIN) -> Booking:
    return next(booking for booking in house.bookings if booking.number == caller)


def line(house: House) -> list[str]:
    """The numbers of all who stand in the reception, next first."""
    state = house.core.state
    return [str(state.calls[state.places[place].call].caller) for place in state.matching.line(RECEPTION)]


class TestKeeping:
    @pytest.mark.feature("CB-07")
    def test_a_waiting_caller_is_told_and_keeps_the_place_by_a_key(self) -> None:
        house, _ = busy_house(keeping(after=20, from_position=2), others=1)
        karin = house.caller_rings(STRAIGHT, KARIN)
        house.waits(19)
        assert "queue.keep_place" not in karin.told
        house.waits(3)
        assert karin.told[-1] == "queue.keep_place"
        karin.presses(KEPT)
        assert karin.told[-1] == "keep.kept"
        house.waits(3)
        assert karin.gone and karin.record.outcome is Outcome.CALLBACK_BOOKED
        assert karin.record.parts[-1].outcome is LeftBy.KEPT_PLACE
        assert line(house) == ["+46702220000", KARIN]
        booking = kept(house)
        assert (booking.kind, booking.status, booking.queue) == (
            BookingKind.KEPT_PLACE,
            BookingStatus.BOOKED,
            "reception",
        )

    @pytest.mark.feature("CB-07")
    def test_at_the_turn_the_member_is_rung_and_then_the_customer(self) -> None:
        house, first = busy_house()
        karin = keeps_place(house)
        entered = karin.record.parts[-1].entered_at
        house.waits(60)
        first.hangs_up()
        assert house.phone("anna").rings and not house.outside(KARIN).rings
        assert house.phone("anna")._ringing() is not None
        anna = house.phone("anna").answers()
        assert house.outside(KARIN).rings and kept(house).status is BookingStatus.IN_ATTEMPT
        customer = house.outside(KARIN).answers()
        assert anna.hears_voice_of(customer)
        house.waits(120)
        customer.hangs_up()
        assert house.bookings == [] and anna.gone
        record = anna.record
        assert (record.kind, record.outcome, record.person) == (CallKind.CALLBACK, Outcome.ANSWERED, ANNA)
        part = record.parts[-1]
        assert (part.outcome, part.came, part.entered_at) == (LeftBy.ANSWERED, CameBy.KEPT_PLACE, entered)
        assert part.wait == pytest.approx((part.left_at - entered).total_seconds()) if part.left_at else False

    def test_the_two_are_joined_in_the_moment_of_the_answer(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        first.hangs_up()
        anna = house.phone("anna").answers()
        house.waits(3)
        began = house.now
        customer = house.outside(KARIN).answers()
        assert anna.hears_voice_of(customer) and house.now == began

    def test_without_members_free_nobody_is_called(self) -> None:
        house, _ = busy_house()
        keeps_place(house)
        house.waits(3600)
        assert not house.outside(KARIN).rings

    def test_who_had_hung_up_in_another_queue_is_promised_one_call(self) -> None:
        own = {"after": 0, "from_position": 1, "confirm_number": False}
        house, _ = busy_house(
            {"queues": {"reception": {"keeps_places": own}, "advice": {"callbacks": {"abandoned_after": 5}}}}
        )
        karin = house.caller_rings(MAIN, KARIN)
        karin.presses("7")
        house.waits(20)
        karin.hangs_up()
        assert kept(house).kind is BookingKind.ABANDONED
        keeps_place(house)
        assert [booking.kind for booking in house.bookings] == [BookingKind.KEPT_PLACE]

    def test_it_stands_in_the_queue_when_the_own_call_is_over(self) -> None:
        house, first = busy_house()
        karin = house.caller_rings(STRAIGHT, KARIN)
        karin.presses(KEPT)
        first.hangs_up()
        assert not house.phone("anna").rings
        with pytest.raises(CannotStart):
            house.asks(StartCallback(kept(house).id, ANNA))
        karin.hangs_up()
        assert house.phone("anna").rings

    def test_who_has_no_known_number_keys_it_and_hears_it(self) -> None:
        house, _ = busy_house()
        karin = house.caller_rings(STRAIGHT, None)
        karin.presses(KEPT)
        assert karin.told[-1] == "callback.enter_number"
        karin.presses("0701234567#")
        assert karin.told[-1] == "callback.number"
        karin.presses("1")
        assert karin.told[-1] == "keep.kept_for_number"
        assert kept(house).number == KARIN

    def test_a_known_number_is_read_back_and_may_be_another(self) -> None:
        house, _ = busy_house(keeping(confirm_number=True))
        karin = house.caller_rings(STRAIGHT, KARIN)
        karin.presses(KEPT)
        assert karin.told[-1] == "callback.number"
        karin.presses("20701234568#1")
        assert kept(house, LARS).number == LARS

    @pytest.mark.parametrize("keyed", ["", "123#123#123#"])
    def test_who_gives_no_number_waits_on_at_the_same_place(self, keyed: str) -> None:
        house, _ = busy_house()
        karin = house.caller_rings(STRAIGHT, None)
        house.caller_rings(STRAIGHT, LARS)
        before = house.waiting_in("reception")
        karin.presses(KEPT + keyed)
        house.waits(60)
        assert house.waiting_in("reception") == before and house.bookings == []

    def test_silence_keeps_nothing(self) -> None:
        house, _ = busy_house(keeping(confirm_number=True))
        karin = house.caller_rings(STRAIGHT, KARIN)
        karin.presses(KEPT)
        house.waits(60)
        assert house.bookings == [] and house.waiting_in("reception") == [karin.leg]

    def test_who_hangs_up_before_the_number_is_right_has_kept_nothing(self) -> None:
        house, _ = busy_house(keeping(confirm_number=True))
        karin = house.caller_rings(STRAIGHT, KARIN)
        karin.presses(KEPT)
        karin.hangs_up()
        assert house.bookings == [] and line(house) == []

    def test_with_most_kept_it_is_offered_to_nobody(self) -> None:
        house, _ = busy_house(keeping(most=1))
        keeps_place(house)
        lars = house.caller_rings(STRAIGHT, LARS)
        house.waits(30)
        assert "queue.keep_place" not in lars.told
        lars.presses(KEPT)
        assert len(house.bookings) == 1

    def test_a_queue_that_keeps_none_offers_none(self) -> None:
        house, _ = busy_house({})
        karin = house.caller_rings(STRAIGHT, KARIN)
        house.waits(60)
        karin.presses(KEPT)
        assert "queue.keep_place" not in karin.told and house.bookings == []


class TestRank:
    @pytest.mark.feature("CB-07")
    def test_one_list_in_the_order_of_arrival(self) -> None:
        house, first = busy_house()
        lars = house.caller_rings(STRAIGHT, LARS)
        keeps_place(house)
        mona = house.caller_rings(STRAIGHT, MONA)
        assert line(house) == [LARS, KARIN, MONA]
        first.hangs_up()
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(lars)
        lars.hangs_up()
        house.phone("anna").answers()
        customer = house.outside(KARIN).answers()
        customer.hangs_up()
        assert house.phone("anna").answers().hears_voice_of(mona)

    def test_a_time_of_thinking_costs_no_place(self) -> None:
        house, _ = busy_house(keeping(confirm_number=True))
        karin = house.caller_rings(STRAIGHT, KARIN)
        karin.presses(KEPT)
        house.caller_rings(STRAIGHT, LARS)
        karin.presses("1")
        karin.hangs_up()
        assert line(house) == [KARIN, LARS]

    def test_what_goes_before_other_queues_does_so_still(self) -> None:
        urgent = {"key": "urgent", "name": "Urgent", "priority": "very_high"}
        own = {"after": 0, "from_position": 1, "confirm_number": False}
        house = House(
            {"categories": [urgent], "queues": {"reception": {"category": "urgent", "keeps_places": own}}},
        )
        keeps_place(house)
        came, stands = house.facts_of(QueueEntered)
        assert came.precedence is Precedence.HIGHEST
        assert (stands.kept_for, stands.precedence) == (kept(house).id, Precedence.HIGHEST)

    def test_of_several_members_who_ring_one_calls(self) -> None:
        house = House({"queues": {"reception": {**keeping()["queues"]["reception"], "distribution": "ring_all"}}})  # type: ignore[index]
        house.logs_in("anna", "bo", queue="reception")
        callers = [house.caller_rings(STRAIGHT, f"+4670111000{index}") for index in range(2)]
        talking = [house.phone(person).answers() for person in ("anna", "bo")]
        keeps_place(house)
        for caller in callers:
            caller.hangs_up()
        house.waits(11)
        assert all(party.gone for party in talking)
        assert house.phone("anna").rings and house.phone("bo").rings
        house.phone("bo").answers()
        assert not house.phone("anna").rings
        assert house.outside(KARIN).answers().call.parts[-1].person == BO

    def test_last_member_gone_keeps_it(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        house.logs_out("anna")
        first.hangs_up()
        house.waits(3600)
        assert line(house) == [KARIN]
        house.logs_in("anna", queue="reception")
        assert house.phone("anna").rings


class TestNotReached:
    def reached_in_vain(self, house: House, first: Party) -> None:
        house.outside(KARIN).always(Reaction.RING)
        first.hangs_up()
        house.phone("anna").answers()
        house.waits(31)

    @pytest.mark.feature("CB-07")
    def test_others_are_served_and_it_is_tried_again_at_the_same_rank(self) -> None:
        house, first = busy_house(keeping(retry_minutes=5))
        keeps_place(house)
        lars, mona = house.caller_rings(STRAIGHT, LARS), house.caller_rings(STRAIGHT, MONA)
        self.reached_in_vain(house, first)
        assert line(house) == [LARS, MONA] and kept(house).attempts == 1
        assert house.phone("anna").answers().hears_voice_of(lars)
        house.waits(5 * 60)
        assert line(house) == [KARIN, MONA]
        lars.hangs_up()
        house.phone("anna").answers()
        assert house.outside(KARIN).rings
        house.waits(31)
        assert house.phone("anna").answers().hears_voice_of(mona)

    def test_after_the_last_attempt_it_is_closed_as_not_reached(self) -> None:
        house, first = busy_house(keeping(attempts=2, retry_minutes=5))
        keeps_place(house)
        self.reached_in_vain(house, first)
        house.waits(5 * 60)
        house.phone("anna").answers()
        house.waits(31)
        assert house.bookings == [] and line(house) == []
        closed = [record for record in house.records.values() if record.kind is CallKind.CALLBACK]
        assert [record.parts[-1].outcome for record in closed] == [LeftBy.KEPT_PLACE, LeftBy.NOT_REACHED]
        house.waits(3600)
        assert not house.outside(KARIN).rings

    def test_a_fault_of_ours_is_no_attempt(self) -> None:
        house, first = busy_house(keeping(attempts=1))
        keeps_place(house)
        first.hangs_up()
        anna = house.phone("anna").answers()
        house.engine.fail(house.outside(KARIN)._ringing() or anna.leg, EndCause.FAILED)
        house.settle()
        assert kept(house).attempts == 0
        house.waits(10 * 60)
        assert house.phone("anna").rings

    def test_a_member_who_leaves_while_it_rings_is_no_attempt_of_the_customers(self) -> None:
        house, first = busy_house(keeping(attempts=1))
        keeps_place(house)
        first.hangs_up()
        anna = house.phone("anna").answers()
        anna.hangs_up()
        assert not house.outside(KARIN).rings and kept(house).attempts == 0
        house.waits(10 * 60 + 1)
        assert house.phone("anna").rings

    def test_a_limit_that_passes_costs_no_place(self) -> None:
        house, first = busy_house({**keeping(), "organisation": {"outgoing": {"simultaneous": 1}}})
        keeps_place(house)
        house.asks(DialFor(PersonKey("eva"), Destination(number=MONA)))
        house.phone("eva").answers()
        mona = house.outside(MONA).answers()
        first.hangs_up()
        house.caller_rings(STRAIGHT, LARS)
        house.phone("anna").answers()
        assert not house.outside(KARIN).rings
        house.waits(1)
        assert line(house) == [LARS] and kept(house).status is BookingStatus.BOOKED
        house.waits(3 * 60)
        assert line(house) == [LARS], "nobody is rung for it in vain"
        mona.hangs_up()
        house.waits(2 * 60)
        assert line(house)[0] == KARIN
        house.journal_tells_all()

    def test_who_is_gone_at_once_was_not_reached(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        first.hangs_up()
        anna = house.phone("anna").answers()
        house.outside(KARIN).answers().is_gone_at_once()
        assert anna.gone and (kept(house).attempts, kept(house).status) == (1, BookingStatus.BOOKED)

    def test_a_machine_that_picks_up_may_be_marked(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        first.hangs_up()
        anna = house.phone("anna").answers()
        house.outside(KARIN).answers()
        house.waits(5)
        house.asks(MarkCallback(kept(house).id, ANNA, answered=False))
        anna.hangs_up()
        assert (kept(house).attempts, kept(house).status) == (1, BookingStatus.BOOKED)
        house.waits(10 * 60)
        assert house.phone("anna").rings


class TestCallingAgain:
    @pytest.mark.feature("CB-07")
    def test_hears_the_place(self) -> None:
        house, _ = busy_house(others=1)
        keeps_place(house)
        karin = house.caller_rings(STRAIGHT, KARIN)
        assert karin.told[-1] == "keep.already"
        karin.hangs_up()
        assert line(house) == ["+46702220000", KARIN]

    def test_silence_keeps_it(self) -> None:
        house, _ = busy_house()
        keeps_place(house)
        karin = house.caller_rings(STRAIGHT, KARIN)
        house.waits(60)
        assert karin.told[-1] == "keep.stands" and karin.gone
        assert line(house) == [KARIN]

    @pytest.mark.feature("CB-07")
    def test_goes_back_to_wait_on_the_line_at_the_same_place(self) -> None:
        house, first = busy_house()
        entered = keeps_place(house).record.parts[-1].entered_at
        house.caller_rings(STRAIGHT, LARS)
        karin = house.caller_rings(STRAIGHT, KARIN)
        house.waits(5)
        karin.presses("1")
        assert line(house) == [KARIN, LARS] and house.waiting_in("reception")[0] == karin.leg
        assert house.bookings == []
        first.hangs_up()
        anna = house.phone("anna").answers()
        assert anna.hears_voice_of(karin)
        assert karin.call.parts[-1].entered_at == entered

    def test_cancels_only_after_saying_so_twice(self) -> None:
        house, _ = busy_house()
        keeps_place(house)
        karin = house.caller_rings(STRAIGHT, KARIN)
        karin.presses("2")
        assert karin.told[-1] == "keep.cancel" and len(house.bookings) == 1
        karin.presses("*")
        assert karin.told[-1] == "keep.stands" and line(house) == [KARIN]
        again = house.caller_rings(STRAIGHT, KARIN)
        again.presses("21")
        assert again.told[-1] == "keep.given_up" and line(house) == [] and house.bookings == []
        assert len(house.facts_of(BookingCancelled)) == 1

    def test_one_who_has_a_time_keeps_no_place(self) -> None:
        house, _ = busy_house()
        karin = house.caller_rings(MAIN, KARIN)
        karin.presses("21")
        karin.hangs_up()
        house.asks(CancelCallback(kept(house).id, CIA))
        keeps_place(house)
        assert len(house.facts_of(Booked)) == 2

    def test_what_others_key_tells_nothing_and_keeps_nothing_twice(self) -> None:
        house, _ = busy_house()
        keeps_place(house)
        lars = house.caller_rings(STRAIGHT, None)
        lars.presses(KEPT + "0701234567#1")
        assert lars.told[-1] == "keep.kept_for_number"
        lars.hangs_up()
        assert line(house) == [KARIN] and len(house.bookings) == 1


class TestByPeople:
    def test_an_agent_calls_before_the_turn(self) -> None:
        house, _ = busy_house(others=2)
        keeps_place(house)
        house.asks(StartCallback(kept(house).id, BO))
        bo = house.phone("bo").answers()
        assert bo.hears_voice_of(house.outside(KARIN).answers())

    def test_an_agent_calls_between_attempts(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        TestNotReached().reached_in_vain(house, first)
        house.asks(StartCallback(kept(house).id, BO))
        house.outside(KARIN).always(Reaction.ANSWER, 2)
        bo = house.phone("bo").answers()
        house.waits(3)
        assert bo.call.talk_since is not None

    def test_an_agent_who_is_busy_leaves_it_as_it_was(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        house.caller_rings(STRAIGHT, LARS)
        TestNotReached().reached_in_vain(house, first)
        house.phone("anna").answers()
        before = kept(house)
        with pytest.raises(AgentBusy):
            house.asks(StartCallback(before.id, ANNA))
        assert kept(house) == before and line(house) == []

    def test_it_may_be_cancelled_and_moved_to_a_time(self) -> None:
        house, _ = busy_house()
        keeps_place(house)
        house.asks(MoveCallback(kept(house).id, BO))
        assert line(house) == [] and kept(house).kind is BookingKind.TIMED
        house.asks(CancelCallback(kept(house).id, BO))
        keeps_place(house, LARS)
        house.asks(CancelCallback(kept(house, LARS).id, BO))
        assert line(house) == [] and house.bookings == []

    def test_never_while_the_customer_is_called(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        first.hangs_up()
        house.phone("anna").answers()
        booking: BookingId = kept(house).id
        for request in (StartCallback(booking, BO), CancelCallback(booking, BO)):
            with pytest.raises(CannotStart):
                house.asks(request)


class TestDeaths:
    @pytest.mark.feature("CB-07")
    @pytest.mark.parametrize("snapshot", [False, True])
    def test_a_kept_place_survives(self, snapshot: bool) -> None:
        house, first = busy_house(others=1)
        keeps_place(house)
        if snapshot:
            house.takes_snapshot()
        house.application_dies()
        house.application_starts()
        assert line(house) == ["+46702220000", KARIN]
        first.hangs_up()
        assert house.phone("anna").rings

    def test_while_the_customer_is_called_it_is_gone_on_with(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        first.hangs_up()
        anna = house.phone("anna").answers()
        house.application_dies()
        house.application_starts()
        assert house.outside(KARIN).rings
        assert anna.hears_voice_of(house.outside(KARIN).answers())

    def test_when_the_engine_dies_it_stands_again(self) -> None:
        house, first = busy_house()
        keeps_place(house)
        first.hangs_up()
        house.phone("anna").answers()
        house.engine.die()
        house.settle()
        house.engine.connect()
        house.settle()
        house.waits(10 * 60)
        assert line(house) == [KARIN]


def with_choice(**entry: object) -> Changes:
    """A number at which callers choose; the reception takes bookings too."""
    base = keeping()["queues"]["reception"]  # type: ignore[index]
    flow = {
        "name": "Choice",
        "start": "choice",
        "elements": {
            "choice": {
                "type": "duo",
                "settings": {"queue": "reception"},
                "exits": {"wait": "queue", "time": "time", "kept": "goodbye"},
            },
            "queue": {"type": "queue", "settings": {"queue": "reception"}, "exits": {"2": "choice"}},
            "time": {"type": "callback", "settings": {"queue": "reception"}},
            "goodbye": {"type": "message", "settings": {"messages": ["goodbye"]}},
        },
    }
    return {"queues": {"reception": {**base, "entry": entry}}, "callflows": {"straight": flow}}


class TestChoice:
    @pytest.mark.feature("CB-07")
    @pytest.mark.feature("FLOW-14")
    def test_a_caller_chooses_between_waiting_the_place_and_a_time(self) -> None:
        house, _ = busy_house(with_choice())
        karin, lars, mona = (house.caller_rings(STRAIGHT, each) for each in (KARIN, LARS, MONA))
        choices = ["keep.choose_wait", "keep.choose_place", "keep.choose_time"]
        assert [told for told in karin.told if told.startswith("keep.")] == choices
        karin.presses("1")
        assert house.waiting_in("reception") == [karin.leg]
        lars.presses("2")
        assert lars.told[-1] == "keep.kept"
        house.waits(2)
        assert lars.told[-1] == "goodbye"
        house.waits(3)
        mona.presses("3")
        assert mona.told[-1] == "callback.offer"
        assert line(house) == [KARIN, LARS]

    def test_nobody_is_asked_who_is_served_at_once(self) -> None:
        house = House(with_choice())
        house.logs_in("anna", queue="reception")
        karin = house.caller_rings(STRAIGHT, KARIN)
        assert house.phone("anna").rings and not any(told.startswith("keep.") for told in karin.told)

    def test_silence_waits_on_the_line(self) -> None:
        house, _ = busy_house(with_choice())
        karin = house.caller_rings(STRAIGHT, KARIN)
        house.waits(60)
        assert house.waiting_in("reception") == [karin.leg]

    @pytest.mark.feature("CB-07")
    def test_past_the_limits_a_time_is_offered(self) -> None:
        house, _ = busy_house(with_choice(most_waiting=1))
        house.caller_rings(STRAIGHT, LARS).presses("1")
        karin = house.caller_rings(STRAIGHT, KARIN)
        assert karin.told[-1] == "callback.offer"
        karin.presses("1")
        assert kept(house).kind is BookingKind.TIMED

    def test_by_a_key_from_the_queue_the_place_stays(self) -> None:
        house, _ = busy_house(with_choice(most_waiting=2))
        karin = house.caller_rings(STRAIGHT, KARIN)
        karin.presses("1")
        house.caller_rings(STRAIGHT, LARS).presses("1")
        karin.presses("2")
        assert karin.told[-1] == "keep.choose_time"
        karin.presses("2")
        karin.hangs_up()
        assert line(house) == [KARIN, LARS]

    def test_who_calls_again_hears_the_place_and_waits_there(self) -> None:
        house, _ = busy_house(with_choice())
        karin = house.caller_rings(STRAIGHT, KARIN)
        karin.presses("2")
        karin.hangs_up()
        house.caller_rings(STRAIGHT, LARS).presses("1")
        again = house.caller_rings(STRAIGHT, KARIN)
        assert again.told[-1] == "keep.already"
        again.presses("1")
        assert line(house) == [KARIN, LARS] and house.waiting_in("reception")[0] == again.leg


def test_who_logs_out_or_pauses_while_it_rings_at_the_customer_goes_on() -> None:
    house, first = busy_house()
    keeps_place(house)
    first.hangs_up()
    anna = house.phone("anna").answers()
    house.logs_out("anna")
    assert anna.hears_voice_of(house.outside(KARIN).answers())


def test_the_desk_follows_whose_phone_rings_for_it() -> None:
    house, first = busy_house()
    keeps_place(house)
    key, desk = f"callback:{kept(house).id}", LiveDesk()
    item = desk.item(house.core, key)
    assert item is not None and (item.kept, item.person, item.attempts) == (True, None, 0)
    house.core.state.touched.clear()
    first.hangs_up()
    assert ("bookings", kept(house).id) in house.core.state.touched
    ringing = desk.item(house.core, key)
    assert ringing is not None and ringing.person == ANNA
    TestNotReached().reached_in_vain(house, first)
    house.waits(10 * 60)
    assert house.phone("anna").rings
    house.phone("anna").declines()
    again = desk.item(house.core, key)
    assert again is not None and (again.person, again.attempts) == (None, 1)
