"""Calls to the outside: who may make them, and how many."""

from datetime import UTC, datetime

import pytest

from svarhus.domains.calls.facts import CallClosed, CallRefused
from svarhus.domains.calls.model import CallKind, LegRole, Outcome
from svarhus.domains.calls.talk import Destination
from svarhus.exchange.core.requests import DialFor
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey
from svarhus.ports.telephony import Dial, EndCause, LineAddress
from unit.exchange.house import KARIN, LARS, MAIN, STRAIGHT, Changes, House, Party


def outgoing(changes: Changes) -> House:
    return House({"organisation": {"outgoing": changes}})


def dialled_out(house: House) -> list[Dial]:
    return [command for command in house.engine.commands if isinstance(command, Dial)]


def reasons(house: House) -> list[str]:
    return [refused.reason for refused in house.facts_of(CallRefused)]


def calls_out(house: House, number: str = "0812345678", person: str = "eva") -> Party:
    return house.phone(person).dials(number)


class TestFromOutside:
    """Nothing that comes in over a trunk reaches an outside line but through a call flow."""

    @pytest.mark.parametrize(
        "dialled",
        [
            "0812345678",
            "+46812345678",
            "00468123456",
            "112",
            "*61",
            "*60",
            "1001",
            "2001",
            "",
            "main",
            "+46846500400x#",
        ],
    )
    def test_what_is_no_number_of_ours_is_refused(self, dialled: str) -> None:
        house = House()
        house.logs_in("anna")
        stranger = house.caller_rings(dialled)
        assert stranger.refused_with is EndCause.UNREACHABLE
        assert reasons(house) == ["unknown_number"]
        assert dialled_out(house) == []
        assert house.calls == []

    @pytest.mark.parametrize("caller", ["1001", "+46846500400", "*61", "eva", ""])
    def test_whoever_the_caller_claims_to_be(self, caller: str) -> None:
        house = House()
        assert house.caller_rings("0812345678", caller).gone
        assert dialled_out(house) == []

    @pytest.mark.parametrize(
        ("sent", "number", "name"),
        [
            ("0701740605fru", None, "0701740605fru"),
            ("0701740605", "+46701740605", ""),
            ("46701740605", "+46701740605", ""),
            ("4021", "4021", ""),
            ("4650042", "4650042", ""),
            ("anonymous", None, ""),
        ],
    )
    def test_a_caller_gets_no_digits_that_were_not_sent(self, sent: str, number: str | None, name: str) -> None:
        house = House()
        house.caller_rings(caller=sent)
        [call] = house.calls
        assert (call.caller, call.caller_name) == (number, name)

    def test_through_a_call_flow_a_caller_is_connected(self) -> None:
        house = House()
        karin = house.caller_rings()
        karin.presses("4")
        house.waits(2)
        assert house.outside("+46812345678").answers().hears_voice_of(karin)

    def test_keys_of_a_caller_dial_nothing(self) -> None:
        house = House()
        karin = house.caller_rings()
        karin.presses("0*61#0812345678")
        house.waits(5)
        assert all(
            dial.target.number == "+46812345678" for dial in dialled_out(house) if hasattr(dial.target, "number")
        )

    def test_a_number_may_be_bound_to_a_trunk(self) -> None:
        house = House()
        bound = "+46846500403"
        assert house.caller_rings(bound, trunk="carrier").refused_with is EndCause.UNREACHABLE
        assert not house.caller_rings(bound, trunk="pbx").gone

    @pytest.mark.parametrize("dialled", ["+46846500400", "46846500400", "0846500400", "0046846500400", "08-465 004 00"])
    def test_a_number_of_ours_is_known_however_the_carrier_writes_it(self, dialled: str) -> None:
        assert House().caller_rings(dialled).told == ["welcome"]


