"""Hold: the other one hears music, whoever asks for it and with whatever key."""

import pytest

from svarhus.adapters.simulated.world import Heard
from svarhus.domains.calls.errors import CallNotFound, NotPossibleNow
from svarhus.exchange.core.requests import HoldCall, ResumeCall, SendKeys
from svarhus.exchange.showing import live
from svarhus.kit.ids import CallId, PersonKey
from unit.exchange.house import LARS, STRAIGHT, House, Party

ANNA, BO = PersonKey("anna"), PersonKey("bo")


def talking(house: House) -> tuple[Party, Party]:
    """A caller and Anna in conversation."""
    house.logs_in("anna")
    caller = house.caller_rings(STRAIGHT)
    return caller, house.phone("anna").answers()


def call_of(party: Party) -> CallId:
    return party.call.id


def legs_shown(house: House, call: CallId) -> dict[str | None, str]:
    (shown,) = [one for one in live.calls(house.core) if one.id == call]
    return {leg.person: leg.state for leg in shown.legs}


class TestByRequest:
    def test_the_caller_hears_music_and_comes_back(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.asks(HoldCall(call_of(caller), ANNA))
        assert caller.hears(Heard.MUSIC)
        assert anna.hears(Heard.SILENCE)
        assert legs_shown(house, call_of(caller)) == {None: "held", "anna": "up"}
        house.asks(ResumeCall(call_of(caller), ANNA))
        assert caller.hears_voice_of(anna)
        assert legs_shown(house, call_of(caller)) == {None: "talking", "anna": "talking"}

    def test_hold_is_part_of_the_talk_and_counted_by_itself(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.waits(10)
        house.asks(HoldCall(call_of(caller), ANNA))
        house.waits(7)
        house.asks(ResumeCall(call_of(caller), ANNA))
        house.waits(5)
        anna.hangs_up()
        assert (caller.record.talk, caller.record.hold) == (22, 7)

    def test_a_caller_who_hangs_up_on_hold_leaves_nothing(self) -> None:
        house = House()
        caller, _ = talking(house)
        house.asks(HoldCall(call_of(caller), ANNA))
        house.waits(4)
        caller.hangs_up()
        assert (caller.record.talk, caller.record.hold) == (4, 4)
        house.logs_out("anna")
        house.waits(60)
        house.everything_is_over()

    def test_an_agent_who_hangs_up_ends_the_call_of_the_one_on_hold(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.asks(HoldCall(call_of(caller), ANNA))
        anna.hangs_up()
        assert caller.gone

    def test_twice_is_once(self) -> None:
        house = House()
        caller, anna = talking(house)
        for _ in range(2):
            house.asks(HoldCall(call_of(caller), ANNA))
        for _ in range(2):
            house.asks(ResumeCall(call_of(caller), ANNA))
        assert caller.hears_voice_of(anna)

    def test_nobody_holds_the_calls_of_others(self) -> None:
        house = House()
        caller, _ = talking(house)
        with pytest.raises(CallNotFound):
            house.asks(HoldCall(call_of(caller), BO))

    def test_what_is_not_talking_is_not_held(self) -> None:
        house = House()
        house.logs_in("anna")
        caller = house.caller_rings(STRAIGHT)
        with pytest.raises(NotPossibleNow):
            house.asks(HoldCall(call_of(caller), ANNA))

    def test_it_survives_a_restart(self) -> None:
        house = House()
        caller, anna = talking(house)
        house.asks(HoldCall(call_of(caller), ANNA))
        house.application_dies()
        house.application_starts()
        assert caller.hears(Heard.MUSIC)
        house.asks(ResumeCall(call_of(caller), ANNA))
        assert caller.hears_voice_of(anna)

    def test_keys_go_to_the_other_one(self) -> None:
        house = House()
        caller, _ = talking(house)
        house.asks(SendKeys(call_of(caller), ANNA, "12#"))
        assert house.engine.world.legs[caller.leg].digits == "12#"
        assert not any(b"12#" in body for _, _, body in house.journal)


class TestByThePhonesOwnKey:
    def test_the_caller_hears_music_and_comes_back(self) -> None:
        house = House()
        caller, anna = talking(house)
        anna.holds()
        assert caller.hears(Heard.MUSIC)
        anna.resumes()
        assert caller.hears_voice_of(anna)

    def test_both_may_hold_and_talk_when_neither_does(self) -> None:
        house = House()
        anna = house.phone("anna").dials("1002")
        bo = house.phone("bo").answers()
        anna.holds()
        bo.holds()
        assert anna.hears(Heard.MUSIC)
        assert bo.hears(Heard.MUSIC)
        anna.resumes()
        assert anna.hears(Heard.MUSIC)
        bo.resumes()
        assert anna.hears_voice_of(bo)


class TestSeveralCalls:
    def test_a_person_talks_in_one_call_at_a_time(self) -> None:
        house = House()
        caller, anna = talking(house)
        second = house.phone("anna").dials(LARS)
        lars = house.outside(LARS).answers()
        assert second.hears_voice_of(lars)
        assert caller.hears(Heard.MUSIC)
        house.asks(ResumeCall(call_of(caller), ANNA))
        assert caller.hears_voice_of(anna)
        assert lars.hears(Heard.MUSIC)
        lars.hangs_up()
        assert caller.hears_voice_of(anna)
