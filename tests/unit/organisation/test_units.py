"""Parts of the document belong to units."""

import pytest

from svarhus.domains.organisation.errors import FaultyFile, InUse
from svarhus.domains.organisation.exporting import export
from svarhus.domains.organisation.lists import OF_UNITS
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.parts import parts_of, removed
from svarhus.domains.organisation.validation import check_change, check_file
from unit.organisation.small_file import SMALL

FILE = (
    SMALL
    + """tags:
  - {key: booking, name: Booking}
lists:
  - {key: vip, name: Best customers}
playlists:
  - {key: calm, name: Calm}
"""
    + "categories:\n  - {key: recipes, name: Recipes}\n"
)


def configuration() -> Configuration:
    return check_file(FILE.encode()).configuration


def in_unit(before: Configuration, list_name: str, unit: str | None) -> Configuration:
    first, *others = parts_of(before, list_name)
    return before.model_copy(update={list_name: (first.model_copy(update={"unit": unit}), *others)})


def test_all_but_units_people_and_what_describes_them_may_belong_to_one() -> None:
    assert {"numbers", "trunks", "hours", "messages", "schedules", "queues", "tags", "callflows"} <= {*OF_UNITS}
    assert not {*OF_UNITS} & {"units", "people", "roles", "fields"}


@pytest.mark.feature("ROLE-04")
@pytest.mark.parametrize("list_name", OF_UNITS)
def test_a_unit_is_there_and_stays_as_long_as_something_belongs_to_it(list_name: str) -> None:
    before = configuration()
    after = check_change(before, in_unit(before, list_name, "north")).configuration
    with pytest.raises(InUse) as refused:
        removed(after, "units", "north")
    assert any(fault.path.startswith(f"{list_name}.") for fault in refused.value.faults)
    with pytest.raises(FaultyFile) as faulty:
        check_change(before, in_unit(before, list_name, "south"))
    assert [(fault.path, fault.message) for fault in faulty.value.faults] == [
        (f"{list_name}[0].unit", "there is no unit `south`")
    ]


@pytest.mark.parametrize("list_name", OF_UNITS)
def test_what_belongs_to_no_unit_is_written_as_it_was(list_name: str) -> None:
    before = in_unit(configuration(), "queues", None)
    assert "unit:" not in export(before)
    assert "unit: north" in export(in_unit(before, list_name, "north"))
