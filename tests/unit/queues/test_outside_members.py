"""A telephone outside that is a member of a queue, without a person here."""

import pytest

from svarhus.domains.calls.model import Outcome
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.validation import check_file
from svarhus.domains.queues.state import OfferMade
from svarhus.exchange.core.requests import BeginPause, EndPause, LogOut
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import AgentState
from svarhus.kit.ids import PauseKey, PersonKey
from unit.exchange.house import KARIN, LARS, STRAIGHT, House
from unit.organisation.small_file import SMALL

DUTY = "+46701000077"
KEY = PersonKey("number-46701000077")

pytestmark = pytest.mark.feature("Q-13")


def house_with(**settings: object) -> House:
    outside = {"number": DUTY, "name": "Jouren", **settings}
    return House({"queues": {"reception": {"outside": [outside]}}})


def state_of(house: House) -> AgentState:
    return next(agent.state for agent in live.agents(house.core) if agent.key == KEY)


def test_it_is_rung_and_counted_as_that_number() -> None:
    house = house_with()
    caller = house.caller_rings(STRAIGHT, KARIN)
    duty = house.outside(DUTY).answers()
    assert duty.told == ["agent.confirm"] and state_of(house) is AgentState.TALKING
    duty.presses("1")
    assert duty.hears_voice_of(caller)
    caller.hangs_up()
    assert (caller.record.outcome, caller.record.person) == (Outcome.ANSWERED, KEY)
    assert house.facts_of(OfferMade)[0].person == KEY
    house.everything_is_over()


def test_a_voicemail_there_takes_no_call() -> None:
    house = house_with()
    caller = house.caller_rings(STRAIGHT, KARIN)
    house.outside(DUTY).answers()
    house.waits(16)
    assert house.waiting_in("reception") == [caller.leg]


def test_where_a_switchboard_answers_no_key_is_asked_for() -> None:
    house = house_with(confirm=False)
    caller = house.caller_rings(STRAIGHT, KARIN)
    assert house.outside(DUTY).answers().hears_voice_of(caller)


def test_it_stands_after_the_members_of_its_priority() -> None:
    house = House(
        {"queues": {"reception": {"distribution": "priority_list", "outside": [{"number": DUTY, "name": "Jouren"}]}}}
    )
    house.logs_in("bo")
    house.caller_rings(STRAIGHT, KARIN)
    assert house.phone("bo").rings and not house.outside(DUTY).rings
    house.caller_rings(STRAIGHT, LARS)
    assert house.outside(DUTY).rings


def test_who_leads_pauses_it_and_logs_it_out() -> None:
    house = house_with()
    house.asks(BeginPause(KEY, PauseKey("break"), None, PersonKey("eva")))
    assert state_of(house) is AgentState.PAUSED
    caller = house.caller_rings(STRAIGHT, KARIN)
    assert not house.outside(DUTY).rings
    house.asks(EndPause(KEY, None))
    house.outside(DUTY).declines()
    house.asks(LogOut(KEY))
    house.waits(60)
    assert not house.outside(DUTY).rings and state_of(house) is AgentState.LOGGED_OUT
    assert not caller.gone
    house.journal_tells_all()


def test_one_number_in_two_queues_is_one_telephone() -> None:
    outside = [{"number": DUTY, "name": "Jouren"}]
    house = House({"queues": {"reception": {"outside": outside}, "advice": {"outside": outside}}})
    house.caller_rings(STRAIGHT, KARIN)
    second = house.caller_rings(caller=LARS)
    second.presses("7")
    assert len(house.facts_of(OfferMade)) == 1


def test_taken_out_of_the_queue_it_is_rung_no_more() -> None:
    house = house_with()
    house.takes_configuration({})
    house.caller_rings(STRAIGHT, KARIN)
    assert not house.outside(DUTY).rings and KEY not in house.core.rules.people
    house.takes_configuration({"people": {"bo": {"title": "Chief"}}})
    assert house.core.rules.people[PersonKey("bo")].title == "Chief"


def faults(outside: str, file: str = SMALL) -> list[str]:
    with pytest.raises(FaultyFile) as refused:
        check_file(file.replace('    extension: "201"\n', f'    extension: "201"\n    outside: {outside}\n').encode())
    return [fault.reason for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("outside", "reason"),
    [
        ('[{number: "+46846500410", name: Ourselves}]', "outside-is-ours"),
        ('[{number: "+442071838750", name: London}]', "outside-not-allowed"),
        ('[{number: "+46701740605", name: One}, {number: "+46701740605", name: Two}]', "named-twice"),
    ],
)
def test_what_can_never_be_right_is_refused(outside: str, reason: str) -> None:
    assert faults(outside) == [reason]


def test_a_person_has_no_key_of_a_telephone() -> None:
    file = SMALL.replace("  - key: bo\n", "  - key: number-46701740605\n").replace("person: bo", "person: anna")
    assert "key-of-outside" in faults("[]", file)
