"""A data folder of an earlier version: its journal and its snapshots are read, and its calls go on.

The scenes in `data/first_version` were recorded in this house by the code of then: the facts, the state at two moments,
and who was on the line at the last of them. They say nothing of what a leg is in its call for, nor of conversations.
"""

import json
import zlib
from pathlib import Path

import msgspec
import pytest

from svarhus.adapters.simulated.world import Heard, SimulatedLeg
from svarhus.domains.calls.model import Outcome
from svarhus.domains.calls.purpose import (
    Asked,
    CalledBack,
    Calling,
    CallingBack,
    Handed,
    Offered,
    Placing,
    Purpose,
    Rejoining,
    Served,
    Target,
)
from svarhus.exchange.core.requests import CancelConsult, CompleteConsult, HearBrowser, ResumeCall, SwapConsult
from svarhus.exchange.core.snapshots import FIRST
from svarhus.kit.clock import Instant
from svarhus.kit.ids import PersonKey
from unit.exchange.house import House, Party

FOLDER = Path(__file__).with_name("data") / "first_version"
ANNA, BO, CIA = PersonKey("anna"), PersonKey("bo"), PersonKey("cia")

pytestmark = pytest.mark.feature("Q-22")


class Found(msgspec.Struct):
    """What a scene left behind beside its journal."""

    earlier: msgspec.Raw
    last: msgspec.Raw
    now: Instant
    legs: list[SimulatedLeg]
    registered: list[str]


class Line(msgspec.Struct):
    """A fact of the journal."""

    seq: int
    at: Instant
    fact: msgspec.Raw


@pytest.fixture(params=["journal", "earlier", "last"])
def begin(request: pytest.FixtureRequest) -> "Begin":
    """From the journal alone, or from a snapshot."""
    return Begin(request.param)


class Begin:
    def __init__(self, kept: str) -> None:
        self._kept = kept

    def scene(self, name: str) -> House:
        """The house of now, in the data folder of then."""
        found = msgspec.json.decode((FOLDER / f"{name}.json").read_bytes(), type=Found)
        lines = [msgspec.json.decode(line, type=Line) for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines()]
        snapshot = {"journal": None, "earlier": found.earlier, "last": found.last}[self._kept]
        house = House(start=found.now)
        house.takes_over(
            [(line.seq, line.at, bytes(line.fact)) for line in lines],
            (FIRST, zlib.compress(snapshot)) if snapshot else None,
            found.legs,
            found.registered,
        )
        return house


def party(house: House, person: str | None) -> Party:
    """Whose leg it is; of the one from outside without a person."""
    legs = [leg for leg in house.core.state.legs.values() if leg.person == person and not leg.replaces]
    return Party(house, legs[0].id)


def purposes(house: House) -> list[Purpose]:
    return [leg.purpose for leg in house.core.state.legs.values()]


def ends(house: House) -> None:
    for leg in list(house.engine.world.legs):
        if leg in house.engine.world.legs:
            Party(house, leg).hangs_up()
    house.waits(120)
    house.everything_is_over()
    house.journal_tells_all()


def test_the_facts_are_of_then() -> None:
    """Else they would prove nothing."""
    facts = [json.loads(line)["fact"] for file in FOLDER.glob("*.jsonl") for line in file.read_text().splitlines()]
    begun = [fact for fact in facts if fact["type"] == "leg_began"]
    assert begun and not any("purpose" in fact for fact in begun)


def test_two_talk_and_a_third_is_rung_for(begin: Begin) -> None:
    house = begin.scene("talk")
    anna, karin = party(house, ANNA), party(house, None)
    assert anna.hears_voice_of(karin) and Offered() in purposes(house)
    bo = house.phone("bo").answers()
    lars = next(Party(house, leg) for leg in house.engine.world.legs if leg not in (anna.leg, karin.leg, bo.leg))
    assert bo.hears_voice_of(lars)
    anna.hangs_up()
    assert karin.gone and karin.record.outcome is Outcome.ANSWERED and karin.record.person == ANNA
    ends(house)


