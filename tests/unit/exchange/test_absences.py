"""People who are away: colleagues see it, it ends by itself, and calls are not decided by it."""

from datetime import timedelta

import msgspec
import pytest

from svarhus.domains.presence.absence import AbsenceKind
from svarhus.domains.presence.errors import AbsenceOver, PersonNotFound
from svarhus.exchange.core.requests import BeginAbsence, EndAbsence
from svarhus.exchange.showing import live
from svarhus.exchange.showing.views import LiveAbsence
from svarhus.kit.clock import after
from svarhus.kit.ids import PersonKey
from unit.exchange.house import STRAIGHT, House

ANNA, BO = PersonKey("anna"), PersonKey("bo")

pytestmark = pytest.mark.feature("SWB-04")


def absence_of(house: House, person: str) -> LiveAbsence | None:
    found = live.agent(house.core, person)
    assert found
    return found.absence


def goes(house: House, kind: AbsenceKind, seconds: float | None = None, note: str = "") -> None:
    until = after(house.now, timedelta(seconds=seconds)) if seconds is not None else None
    house.asks(BeginAbsence(ANNA, kind, until, note, BO))


def test_colleagues_see_why_until_when_and_who_said_so() -> None:
    house = House()
    goes(house, AbsenceKind.LUNCH, 1800, "Back at half past")
    until = after(house.now, timedelta(seconds=1800))
    assert absence_of(house, "anna") == LiveAbsence(AbsenceKind.LUNCH, house.now, until, "Back at half past", BO)
    assert absence_of(house, "bo") is None


def test_it_ends_by_itself_at_its_time() -> None:
    house = House()
    goes(house, AbsenceKind.LUNCH, 1800)
    house.waits(1799)
    assert absence_of(house, "anna")
    house.waits(1)
    assert absence_of(house, "anna") is None


def test_one_without_an_end_stays_until_somebody_ends_it() -> None:
    house = House()
    goes(house, AbsenceKind.ILL)
    house.waits(7 * 24 * 3600)
    assert absence_of(house, "anna")
    house.asks(EndAbsence(ANNA))
    assert absence_of(house, "anna") is None


def test_a_new_one_takes_the_place_and_the_end_of_the_old() -> None:
    house = House()
    goes(house, AbsenceKind.LUNCH, 1800)
    goes(house, AbsenceKind.MEETING)
    house.waits(3600)
    shown = absence_of(house, "anna")
    assert shown
    assert (shown.kind, shown.until) == (AbsenceKind.MEETING, None)


def test_after_one_that_was_ended_the_next_keeps_its_own_time() -> None:
    house = House()
    goes(house, AbsenceKind.LUNCH, 1800)
    house.asks(EndAbsence(ANNA))
    goes(house, AbsenceKind.OUT, 7200)
    house.waits(1801)
    assert absence_of(house, "anna")


@pytest.mark.parametrize("seconds", [0, -60])
def test_one_that_would_be_over_is_refused(seconds: float) -> None:
    house = House()
    with pytest.raises(AbsenceOver):
        goes(house, AbsenceKind.LUNCH, seconds)
    assert absence_of(house, "anna") is None


def test_nobody_can_be_away_whom_nobody_knows() -> None:
    house = House()
    with pytest.raises(PersonNotFound):
        house.asks(BeginAbsence(PersonKey("zoe"), AbsenceKind.OUT, None, "", None))


def test_it_is_there_again_after_the_application_was_killed_and_ends_all_the_same() -> None:
    house = House()
    goes(house, AbsenceKind.LUNCH, 1800)
    house.takes_snapshot()
    house.application_dies()
    house.application_starts()
    assert absence_of(house, "anna")
    house.waits(1800)
    assert absence_of(house, "anna") is None


def test_who_is_away_and_logged_in_is_still_offered_calls() -> None:
    house = House()
    house.logs_in("anna")
    goes(house, AbsenceKind.BUSY)
    house.caller_rings(STRAIGHT)
    assert house.phone("anna").rings


def test_nothing_is_kept_of_who_leaves_the_house() -> None:
    house = House()
    house.asks(BeginAbsence(PersonKey("eva"), AbsenceKind.HOLIDAY, None, "", None))
    house.takes_configuration({"people": {"eva": None}})
    assert not [agent for agent in house.core.state.agents.values() if agent.absence]


def test_a_state_that_was_kept_before_there_were_absences_is_read() -> None:
    house = House()
    house.logs_in("anna")
    kept = msgspec.json.decode(msgspec.json.encode(house.core.state.agents[ANNA]))
    kept.pop("absence")
    assert msgspec.convert(kept, type(house.core.state.agents[ANNA])).absence is None
