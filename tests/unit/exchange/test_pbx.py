"""Extensions that stand at a PBX behind a trunk, and units that call out by a trunk of their own."""

import pytest

from svarhus.domains.calls.facts import CallRefused
from svarhus.domains.calls.model import CallKind, Outcome
from svarhus.kit.ids import PersonKey
from svarhus.ports.telephony import Dial, EndCause, LineAddress, PbxAddress
from unit.exchange.house import KARIN, STRAIGHT, House

pytestmark = pytest.mark.feature("NUM-05")

FIA = {"name": "Fia", "email": "fia@house.example", "extension": "7012", "units": ["ward"]}
PBX = {
    "units": [{"key": "ward", "name": "Ward", "outgoing_trunk": "pbx"}],
    "people": {"fia": FIA},
    "trunks": {"pbx": {"extensions": ["7000-7199", "7300"]}},
    "queues": {"reception": {"members": [{"person": "fia", "starts_logged_in": True}]}},
}


def dialled(house: House) -> list[object]:
    return [command.target for command in house.engine.commands if isinstance(command, Dial)]


def test_a_member_is_rung_at_the_pbx_without_a_registration() -> None:
    house = House(PBX)
    karin = house.caller_rings(STRAIGHT, KARIN)
    assert dialled(house) == [PbxAddress("pbx", "7012")]
    fia = house.phone("fia").answers()
    assert karin.hears_voice_of(fia)
    assert not house.core.state.legs[fia.leg].outside
    karin.hangs_up()
    assert karin.record.outcome is Outcome.ANSWERED


def test_any_extension_of_the_pbx_is_called_inside() -> None:
    house = House(PBX)
    for extension in ("7199", "7300"):
        house.phone("anna").dials(extension)
    assert dialled(house) == [PbxAddress("pbx", "7199"), PbxAddress("pbx", "7300")]
    assert {call.kind for call in house.calls} == {CallKind.INTERNAL}


@pytest.mark.parametrize("extension", ["7200", "700", "70000", "6999"])
def test_what_is_in_no_range_is_not(extension: str) -> None:
    house = House(PBX)
    house.phone("anna").dials(extension)
    assert dialled(house) == []


def test_who_calls_from_the_pbx_is_known() -> None:
    house = House(PBX)
    house.logs_in("bo")
    fia = house.caller_rings("2001", "7012", trunk="pbx")
    assert house.core.state.legs[fia.leg].person == PersonKey("fia")
    assert house.core.state.calls[house.core.state.legs[fia.leg].call].kind is CallKind.INTERNAL


def test_logging_in_from_the_pbx() -> None:
    house = House(PBX)
    house.caller_rings("*60", "7012", trunk="pbx")
    assert not house.core.state.agents[PersonKey("fia")].queues
    house.caller_rings("*61", "7012", trunk="pbx")
    assert house.core.state.agents[PersonKey("fia")].queues == {"reception"}


@pytest.mark.parametrize(
    ("called", "caller", "trunk"),
    [
        ("0812345678", "7012", "pbx"),
        ("112", "7012", "pbx"),
        ("7013", "7012", "pbx"),
        ("2001", "7012", "carrier"),
        ("2001", KARIN, "pbx"),
        ("*61", "7100", "pbx"),
    ],
    ids=["outside", "emergency", "back to the PBX", "by another trunk", "from outside", "nobody's log-in"],
)
def test_nobody_dials_through_us(called: str, caller: str, trunk: str) -> None:
    house = House(PBX)
    house.logs_in("bo")
    stranger = house.caller_rings(called, caller, trunk=trunk)
    assert stranger.refused_with is EndCause.UNREACHABLE
    assert dialled(house) == []
    assert [refused.reason for refused in house.facts_of(CallRefused)] == ["unknown_number"]


def test_a_unit_calls_out_by_its_own_trunk() -> None:
    house = House({**PBX, "people": {"fia": FIA, "anna": {"units": ["ward"]}}})
    house.phone("anna").dials("0812345678")
    house.phone("eva").dials("0812345679")
    assert dialled(house) == [LineAddress("pbx", "+46812345678"), LineAddress("carrier", "+46812345679")]


def test_a_phone_that_moves_to_the_pbx_is_rung_there() -> None:
    house = House({"queues": {"reception": {"members": [{"person": "anna", "starts_logged_in": True}]}}})
    house.phone("anna").goes_off()
    house.caller_rings(STRAIGHT, KARIN)
    assert dialled(house) == []
    moved = {"queues": {"reception": {"members": [{"person": "anna"}]}}, "trunks": {"pbx": {"extensions": ["1001"]}}}
    house.takes_configuration(moved)
    assert dialled(house) == [PbxAddress("pbx", "1001")]
