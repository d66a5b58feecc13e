"""Teams to which nobody belongs are told of, not refused."""

import pytest

from svarhus.domains.organisation.difference import difference
from svarhus.domains.organisation.unstaffed import unstaffed
from unit.exchange.house import document

pytestmark = pytest.mark.feature("Q-23")


def told(**team: str) -> list[tuple[str, ...]]:
    changes = {"queues": {"advice": {"teams": [team]}}, "people": {"bo": {"tags": ["Wounds"]}}}
    return [(each.reason, *each.values) for each in unstaffed(document(changes), None)]


def test_a_tag_that_nobody_has() -> None:
    assert told(tag="Wonuds") == [("team-tag-of-nobody", "Advice", "Wonuds")]
    assert told(tag="wounds") == []


def test_only_queues_that_are_changed_are_told_of() -> None:
    empty = document({"queues": {"advice": {"teams": [{"tag": "Wonuds"}]}}})
    renamed = document({"queues": {"advice": {"teams": [{"tag": "Wonuds"}]}, "reception": {"name": "Front"}}})
    assert unstaffed(renamed, difference(empty, renamed)) == ()
