"""A strategy may ask several members at the same time: exactly one gets the caller, and the others stop ringing."""

from svarhus.domains.calls.reasons import LegCause
from svarhus.domains.queues.offer import OfferOutcome
from svarhus.domains.queues.state import OfferEnded, OfferMade
from svarhus.kit.ids import PersonKey
from svarhus.ports.telephony import HangUp
from unit.exchange.house import STRAIGHT, House


def rings_all(*people: str) -> House:
    reception = {"members": [{"person": person} for person in people], "distribution": "ring_all"}
    house = House({"queues": {"reception": reception}})
    for person in people:
        house.logs_in(person)
    return house


def ended(house: House) -> dict[str, OfferOutcome]:
    return {fact.person: fact.outcome for fact in house.facts if isinstance(fact, OfferEnded)}


def test_all_of_them_ring_and_the_first_who_answers_gets_the_caller() -> None:
    house = rings_all("anna", "bo", "cia")
    caller = house.caller_rings(STRAIGHT)
    assert [fact.person for fact in house.facts if isinstance(fact, OfferMade)] == ["anna", "bo", "cia"]
    assert len(house.place(caller.call.id).offers) == 3

    house.phone("bo").answers()
    assert house.core.state.place_of(caller.call.id) is None
    assert ended(house) == {
        "anna": OfferOutcome.ANSWERED_ELSEWHERE,
        "bo": OfferOutcome.ANSWERED,
        "cia": OfferOutcome.ANSWERED_ELSEWHERE,
    }
    assert not house.core.state.offers
    agents = house.core.state.agents
    assert all(agents[PersonKey(person)].free for person in ("anna", "cia")), "who was too late has no after-call work"
    told = [one.leg for one in house.engine.commands if isinstance(one, HangUp) and one.elsewhere]
    assert len(told) == 2, "the phones of both are told that it was answered elsewhere"
    caller.hangs_up()
    elsewhere = {leg.person for leg in caller.record.legs if leg.cause is LegCause.ANSWERED_ELSEWHERE}
    assert elsewhere == {"anna", "cia"}


def test_a_mobile_that_waits_for_its_key_loses_the_caller_to_who_is_quicker() -> None:
    house = rings_all("anna", "dan")
    caller = house.caller_rings(STRAIGHT)
    before = house.core.state.agents[PersonKey("dan")].idle_since
    mobile = house.phone("dan").answers()
    house.waits(2)
    house.phone("anna").answers()
    assert mobile.gone
    assert ended(house) == {"anna": OfferOutcome.ANSWERED, "dan": OfferOutcome.ANSWERED_ELSEWHERE}
    assert house.core.state.agents[PersonKey("dan")].idle_since == before
    caller.hangs_up()


def test_of_two_mobiles_the_first_that_confirms_has_the_caller() -> None:
    house = House(
        {
            "people": {"bo": {"number": "+46701000002", "answers_at": "number"}},
            "queues": {"reception": {"members": [{"person": "bo"}, {"person": "dan"}], "distribution": "ring_all"}},
        }
    )
    house.logs_in("bo", "dan")
    caller = house.caller_rings(STRAIGHT)
    first, second = house.phone("bo").answers(), house.phone("dan").answers()
    second.presses("1")
    assert first.gone and second.hears_voice_of(caller)
    assert ended(house) == {"bo": OfferOutcome.ANSWERED_ELSEWHERE, "dan": OfferOutcome.ANSWERED}
    caller.hangs_up()


def test_two_who_answer_in_the_same_moment_are_told_apart() -> None:
    house = rings_all("anna", "bo")
    caller = house.caller_rings(STRAIGHT)
    house.busy = True
    house.phone("bo").answers()
    house.phone("anna").answers()
    house.catches_up()
    assert sorted(ended(house).values()) == [OfferOutcome.ANSWERED, OfferOutcome.ANSWERED_ELSEWHERE]
    talking = [leg for leg in house.core.state.legs.values() if leg.conversation]
    assert len(talking) == 2 and len(house.core.state.legs) == 2
    caller.hangs_up()


def test_when_one_declines_the_others_ring_on() -> None:
    house = rings_all("anna", "bo")
    caller = house.caller_rings(STRAIGHT)
    house.phone("anna").declines()
    assert [house.core.state.offers[each].person for each in house.place(caller.call.id).offers] == ["bo"]
    house.phone("bo").answers()
    assert ended(house) == {"anna": OfferOutcome.DECLINED, "bo": OfferOutcome.ANSWERED}
    caller.hangs_up()


def test_a_caller_who_hangs_up_stops_all_of_them() -> None:
    house = rings_all("anna", "bo", "cia")
    caller = house.caller_rings(STRAIGHT)
    caller.hangs_up()
    assert set(ended(house).values()) == {OfferOutcome.WITHDRAWN}
    assert not house.core.state.places and not house.core.state.legs


def test_who_answers_and_is_gone_at_once_leaves_the_caller_at_the_place() -> None:
    house = rings_all("anna", "bo")
    caller = house.caller_rings(STRAIGHT)
    came = house.place(caller.call.id).entered_at
    house.phone("anna").answers().is_gone_at_once()
    assert house.place(caller.call.id).entered_at == came
    assert [house.core.state.offers[each].person for each in house.place(caller.call.id).offers] == ["bo"]
    caller.hangs_up()
