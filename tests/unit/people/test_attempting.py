"""Counters of failed attempts are each their own."""

import pytest

from svarhus.domains.people.attempting import by_address, by_email, by_person
from svarhus.kit.ids import OrganisationId

CLINIC = OrganisationId("clinic")


@pytest.mark.parametrize("written", ["clinic/anna", "clinic/anna/code", "clinic/anna/", "person clinic/anna/code"])
def test_what_is_written_as_an_address_reaches_no_counter_of_a_person(written: str) -> None:
    others = (by_person(CLINIC, "anna"), by_person(CLINIC, "anna", "code"), by_address(written))
    assert (by_email(written).kind, by_email(written).value) not in {(each.kind, each.value) for each in others}


def test_an_address_is_one_however_it_is_written() -> None:
    assert by_email(" Anna@Clinic.example\n") == by_email("anna@clinic.example")
