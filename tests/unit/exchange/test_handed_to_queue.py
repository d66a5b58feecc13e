"""Who is handed to a queue waits there as those do who came by a call flow."""

import pytest

from svarhus.adapters.simulated.world import Heard, Reaction
from svarhus.domains.calls.errors import NobodyThere, NotPossibleNow
from svarhus.domains.calls.facts import ElementEntered, TransferEnded
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.talk import Destination, StepKind
from svarhus.domains.queues.state import QueueEntered
from svarhus.domains.queues.ways import CameBy, LeftBy
from svarhus.exchange.core.decisions.calls import transferring
from svarhus.exchange.core.requests import BeginConsult, BookCallback, DialFor, StartCallback, TransferCall
from svarhus.exchange.showing.desk import LiveDesk
from svarhus.kit.ids import BookingId, CallId, PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, MAIN, MONA, STRAIGHT, Changes, Death, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")
TO_ADVICE = Destination(queue=QueueKey("advice"))
ADVICE: Changes = {
    "settings": {"wait_for_nobody": False, "longest_wait": 60, "most_waiting": 1, "priority": 3},
    "exits": {"2": "callback", "nobody": "voicemail", "full": "goodbye", "timed_out": "callback"},
}
FLOW: Changes = {"callflows": {"main": {"elements": {"advice": ADVICE}}}}
NO_FLOW: Changes = {"callflows": {"main": {"elements": {"advice": {"settings": {"queue": "reception"}}}}}}
"""No call flow waits in the advice queue."""


def handed_over(house: House, to: Destination = TO_ADVICE, caller: str = KARIN) -> tuple[Party, CallId]:
    """Anna has talked with a caller, whom she has handed to the queue."""
    house.logs_in("anna")
    party = house.caller_rings(STRAIGHT, caller)
    house.phone("anna").answers()
    call = party.call.id
    house.asks(TransferCall(call, ANNA, to, 20))
    return party, call


def cia_is_busy(house: House) -> None:
    """Logged in, so that callers wait, and not to be rung."""
    house.logs_in("cia")
    house.phone("cia").goes_off()


def place(caller: Party) -> tuple[str, str] | None:
    position = caller.call.position
    return (position.flow, position.element) if position else None


def goes_home(house: House) -> None:
    while legs := list(house.engine.world.legs):
        house.engine.hang_up(legs[0])
        house.settle()
    house.logs_out("anna", "bo", "cia")
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