def test_a_caller_on_hold_is_taken_back(begin: Begin) -> None:
    house = begin.scene("hold")
    anna, karin = party(house, ANNA), party(house, None)
    assert karin.hears(Heard.MUSIC)
    house.asks(ResumeCall(karin.call.id, ANNA))
    assert anna.hears_voice_of(karin)
    karin.hangs_up()
    assert 4 <= karin.record.hold < 5
    ends(house)


def test_who_is_asked_and_who_waits_change_places(begin: Begin) -> None:
    house = begin.scene("consult")
    anna, bo, karin = party(house, ANNA), party(house, BO), party(house, None)
    assert anna.hears_voice_of(bo) and Asked() in purposes(house)
    house.asks(SwapConsult(karin.call.id, ANNA))
    assert anna.hears_voice_of(karin) and bo.hears(Heard.MUSIC)
    house.asks(SwapConsult(karin.call.id, ANNA))
    house.asks(CompleteConsult(karin.call.id, ANNA))
    assert anna.gone and bo.hears_voice_of(karin)
    ends(house)


def test_who_asks_goes_back_before_the_answer(begin: Begin) -> None:
    house = begin.scene("consult-ringing")
    anna, karin = party(house, ANNA), party(house, None)
    assert house.phone("bo").rings and anna.hears(Heard.RINGING)
    house.asks(CancelConsult(karin.call.id, ANNA))
    assert not house.phone("bo").rings and anna.hears_voice_of(karin)
    ends(house)


def test_a_transfer_is_taken(begin: Begin) -> None:
    house = begin.scene("transfer")
    karin = party(house, None)
    assert Handed() in purposes(house)
    assert house.phone("bo").answers().hears_voice_of(karin)
    ends(house)


def test_a_transfer_that_nobody_took_comes_back(begin: Begin) -> None:
    house = begin.scene("returning")
    karin = party(house, None)
    assert house.phone("anna").answers().hears_voice_of(karin)
    ends(house)


def test_a_callback_reaches_its_customer(begin: Begin) -> None:
    house = begin.scene("callback")
    assert {type(purpose) for purpose in purposes(house)} == {CallingBack, CalledBack}
    cia = party(house, CIA)
    assert house.outside("+46701234567").answers().hears_voice_of(cia)
    ends(house)


def test_a_message_that_is_being_spoken_is_kept(begin: Begin) -> None:
    house = begin.scene("voicemail")
    karin = party(house, None)
    house.waits(4)
    karin.presses_at_once("#")
    assert len(house.voicemails) == 1 and house.voicemails[0].queue == "reception"
    ends(house)


def test_ones_own_phone_is_rung_first(begin: Begin) -> None:
    house = begin.scene("dialling")
    assert purposes(house) == [Placing()]
    anna = house.phone("anna").answers()
    assert house.phone("bo").answers().hears_voice_of(anna)
    ends(house)


def test_a_flow_has_the_call_connected(begin: Begin) -> None:
    house = begin.scene("connecting")
    assert purposes(house) == [Calling(), Target()]
    house.outside("+46812345678").declines()
    assert house.core.state.calls
    ends(house)


def test_a_key_that_is_waited_for_is_pressed(begin: Begin) -> None:
    house = begin.scene("confirming")
    dan, karin = party(house, PersonKey("dan")), party(house, None)
    dan.presses("1")
    assert dan.hears_voice_of(karin)
    ends(house)


def test_a_page_that_was_lost_comes_back(begin: Begin) -> None:
    house = begin.scene("missing")
    karin = party(house, None)
    assert house.browser("anna").rings
    assert house.browser("anna").answers().hears_voice_of(karin)
    assert Offered() in purposes(house)
    ends(house)


def test_a_page_that_was_reloaded_goes_on(begin: Begin) -> None:
    house = begin.scene("rejoining")
    old, karin = party(house, ANNA), party(house, None)
    assert any(isinstance(purpose, Rejoining) for purpose in purposes(house))
    house.asks(HearBrowser(ANNA, "page-2", registered=True))
    assert house.browser("anna").answers().hears_voice_of(karin) and old.gone
    ends(house)


def test_who_was_handed_to_a_queue_waits_on(begin: Begin) -> None:
    house = begin.scene("handed-to-queue")
    assert purposes(house) == [Served()]
    customer = party(house, None)
    house.phone("cia").comes_on()
    assert house.phone("cia").answers().hears_voice_of(customer)
    ends(house)
