"""Another way through the call flow by how the work schedule lets callers be met."""

from zoneinfo import ZoneInfo

import pytest

from svarhus.adapters.simulated.time import START
from svarhus.domains.calls.facts import ElementEntered
from svarhus.domains.organisation.errors import FaultyFile
from svarhus.domains.organisation.validation import check_configuration
from svarhus.exchange.core.requests import BookCallback
from svarhus.kit.clock import to_local
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import KARIN, LARS, MONA, STRAIGHT, Changes, House, document

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def flow(periods: list[object], exits: dict[str, str]) -> Changes:
    message = {"type": "message", "settings": {"messages": ["goodbye"]}}
    element = {"type": "schedule", "settings": {"schedule": "nurses"}, "exits": exits}
    ends = dict.fromkeys(("open", "closed", "full", "answered", "offered", "choice"), message)
    return {
        "schedules": {"nurses": {"periods": periods, "days_ahead": 0, "notice_minutes": 0}},
        "callflows": {"straight": {"start": "look", "elements": {"look": element, **ends}}},
    }


def period(**more: object) -> dict[str, object]:
    return {"days": EVERY_DAY, "from": "00:00", "to": "24:00", "calls_per_hour": 1, **more}


EXITS = {key: key for key in ("open", "closed", "full")}


def way(house: House) -> str:
    house.caller_rings(STRAIGHT, KARIN)
    return house.facts_of(ElementEntered)[-1].element


@pytest.mark.feature("FLOW-08", "SCH-09")
@pytest.mark.parametrize(
    ("more", "exits", "expected"),
    [
        ({"calling": "in"}, EXITS, "open"),
        ({"calling": "in"}, {**EXITS, "answered": "answered"}, "answered"),
        ({"calling": "out"}, {**EXITS, "answered": "answered"}, "open"),
        ({"calling": "out"}, {**EXITS, "offered": "offered"}, "offered"),
        ({"calling": "both"}, {**EXITS, "choice": "choice"}, "choice"),
        ({"calling": "in", "categories": ["wounds"]}, EXITS, "closed"),
    ],
)
def test_the_way_goes_by_how_callers_are_met(more: dict[str, object], exits: dict[str, str], expected: str) -> None:
    wounds = {"categories": [{"key": "wounds", "name": "Wounds"}]}
    assert way(House({**wounds, **flow([period(**more)], exits)})) == expected


@pytest.mark.feature("FLOW-08")
def test_when_all_times_are_taken_it_is_full() -> None:
    now = to_local(START, ZoneInfo("Europe/Stockholm")).hour
    hour = {"from": f"{now + 1:02}:00", "to": f"{now + 2:02}:00", "calls_per_hour": 2, "calling": "out"}
    made = House(flow([period(**hour)], EXITS))
    assert way(made) == "open"
    for number in (LARS, MONA):
        made.asks(BookCallback(QueueKey("advice"), number, PersonKey("bo")))
    assert way(made) == "full"


@pytest.mark.parametrize("missing", ["open", "closed", "full"])
def test_a_state_that_leads_nowhere_is_refused(missing: str) -> None:
    exits = {key: key for key in EXITS if key != missing}
    with pytest.raises(FaultyFile) as faulty:
        check_configuration(document(flow([period()], exits)))
    assert f"the exit `{missing}` is missing" in [fault.message for fault in faulty.value.faults]