class TestExits:
    def test_the_last_who_logs_out_sends_the_caller_where_the_flow_says(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        caller, _ = handed_over(house)
        house.logs_out("cia")
        assert caller.told == ["greeting"]
        house.waits(20)
        caller.hangs_up()
        assert [(voicemail.queue, voicemail.caller) for voicemail in house.voicemails] == [("reception", KARIN)]
        goes_home(house)

    def test_a_key_leads_out_of_the_queue(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        caller, _ = handed_over(house)
        caller.presses("2")
        assert caller.told[-1] == "callback.offer"
        caller.presses("1")
        assert [booking.number for booking in house.bookings] == [KARIN]
        assert house.waiting_in("advice") == []
        goes_home(house)

    def test_the_longest_wait_counts_from_then(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        caller, _ = handed_over(house)
        house.waits(59)
        assert house.waiting_in("advice") == [caller.leg]
        house.waits(2)
        assert caller.call.parts[-1].outcome is LeftBy.TIMED_OUT
        assert caller.told[-1] == "callback.offer"
        goes_home(house)

    def test_a_full_queue_sends_on_at_once(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        handed_over(house, caller=LARS)
        house.waits(1)
        caller, _ = handed_over(house)
        assert caller.told == ["goodbye"]
        assert [ended.outcome for ended in house.facts_of(TransferEnded)] == ["queued", "flow"]
        goes_home(house)

    def test_a_full_queue_of_which_the_flow_says_nothing_is_waited_in(self) -> None:
        """The call was to go on: it does not end because the queue has no place."""
        silent: Changes = {**ADVICE, "exits": {"2": "callback", "nobody": "voicemail", "full": None}}
        house = House({"callflows": {"main": {"elements": {"advice": silent}}}})
        cia_is_busy(house)
        handed_over(house, caller=LARS)
        house.waits(1)
        caller, _ = handed_over(house)
        assert len(house.waiting_in("advice")) == 2
        assert not caller.gone
        goes_home(house)

    def test_the_priority_of_the_element_holds(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        _, call = handed_over(house)
        assert house.place(call).priority == 3
        assert [fact.came for fact in house.facts_of(QueueEntered)] == [CameBy.DIRECT, CameBy.TRANSFERRED]
        goes_home(house)

    def test_after_call_work_is_that_of_the_queue_for_which_one_spoke(self) -> None:
        """Ten seconds in the queue that the caller is handed to, none where the caller came from."""
        house = House()
        cia_is_busy(house)
        handed_over(house)
        assert house.core.state.agents[ANNA].after_call_until is None
        goes_home(house)


class TestWhere:
    def test_in_the_flow_of_the_number_that_was_called(self) -> None:
        own: Changes = {"more": {"type": "queue", "settings": {"queue": "advice"}}}
        house = House({"callflows": {"straight": {"elements": own}}})
        cia_is_busy(house)
        caller, _ = handed_over(house)
        assert place(caller) == ("straight", "more")

    def test_else_in_the_first_flow_that_waits_there(self) -> None:
        house = House()
        cia_is_busy(house)
        caller, _ = handed_over(house)
        assert place(caller) == ("main", "advice")
        assert [(fact.element, fact.to_wait) for fact in house.facts_of(ElementEntered)][-1] == ("advice", True)

    def test_the_path_tells_the_queue_and_who_led_there(self) -> None:
        house = House()
        cia_is_busy(house)
        caller, _ = handed_over(house)
        assert [(step.kind, step.key, step.by) for step in caller.call.path][-2:] == [
            (StepKind.PERSON, "anna", None),
            (StepKind.QUEUE, "advice", "anna"),
        ]


class TestWhoWaits:
    def test_a_customer_whom_an_agent_has_called_is_the_one_who_is_rung_back(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        call = CallId(house.asks(DialFor(ANNA, Destination(number=MONA))))
        house.phone("anna").answers()
        mona = house.outside(MONA).answers()
        house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        mona.presses("2")
        mona.presses("1")
        assert [booking.number for booking in house.bookings] == [MONA]
        goes_home(house)

    def test_a_message_of_that_customer_is_the_customers(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        call = CallId(house.asks(DialFor(ANNA, Destination(number=MONA))))
        house.phone("anna").answers()
        mona = house.outside(MONA).answers()
        house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        house.logs_out("cia")
        house.waits(20)
        mona.hangs_up()
        assert [voicemail.caller for voicemail in house.voicemails] == [MONA]
        goes_home(house)

    def test_the_members_phone_does_not_show_the_customer_under_the_agents_name(self) -> None:
        house = House(FLOW)
        house.logs_in("cia")
        call = CallId(house.asks(DialFor(ANNA, Destination(number=MONA))))
        house.phone("anna").answers()
        house.outside(MONA).answers()
        house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        cia = house.phone("cia").answers()
        assert (cia.shown, house.presented[cia.leg].presented_name) == (MONA, "Advice")
        goes_home(house)

    def test_a_colleague_who_dials_the_queue_waits_by_the_same_rules(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        bo = house.phone("bo").dials("2002")
        house.logs_out("cia")
        assert bo.told == ["greeting"]
        goes_home(house)

    def test_a_customer_who_was_called_back_waits_on_the_desk_as_well(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        booking = BookingId(house.asks(BookCallback(QueueKey("reception"), KARIN, ANNA)))
        call = CallId(house.asks(StartCallback(booking, ANNA)))
        house.phone("anna").answers()
        karin = house.outside(KARIN).answers()
        assert [item.key for item in LiveDesk().items(house.core)] == [f"callback:{booking}"]
        house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        desk = {item.key: item for item in LiveDesk().items(house.core)}
        assert (desk[f"call:{call}"].state, desk[f"call:{call}"].number) == ("waiting", KARIN)
        karin.presses("2")
        assert karin.told[-1] == "callback.offer"
        goes_home(house)

    @pytest.mark.parametrize("first", ["advice", "reception"])
    def test_a_customer_who_was_called_back_may_be_promised_another_callback(self, first: str) -> None:
        """The promise that the call itself carries out is none that is still to come."""
        house = House(FLOW)
        cia_is_busy(house)
        booking = BookingId(house.asks(BookCallback(QueueKey(first), KARIN, ANNA)))
        call = CallId(house.asks(StartCallback(booking, ANNA)))
        house.phone("anna").answers()
        karin = house.outside(KARIN).answers()
        house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        karin.presses("2")
        assert karin.told[-1] == "callback.offer"
        karin.presses("1")
        assert karin.told[-1] == "callback.booked"
        assert [one.number for one in house.bookings if one.id != booking] == [KARIN]
        goes_home(house)

    def test_who_cancels_from_another_call_is_not_cut_off_in_the_one_in_which_they_wait(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        booking = BookingId(house.asks(BookCallback(QueueKey("advice"), KARIN, ANNA)))
        call = CallId(house.asks(StartCallback(booking, ANNA)))
        house.phone("anna").answers()
        karin = house.outside(KARIN).answers()
        house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        house.caller_rings(MAIN, KARIN).presses("221")
        assert house.bookings == []
        assert house.waiting_in("advice") == [karin.leg]
        goes_home(house)


class TestOtherWays:
    def test_by_the_phones_own_key(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        anna = house.phone("anna").answers()
        assert anna.refers("2002")
        caller.presses("2")
        assert caller.told[-1] == "callback.offer"
        goes_home(house)

    def test_a_consultation_is_not_begun_with_a_queue(self) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        house.phone("anna").answers()
        with pytest.raises(NotPossibleNow):
            house.asks(BeginConsult(caller.call.id, ANNA, TO_ADVICE))

    def test_who_is_put_back_before_all_others_goes_by_the_flow_as_well(self) -> None:
        """The queue is full by then: the caller has been in already, and is not turned away."""
        full: Changes = {"queue": {"settings": {"most_waiting": 1}, "exits": {"2": "bye"}}, "bye": {"type": "hang_up"}}
        house = House(
            {
                "queues": {"reception": {"after_call_work": {"answered": 0}}},
                "callflows": {"straight": {"elements": full}},
            }
        )
        house.logs_in("dan")
        caller, call = handed_over(house, Destination(person=BO))
        house.outside("+46701000004").always(Reaction.IGNORE)
        other = house.caller_rings(STRAIGHT, LARS)
        house.waits(21)
        house.phone("anna").declines()
        assert house.waiting_in("reception") == [caller.leg, other.leg]
        assert house.place(call).priority == transferring.FRONT
        assert house.core.state.calls[call].parts[-1].came is CameBy.RETURNED
        caller.presses("2")
        assert caller.gone
        goes_home(house)

    def test_who_is_put_back_when_all_have_logged_out_goes_where_the_flow_says(self) -> None:
        house = House({"callflows": {"straight": {"elements": {"queue": {"settings": {"wait_for_nobody": False}}}}}})
        caller, _ = handed_over(house, Destination(person=BO))
        house.logs_out("anna")
        house.phone("anna").goes_off()
        house.waits(100)
        assert caller.gone
        goes_home(house)


class TestWithoutAFlow:
    """No element of any call flow waits in the queue: only its extension and transfers lead there."""

    def test_with_nobody_logged_in_the_transfer_is_refused_and_changes_nothing(self) -> None:
        house = House(NO_FLOW)
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        anna = house.phone("anna").answers()
        with pytest.raises(NobodyThere):
            house.asks(TransferCall(caller.call.id, ANNA, TO_ADVICE, 20))
        assert caller.hears_voice_of(anna)

    def test_a_member_answers_as_ever(self) -> None:
        house = House(NO_FLOW)
        house.logs_in("cia")
        caller, _ = handed_over(house)
        assert caller.call.position is None
        assert house.phone("cia").answers().hears_voice_of(caller)

    def test_when_the_last_member_logs_out_the_caller_is_told_and_the_call_ends(self) -> None:
        house = House(NO_FLOW)
        cia_is_busy(house)
        caller, _ = handed_over(house)
        house.logs_out("cia")
        assert caller.told == ["queue.nobody"]
        assert not caller.hears(Heard.MUSIC)
        house.waits(20)
        assert caller.gone
        assert (caller.record.outcome, caller.record.parts[-1].outcome) == (Outcome.ANSWERED, "no_members")
        goes_home(house)

    @pytest.mark.parametrize("by_request", [False, True])
    def test_so_is_a_colleague_who_waits_there(self, by_request: bool) -> None:
        house = House(NO_FLOW)
        cia_is_busy(house)
        if by_request:
            house.asks(DialFor(BO, TO_ADVICE))
            bo = house.phone("bo").answers()
        else:
            bo = house.phone("bo").dials("2002")
        house.logs_out("cia")
        assert bo.told == ["queue.nobody"]
        house.waits(20)
        assert bo.gone
        goes_home(house)

    def test_a_restart_while_it_is_said_ends_the_call_as_well(self) -> None:
        house = House(NO_FLOW)
        cia_is_busy(house)
        caller, _ = handed_over(house)
        house.logs_out("cia")
        house.application_dies()
        house.waits(20)
        house.application_starts()
        house.waits(20)
        assert caller.gone
        goes_home(house)


class TestRecovery:
    @pytest.mark.parametrize("when", [None, *Death])
    def test_after_a_kill_the_caller_is_where_the_caller_was(self, when: Death | None) -> None:
        house = House(FLOW)
        cia_is_busy(house)
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        house.phone("anna").answers()
        call = caller.call.id
        house.dies = when
        house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        house.application_dies()
        house.application_starts()
        if when is Death.BEFORE_COMMIT:
            house.asks(TransferCall(call, ANNA, TO_ADVICE, 20))
        assert house.waiting_in("advice") == [caller.leg]
        assert caller.hears(Heard.MUSIC)
        caller.presses("2")
        assert caller.told[-1] == "callback.offer"
        goes_home(house)
