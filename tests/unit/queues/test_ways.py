"""How callers come into a queue and leave it, as figures count it."""

import msgspec
import pytest

from svarhus.domains.presence.state import After, AfterCallWorkBegan
from svarhus.domains.queues.offer import How
from svarhus.domains.queues.state import OfferMade, QueueEntered, QueueLeft
from svarhus.domains.queues.ways import CameBy, LeftBy
from svarhus.exchange.core.facts import Fact, decode
from svarhus.exchange.core.requests import EndCall, PickCall
from svarhus.kit.ids import PersonKey
from unit.exchange.house import KARIN, LARS, STRAIGHT, House


def came(house: House) -> list[CameBy | None]:
    return [fact.came for fact in house.facts_of(QueueEntered)]


def left(house: House) -> list[LeftBy]:
    return [fact.outcome for fact in house.facts_of(QueueLeft)]


def test_who_dials_the_number_comes_directly_and_is_answered() -> None:
    house = House()
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    house.waits(3)
    house.phone("anna").answers()
    house.waits(5)
    caller.hangs_up()
    assert (came(house), left(house)) == ([CameBy.DIRECT], [LeftBy.ANSWERED])
    (part,) = caller.record.parts
    assert (part.came, part.outcome, part.language) == (CameBy.DIRECT, LeftBy.ANSWERED, "sv")


def test_who_hangs_up_has_abandoned() -> None:
    house = House()
    house.logs_in("anna")
    house.caller_rings(STRAIGHT).hangs_up()
    assert left(house) == [LeftBy.ABANDONED]


def test_a_call_that_is_taken_down_has_neither_been_answered_nor_abandoned() -> None:
    house = House()
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    house.asks(EndCall(caller.call.id))
    assert left(house) == [LeftBy.ENDED]


def test_who_is_picked_is_not_distributed() -> None:
    house = House()
    house.logs_in("anna")
    house.caller_rings(STRAIGHT, KARIN)
    waiting = house.caller_rings(STRAIGHT, LARS)
    house.asks(PickCall(waiting.call.id, PersonKey("bo")))
    assert [(fact.person, fact.how) for fact in house.facts_of(OfferMade)] == [
        ("anna", How.DISTRIBUTED),
        ("bo", How.PICKED),
    ]


def test_time_after_a_call_says_which_call_and_queue_it_is_for() -> None:
    house = House({"queues": {"reception": {"after_call_work": {"answered": 30, "declined": 15}}}})
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    call = caller.call.id
    house.phone("anna").declines()
    house.waits(15)
    house.phone("anna").answers()
    house.waits(5)
    caller.hangs_up()
    told = [(fact.call, fact.queue, fact.after) for fact in house.facts_of(AfterCallWorkBegan)]
    assert told == [(call, "reception", After.DECLINED), (call, "reception", After.TALK)]


@pytest.mark.parametrize("written", ["left", "refused_not_allowed", "flow_ended"])
def test_older_journals_tell_of_a_call_that_was_taken_down(written: str) -> None:
    body = msgspec.json.encode({"type": "queue_left", "call": "c", "queue": "q", "outcome": written})
    fact: Fact = decode(body)
    assert isinstance(fact, QueueLeft) and fact.outcome is LeftBy.ENDED