class TestFromPhones:
    def test_a_person_calls_out_and_presents_the_houses_number(self) -> None:
        house = House()
        eva = calls_out(house)
        customer = house.outside("+46812345678").answers()
        assert customer.hears_voice_of(eva)
        assert customer.shown == "+46846500400"
        eva.hangs_up()
        assert (eva.record.kind, eva.record.outcome) == (CallKind.OUTGOING, Outcome.ANSWERED)

    def test_an_unknown_phone_is_refused(self) -> None:
        house = House()
        stranger = Party(house, house.engine.call_in(house.core.state.organisation, "0812345678", endpoint="6666"))
        house.settle()
        assert stranger.refused_with is EndCause.REFUSED
        assert reasons(house) == ["unknown_phone"]

    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            ("+4915112345678", "outgoing_country"),
            ("+88213101234", "outgoing_country"),
            ("09001234567", "outgoing_premium_rate"),
            ("12", "outgoing_not_a_number"),
        ],
    )
    def test_only_allowed_countries_and_no_premium_numbers(self, number: str, reason: str) -> None:
        house = House()
        assert calls_out(house, number).refused_with is EndCause.REFUSED
        assert reasons(house) == [reason]
        assert dialled_out(house) == []

    @pytest.mark.parametrize("number", ["112", "1177", "114 14"])
    def test_a_short_number_goes_out_as_it_is_dialled(self, number: str) -> None:
        house = House()
        calls_out(house, number)
        [dial] = dialled_out(house)
        assert isinstance(dial.target, LineAddress) and dial.target.number == number.replace(" ", "")

    @pytest.mark.parametrize("number", ["118118", "71234"])
    def test_a_short_number_that_may_cost_more_does_not(self, number: str) -> None:
        house = House()
        calls_out(house, number)
        assert reasons(house) == ["outgoing_premium_rate"]
        assert dialled_out(house) == []

    @pytest.mark.parametrize(
        "number",
        ["465004", "4650042", "701740605", "070-17406O5", "070 174 06 05-06", "08-465 00 42x12", "*0701740605"],
    )
    def test_no_digit_is_invented_and_none_lost(self, number: str) -> None:
        house = House()
        calls_out(house, number)
        assert reasons(house) == ["outgoing_not_a_number"]
        assert dialled_out(house) == []

    def test_without_a_trunk_none(self) -> None:
        house = outgoing({"trunk": None})
        calls_out(house)
        assert reasons(house) == ["outgoing_no_trunk"]

    def test_no_more_at_the_same_time_than_are_allowed_whoever_makes_them(self) -> None:
        house = outgoing({"simultaneous": 2})
        house.logs_in("dan")
        house.caller_rings(STRAIGHT)
        assert house.phone("dan").rings
        eva = calls_out(house)
        assert calls_out(house, person="anna").refused_with is EndCause.REFUSED
        lars = house.caller_rings(MAIN, LARS)
        lars.presses("4")
        house.waits(2)
        assert lars.told[-1] == "transfer.failed"
        eva.hangs_up()
        assert not calls_out(house, person="anna").gone
        assert reasons(house) == ["outgoing_simultaneous"]

    def test_a_line_that_is_free_again_is_used_for_those_who_wait(self) -> None:
        house = outgoing({"simultaneous": 1})
        eva = calls_out(house)
        house.logs_in("dan")
        house.caller_rings(STRAIGHT)
        assert not house.phone("dan").rings
        eva.hangs_up()
        assert house.phone("dan").rings

    def test_no_more_a_day_than_are_allowed_and_the_day_is_local(self) -> None:
        house = House({"organisation": {"outgoing": {"daily": 2}}}, Instant(datetime(2026, 11, 2, 22, 58, tzinfo=UTC)))
        for _ in range(2):
            calls_out(house).hangs_up()
        calls_out(house)
        assert reasons(house) == ["outgoing_daily"]
        house.waits(120)
        assert not calls_out(house).gone

    def test_an_emergency_call_is_let_through_whatever_the_limits(self) -> None:
        house = outgoing({"simultaneous": 0, "daily": 0})
        eva = calls_out(house, "112")
        assert house.outside("112").answers().hears_voice_of(eva)

    def test_an_emergency_number_is_one_even_where_a_colleague_or_a_queue_has_it_as_extension(self) -> None:
        house = House({"people": {"anna": {"extension": "112"}}, "queues": {"reception": {"extension": "112"}}})
        calls_out(house, "112")
        [dial] = dialled_out(house)
        assert getattr(dial.target, "number", None) == "112"

    def test_a_busy_number_is_busy_for_the_caller(self) -> None:
        house = House()
        eva = calls_out(house)
        house.engine.fail(next(leg for leg in house.engine.world.legs if leg != eva.leg), EndCause.BUSY)
        house.settle()
        assert eva.refused_with is EndCause.BUSY
        assert eva.record.outcome is Outcome.UNANSWERED

    def test_who_was_rung_first_is_told_that_it_is_busy(self) -> None:
        """At the phone on the desk there is no tone of anybody's exchange any more."""
        house = House()
        house.asks(DialFor(PersonKey("eva"), Destination(number="0812345678")))
        eva = house.phone("eva").answers()
        house.engine.fail(next(leg for leg in house.engine.world.legs if leg != eva.leg), EndCause.BUSY)
        house.settle()
        assert eva.told == ["call.busy"]
        house.waits(20)
        assert eva.record.outcome is Outcome.UNANSWERED
        house.everything_is_over()

    def test_who_calls_in_is_called_back_only_where_we_may_call(self) -> None:
        house = outgoing({"countries": ["NO"]})
        karin = house.caller_rings(MAIN, KARIN)
        karin.presses("21")
        assert karin.told[-1] == "callback.enter_number"


@pytest.mark.feature("NUM-09")
def test_to_what_a_call_is_charged() -> None:
    """The element's word counts before the unit's, and that before the organisation's."""
    transfer = {"type": "transfer", "settings": {"number": "+46812345678", "billing_id": "project/7"}}
    house = House(
        {
            "organisation": {"outgoing": {"billing_id": "4100"}},
            "units": [{"key": "ward", "name": "Ward", "billing_id": "4711"}],
            "people": {"anna": {"units": ["ward"]}},
            "callflows": {"straight": {"start": "on", "elements": {"on": transfer, "queue": None}}},
        }
    )
    house.phone("eva").dials("0812345671")
    house.phone("anna").dials("0812345672")
    house.caller_rings(STRAIGHT, KARIN)
    house.waits(3)
    charged = {leg.party: leg.billing for leg in house.core.state.legs.values() if leg.role is LegRole.TARGET}
    assert charged == {"+46812345671": "4100", "+46812345672": "4711", "+46812345678": "project/7"}
    house.outside("+46812345678").declines()
    house.waits(10)
    logged = [leg.billing for closed in house.facts_of(CallClosed) for leg in closed.record.legs]
    assert "project/7" in logged
