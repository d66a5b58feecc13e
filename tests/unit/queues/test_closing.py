"""Closing a queue for now: those who come meanwhile hear it and go on, and those who wait stay."""

from datetime import timedelta

import pytest

from svarhus.domains.calls.talk import Destination
from svarhus.domains.organisation.errors import NoPart
from svarhus.domains.queues.closing import OpensInThePast, QueueClosed, QueueClosedNow, QueueOpened
from svarhus.domains.queues.entry import NotLetInBy
from svarhus.domains.queues.state import NotLetIn
from svarhus.exchange.core.requests import CloseQueue, OpenQueue, TransferCall
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, STRAIGHT, House, Party

RECEPTION, ANNA = QueueKey("reception"), PersonKey("anna")
MESSAGES = {"messages": {"patience": {"name": "Patience", "manuscripts": {"en": "We are back at two."}}}}


def straight(house: House, caller: str = KARIN) -> Party:
    return house.caller_rings(STRAIGHT, caller)


def closes(house: House, minutes: int | None = None, message: str | None = None) -> None:
    until = None if minutes is None else Instant(house.now + timedelta(minutes=minutes))
    house.asks(CloseQueue(RECEPTION, until, message, ANNA))


@pytest.mark.feature("Q-20")
class TestClosed:
    def test_who_comes_meanwhile_hears_it_and_takes_a_way_on(self) -> None:
        house = House(MESSAGES)
        house.logs_in("anna")
        closes(house, message="patience")
        karin = straight(house)
        assert karin.told == ["patience"]
        house.waits(5)
        assert karin.told == ["patience", "voicemail.leave"], "the queue's way on"
        assert not house.phone("anna").rings
        assert [fact.reason for fact in house.facts_of(NotLetIn)] == [NotLetInBy.CLOSED]

    def test_a_flow_may_lead_on(self) -> None:
        exits = {
            "callflows": {
                "straight": {"elements": {"queue": {"exits": {"closed": "sorry"}}, "sorry": {"type": "hang_up"}}}
            }
        }
        house = House({**MESSAGES, **exits})
        closes(house)
        assert straight(house).gone

    def test_those_who_wait_stay(self) -> None:
        house = House()
        karin = straight(house)
        closes(house)
        assert house.waiting_in("reception") == [karin.leg]
        house.logs_in("anna")
        assert house.phone("anna").answers().hears_voice_of(karin)

    def test_it_opens_itself_again(self) -> None:
        house = House()
        closes(house, minutes=30)
        house.waits(30 * 60 - 1)
        straight(house, KARIN)
        house.waits(1)
        lars = straight(house, LARS)
        assert house.waiting_in("reception") == [lars.leg]
        assert [fact.by for fact in house.facts_of(QueueOpened)] == [None]

    def test_it_is_opened_before_its_time_and_closed_again(self) -> None:
        house = House()
        closes(house, minutes=30)
        house.asks(OpenQueue(RECEPTION, ANNA))
        house.asks(OpenQueue(RECEPTION, ANNA))
        karin = straight(house)
        assert house.waiting_in("reception") == [karin.leg]
        closes(house)
        house.waits(3600)
        assert len(house.facts_of(QueueClosed)) == 2 and len(house.facts_of(QueueOpened)) == 1

    def test_another_time_takes_the_place_of_the_first(self) -> None:
        house = House()
        closes(house, minutes=10)
        closes(house, minutes=60)
        house.waits(11 * 60)
        assert RECEPTION in house.core.state.stored.closed

    def test_a_restart_keeps_it_closed(self) -> None:
        house = House()
        closes(house, minutes=10)
        house.takes_snapshot()
        house.application_dies()
        house.waits(300)
        house.application_starts()
        straight(house)
        assert house.waiting_in("reception") == []
        house.waits(301)
        assert not house.core.state.stored.closed
        house.journal_tells_all()

    def test_a_colleague_who_dials_it_is_told_so(self) -> None:
        """No flow leads there, and none says what becomes of the call."""
        house = House({"queues": {"quiet": {"name": "Quiet", "extension": "2009", "members": [{"person": "bo"}]}}})
        house.logs_in("bo")
        house.asks(CloseQueue(QueueKey("quiet"), None, None, ANNA))
        anna = house.phone("anna").dials("2009")
        assert anna.told == ["queue.not_let_in"]
        house.waits(5)
        assert anna.gone and not house.phone("bo").rings

    def test_nobody_is_handed_over_to_it(self) -> None:
        house = House()
        house.logs_in("anna", "bo")
        karin = straight(house)
        house.phone("anna").answers()
        closes(house)
        with pytest.raises(QueueClosedNow):
            house.asks(TransferCall(karin.call.id, ANNA, Destination(queue=RECEPTION), None))

    def test_who_comes_back_because_nobody_took_the_call_is_let_in(self) -> None:
        house = House({"queues": {"reception": {"after_call_work": {"answered": 0}}}})
        house.logs_in("anna", "dan")
        karin = straight(house)
        house.phone("anna").answers()
        closes(house)
        house.asks(TransferCall(karin.call.id, ANNA, Destination(person=PersonKey("bo")), 20))
        house.waits(21)
        house.phone("anna").declines()
        assert house.waiting_in("reception") == [karin.leg]

    def test_what_cannot_be(self) -> None:
        house = House()
        with pytest.raises(OpensInThePast):
            closes(house, minutes=0)
        with pytest.raises(NoPart):
            closes(house, message="nowhere")
        with pytest.raises(NoPart):
            house.asks(OpenQueue(QueueKey("nowhere"), ANNA))
        assert not house.core.state.stored.closed


@pytest.mark.feature("Q-10")
class TestReturned:
    def test_a_failed_transfer_comes_back_as_a_vip_with_the_queues_own_message(self) -> None:
        queue = {"returned_message": "patience", "after_call_work": {"answered": 0}}
        house = House({**MESSAGES, "queues": {"reception": queue}})
        house.logs_in("anna")
        karin = straight(house, KARIN)
        house.phone("anna").answers()
        house.asks(TransferCall(karin.call.id, ANNA, Destination(person=PersonKey("cia")), 20))
        other = straight(house, LARS)
        house.waits(21)
        told = len(karin.told)
        house.phone("anna").declines()
        assert house.waiting_in("reception") == [karin.leg, other.leg]
        assert karin.told[told:] == ["patience"]
        assert karin.call.parts[-1].came == "returned"

    def test_twenty_seconds_without_an_answer_and_the_call_is_back_at_who_handed_it_over(self) -> None:
        house = House()
        house.logs_in("anna")
        karin = straight(house)
        house.phone("anna").answers()
        house.asks(TransferCall(karin.call.id, ANNA, Destination(person=PersonKey("cia")), 20))
        house.waits(19)
        assert house.phone("cia").rings and not house.phone("anna").rings
        house.waits(2)
        assert not house.phone("cia").rings
        again = house.phone("anna").answers()
        assert again.hears_voice_of(karin)
        timed_out = next(leg for leg in karin.call.ended_legs if leg.person == "cia")
        assert (timed_out.cause, timed_out.answered_at) == ("no_answer", None)
