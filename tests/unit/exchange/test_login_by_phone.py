"""Members log in and out at any telephone, by a PIN that nobody reads."""

import pytest

from svarhus.domains.calls.facts import KeyPressed
from svarhus.exchange.core.facts import encode
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, Changes, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")
SERVICE = "+46846500409"
PIN = "8302"
SERVICE_NUMBER: Changes = {
    "callflows": {"service": {"name": "Service", "start": "log-in", "elements": {"log-in": {"type": "member_login"}}}},
    "people": {"anna": {"mobile": KARIN}},
}

pytestmark = pytest.mark.feature("Q-12")


def house_with(changes: Changes | None = None) -> House:
    house = House({**SERVICE_NUMBER, **(changes or {}), "numbers": NUMBERS})
    house.pins = {"anna": PIN}
    return house


NUMBERS = [{"number": SERVICE, "name": "Service", "flow": "service"}]


def queues_of(house: House, person: PersonKey = ANNA) -> set[QueueKey]:
    agent = house.core.state.agents.get(person)
    return set(agent.queues) if agent else set()


def rings(house: House, number: str | None = LARS) -> Party:
    return house.caller_rings(SERVICE, number)


def keyed(party: Party, digits: str) -> None:
    """As fast as fingers are."""
    for digit in digits:
        party.house.waits(0.2)
        party.presses_at_once(digit)
    party.house.settle()


def let_in(house: House) -> Party:
    """Anna, from her mobile, up to the choices."""
    anna = rings(house, KARIN)
    keyed(anna, f"{PIN}#")
    house.waits(5)
    return anna


class TestTheDialogue:
    def test_from_a_strange_phone_with_extension_and_pin(self) -> None:
        house = house_with()
        caller = rings(house)
        keyed(caller, "1001#")
        keyed(caller, f"{PIN}#")
        assert caller.told == ["member.who", "member.pin", "agent.logged_out"]
        house.waits(5)
        keyed(caller, "1")
        assert queues_of(house) == {"reception"}
        assert "agent.logged_in" in caller.told
        house.journal_tells_all()

    def test_who_calls_from_an_own_number_is_not_asked_for_it(self) -> None:
        house = house_with()
        anna = rings(house, KARIN)
        assert anna.told == ["member.pin"]
        keyed(anna, f"{PIN}#1")
        assert queues_of(house) == {"reception"}

    def test_by_the_own_number_too(self) -> None:
        house = house_with()
        caller = rings(house)
        keyed(caller, "0701234567#")
        keyed(caller, f"{PIN}#1")
        assert queues_of(house) == {"reception"}

    def test_one_logs_out_pauses_and_comes_back(self) -> None:
        house = house_with()
        house.logs_in("anna", "bo")
        anna = let_in(house)
        assert anna.told[1:] == ["agent.logged_in", "member.choices"]
        for key, told in (("3", "agent.paused"), ("4", "agent.pause_over"), ("2", "agent.logged_out")):
            keyed(anna, key)
            assert anna.told[-1] == told
            house.waits(4)
        assert not queues_of(house)

    def test_the_last_one_out_is_told_so(self) -> None:
        house = house_with()
        house.logs_in("anna")
        anna = let_in(house)
        keyed(anna, "2")
        assert anna.told[-2:] == ["agent.logged_out", "agent.last_out"]

    def test_where_those_who_lead_decide_it_is_refused(self) -> None:
        house = house_with({"queues": {"reception": {"self_log_in": False}}})
        anna = let_in(house)
        keyed(anna, "1")
        assert anna.told[-1] == "agent.others_log_in" and not queues_of(house)

    def test_who_is_in_no_queue_is_told_so(self) -> None:
        house = house_with()
        house.pins = {"eva": PIN}
        caller = rings(house)
        keyed(caller, "1005#")
        keyed(caller, f"{PIN}#")
        assert "member.no_queue" in caller.told
        house.waits(10)
        assert caller.gone

    def test_done_is_done(self) -> None:
        house = house_with()
        anna = let_in(house)
        keyed(anna, "#")
        house.waits(10)
        assert anna.gone
        house.everything_is_over()

    def test_silence_ends_it(self) -> None:
        house = house_with()
        caller = rings(house)
        house.waits(200)
        assert caller.gone
        house.everything_is_over()


class TestNobodyGetsIn:
    @pytest.mark.parametrize("extension", ["1001", "9999"], ids=["a wrong PIN", "nobody's number"])
    def test_a_wrong_pin_and_a_number_of_nobody_sound_the_same(self, extension: str) -> None:
        house = house_with()
        caller = rings(house)
        for _ in range(3):
            keyed(caller, f"{extension}#")
            keyed(caller, "4711#")
        wrong = ["member.wrong", "member.who", "member.pin"]
        assert caller.told == ["member.who", "member.pin", *wrong, *wrong, "member.wrong", "goodbye"]
        house.waits(10)
        assert caller.gone and not queues_of(house)

    def test_an_own_number_is_no_proof(self) -> None:
        house = house_with()
        anna = rings(house, KARIN)
        keyed(anna, "4711#1")
        assert not queues_of(house)

    def test_who_has_no_pin_does_not_get_in(self) -> None:
        house = house_with()
        house.pins = {}
        anna = rings(house, KARIN)
        keyed(anna, f"{PIN}#1")
        assert not queues_of(house)


class TestNothingIsTold:
    def test_no_key_of_the_pin_is_in_the_journal_or_a_snapshot(self) -> None:
        house = house_with()
        caller = rings(house)
        keyed(caller, "1001#")
        begun = len(house.facts)
        keyed(caller, f"{PIN}*{PIN}#")
        told = house.facts[begun:]
        assert not any(isinstance(fact, KeyPressed) for fact in told)
        assert all(PIN.encode() not in encode(fact) for fact in told)
        leg = house.core.state.legs[caller.leg]
        assert leg.last_key == "#" and "agent.logged_out" in caller.told

    def test_keys_that_come_together_with_what_ends_the_number_are_hidden_too(self) -> None:
        """The application was slow: all is decided in one go."""
        house = house_with()
        caller = rings(house)
        house.waits(3)
        house.busy = True
        keyed(caller, f"1001#{PIN}#")
        house.catches_up()
        assert [fact.digit for fact in house.facts_of(KeyPressed)] == list("1001#")
        assert "agent.logged_out" in caller.told

    def test_after_a_death_it_is_asked_for_again(self) -> None:
        house = house_with()
        anna = rings(house, KARIN)
        keyed(anna, "83")
        house.application_dies()
        house.application_starts()
        house.waits(20)
        assert anna.told[-2:] == ["menu.no_input", "member.who"]
