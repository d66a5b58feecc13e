"""Members log in and out at any telephone, by a PIN that nobody reads."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svarhus.domains.callflows.elements.member_login import TO_KEY
from svarhus.domains.calls.facts import KeyPressed, Remembered
from svarhus.exchange.core.facts import encode
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, Changes, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")
SERVICE = "+46846500409"
PIN = "8302"
LONG_PIN = "83027461"
WAITS = {"type": "queue", "settings": {"queue": "reception"}}
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
        assert not leg.last_key and "agent.logged_out" in caller.told

    def test_keys_that_come_together_with_what_ends_the_number_are_hidden_too(self) -> None:
        """The application was slow: all is decided in one go."""
        house = house_with()
        caller = rings(house)
        house.waits(3)
        house.busy = True
        keyed(caller, f"1001#{PIN}#")
        house.catches_up()
        assert not house.facts_of(KeyPressed)
        assert "agent.logged_out" in caller.told

    def test_after_a_death_it_is_asked_for_again(self) -> None:
        house = house_with()
        anna = rings(house, KARIN)
        keyed(anna, "83")
        house.application_dies()
        house.application_starts()
        house.waits(20)
        assert anna.told[-3:] == ["menu.no_input", "member.pin", "member.other"]


class TestWhoKeysThePinInTheWrongPlace:
    def test_after_a_wrong_one_at_an_own_phone_the_pin_alone_is_asked_for(self) -> None:
        house = house_with()
        anna = rings(house, KARIN)
        keyed(anna, "4711#")
        assert anna.told[1:] == ["member.wrong", "member.pin", "member.other"]
        keyed(anna, f"{PIN}#1")
        assert queues_of(house) == {"reception"}

    def test_a_colleague_gets_in_there_by_star(self) -> None:
        house = house_with()
        house.pins = {"bo": PIN}
        bo = rings(house, KARIN)
        keyed(bo, "*1002#")
        assert bo.told == ["member.pin", "member.who", "member.pin"]
        keyed(bo, f"{PIN}#1")
        assert queues_of(house, BO) and not queues_of(house)

    def test_each_key_has_its_time(self) -> None:
        house = house_with()
        anna = rings(house, KARIN)
        for key in f"{PIN}#":
            house.waits(TO_KEY - 1)
            anna.presses_at_once(key)
        assert "agent.logged_out" in anna.told

    def test_what_ends_the_pin_and_slips_is_no_choice(self) -> None:
        house = house_with()
        anna = rings(house, KARIN)
        keyed(anna, f"{PIN}##1")
        assert queues_of(house) == {"reception"}

    def test_the_next_element_hears_keys_again(self) -> None:
        log_in = {"type": "member_login", "exits": {"next": "wait"}}
        flow = {"name": "Service", "start": "log-in", "elements": {"log-in": log_in, "wait": WAITS}}
        house = house_with({"callflows": {"service": flow}})
        house.logs_in("bo")
        anna = let_in(house)
        keyed(anna, "#")
        house.waits(3)
        keyed(anna, "7")
        assert [fact.digit for fact in house.facts_of(KeyPressed)] == ["7"]

    @settings(max_examples=60, deadline=None)
    @given(
        number=st.sampled_from([KARIN, LARS, None]),
        rows=st.lists(
            st.tuples(
                st.sampled_from(["1001#", "9999#", "4711#", "*", "#", "1", "3", "9", ""]),
                st.sampled_from(["", "#", "*", "*#", "##"]),
                st.sampled_from([0.0, 0.05, 0.2, 1.0, 5.0, 14.0, 16.0]),
                st.sampled_from([0.0, 0.3, 4.0, 9.0, 20.0]),
            ),
            min_size=1,
            max_size=6,
        ),
        dies_after=st.none() | st.integers(0, 5),
    )
    def test_no_step_keeps_a_key(
        self, number: str | None, rows: list[tuple[str, str, float, float]], dies_after: int | None
    ) -> None:
        """Keyed before it something or nothing, at any speed, ended or not, and again and again."""
        house = house_with()
        house.pins = {"anna": LONG_PIN}
        caller = rings(house, number)
        for which, (before, ending, speed, pause) in enumerate(rows):
            keyed(caller, before)
            for key in f"{LONG_PIN}{ending}":
                house.waits(speed)
                if caller.gone:
                    break
                caller.presses_at_once(key)
            if which == dies_after:
                house.application_dies()
                house.application_starts()
            house.waits(pause)
            if caller.gone:
                break
        assert not house.facts_of(KeyPressed)
        kept = b"".join(encode(fact) for fact in house.facts) + msgspec.json.encode(house.core.state.stored)
        assert LONG_PIN.encode() not in kept
        memories = [fact.memory.values() for fact in house.facts_of(Remembered)]
        assert not any(str(value).isdecimal() and len(str(value)) > 1 for memory in memories for value in memory)
