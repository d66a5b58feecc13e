"""Snapshots of older versions are read; those that cannot be are told apart from those that can."""

import zlib
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from svarhus.adapters.simulated.time import START
from svarhus.domains.queues.offer import How
from svarhus.domains.queues.state import OfferMade
from svarhus.exchange.core.core import Core
from svarhus.exchange.core.snapshots import FIRST, Json, SnapshotUnreadable, freeze, newest, thaw
from svarhus.exchange.core.state import Stored
from svarhus.kit.clock import Instant
from svarhus.kit.ids import CallId, QueueKey
from svarhus.ports.telephony import EndCause, LegAnswered, LegEnded
from unit.exchange.house import House


def test_what_was_frozen_is_what_is_thawed() -> None:
    house = House()
    house.caller_rings()
    stored = house.core.state.stored
    format, body = freeze(stored)
    assert format == newest()
    assert thaw(format, body) == stored


def test_an_older_snapshot_is_brought_up_step_by_step() -> None:
    def counts_from_one(kept: Json) -> None:
        kept["calls_begun"] = kept.pop("begun") + 1

    def doubles(kept: Json) -> None:
        kept["calls_begun"] *= 2

    steps = (counts_from_one, doubles)
    oldest = zlib.compress(msgspec.json.encode({"format": FIRST, "seq": 7, "begun": 4}))
    between = zlib.compress(msgspec.json.encode({"seq": 7, "calls_begun": 5}))
    newer = zlib.compress(msgspec.json.encode(Stored(seq=7, calls_begun=10)))

    assert thaw(FIRST, oldest, steps) == Stored(seq=7, calls_begun=10)
    assert thaw(FIRST + 1, between, steps) == Stored(seq=7, calls_begun=10)
    assert thaw(FIRST + 2, newer, steps) == Stored(seq=7, calls_begun=10)


@pytest.mark.parametrize(
    ("format", "body"),
    [
        (newest() + 1, freeze(Stored())[1]),
        (FIRST - 1, freeze(Stored())[1]),
        (newest(), b"not packed"),
        (newest(), zlib.compress(b"not json")),
        (newest(), zlib.compress(b'{"seq": "many"}')),
    ],
)
def test_one_that_cannot_be_read_is_said_to_be_so(format: int, body: bytes) -> None:
    with pytest.raises(SnapshotUnreadable):
        thaw(format, body)


def test_a_step_that_stumbles_says_so() -> None:
    def stumbles(kept: Json) -> None:
        del kept["never there"]

    with pytest.raises(SnapshotUnreadable):
        thaw(FIRST, freeze(Stored())[1], (stumbles,))


OLDEST = Path(__file__).with_name("data") / "snapshot-2.json"
"""As the first version kept it: one caller was joined to Anna a moment ago, Bo's phone rings for the next, the third
waits."""


def test_the_oldest_snapshot_goes_on() -> None:
    stored = thaw(2, zlib.compress(OLDEST.read_bytes()))
    house = House()
    core = Core(house.core.state.organisation, stored)
    core.revisions = dict(house.core.revisions)
    core.caught_up()
    state = core.state

    assert [(place.call, place.id, len(place.offers)) for place in state.places.values()] == [
        ("house-2", 2, 1),
        ("house-3", 3, 0),
    ]
    (offer,) = state.offers.values()
    assert (offer.person, state.call_of(offer), offer.how) == ("bo", "house-2", How.DISTRIBUTED)
    assert state.matching.line(QueueKey("reception")) == [2, 3]

    bo = offer.leg
    assert bo is not None
    now = Instant(START + timedelta(seconds=4))
    core.decide([LegAnswered(bo)], now)
    assert state.place_of(CallId("house-2")) is None
    tried = state.calls[CallId("house-1")].tried
    assert tried is not None and tried.place is not None and tried.offer is not None
    assert tried.place.call == "house-1" and tried.offer.place == tried.place.id
    core.decide([LegEnded(state.calls[CallId("house-1")].first_leg, EndCause.HUNG_UP)], now)
    assert state.calls[CallId("house-1")].ending
    anna = next(leg.id for leg in state.legs.values() if leg.person == "anna")
    decided = core.decide([LegEnded(anna, EndCause.WE_HUNG_UP)], now)
    assert [fact.fact.call for fact in decided.facts if isinstance(fact.fact, OfferMade)] == ["house-3"]
