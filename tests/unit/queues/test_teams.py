"""A unit, or those with a tag, are members of a queue as a whole."""

from collections.abc import Sequence

import pytest
from pydantic import ValidationError

from svarhus.domains.queues.model import Team
from svarhus.domains.queues.state import OfferMade
from svarhus.exchange.showing.feed import moved
from svarhus.exchange.showing.live import agent
from svarhus.kit.ids import PersonKey, QueueKey
from unit.exchange.house import KARIN, STRAIGHT, Changes, House

pytestmark = pytest.mark.feature("Q-23")

RECEPTION = QueueKey("reception")


TEAMS = ({"unit": "ward", "starts_logged_in": True, "priority": 0}, {"tag": "Wounds"})


def changes(people: Changes, teams: Sequence[Changes] = TEAMS) -> Changes:
    return {
        "units": [{"key": "ward", "name": "Ward"}],
        "people": people,
        "queues": {
            "reception": {
                "members": [{"person": "anna"}],
                "teams": [*teams],
            }
        },
    }


def members(house: House) -> list[str]:
    return list(house.core.rules.rosters[RECEPTION])


def test_a_team_is_a_unit_or_a_tag_and_never_both() -> None:
    for wrong in ({}, {"unit": "ward", "tag": "Wounds"}):
        with pytest.raises(ValidationError):
            Team.model_validate(wrong)


def test_who_belongs_to_the_unit_or_has_the_tag_is_a_member_once() -> None:
    house = House(changes({"bo": {"units": ["ward"], "tags": ["wounds"]}, "cia": {"tags": ["Wounds"]}}))
    assert members(house) == ["anna", "bo", "cia"]
    assert house.core.state.agents[PersonKey("bo")].queues == {RECEPTION}, "the team starts logged in"
    house.logs_in("cia")
    house.caller_rings(STRAIGHT, KARIN)
    assert [fact.person for fact in house.facts_of(OfferMade)] == ["bo"], "the team's priority is theirs"


def test_who_joins_is_rung_at_once_and_who_leaves_is_let_go() -> None:
    house = House(changes({}))
    caller = house.caller_rings(STRAIGHT, KARIN)
    assert not house.facts_of(OfferMade)
    house.takes_configuration(changes({"bo": {"units": ["ward"]}}))
    assert house.phone("bo").rings
    house.takes_configuration(changes({"cia": {"units": ["ward"]}}))
    assert not house.phone("bo").rings and house.phone("cia").rings
    house.journal_tells_all()
    caller.hangs_up()


def test_who_has_no_phone_at_all_is_no_member_by_a_team() -> None:
    house = House(changes({"bo": {"units": ["ward"], "extension": None}}))
    assert members(house) == ["anna"]


def test_those_who_watch_see_who_may_log_in() -> None:
    house = House(changes({"bo": {"units": ["ward"]}}))
    before = house.core.rules
    shown = agent(house.core, "bo")
    assert shown and "reception" in shown.member_of
    house.takes_configuration(changes({"bo": {"units": ["ward"]}}, teams=()))
    shown = agent(house.core, "bo")
    assert shown and "reception" not in shown.member_of
    assert ("agents", "bo") in moved(before, house.core.rules)
