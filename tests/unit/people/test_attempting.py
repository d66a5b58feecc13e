"""Counters of failed attempts are each their own."""

import pytest

from svarhus.domains.people.repository import Subject
from svarhus.domains.signin.attempting import by_address, by_person, code_of, from_outside, password_of
from svarhus.kit.ids import OrganisationId

CLINIC = OrganisationId("clinic")
HERE = "192.0.2.1"


def counters(*subjects: Subject) -> set[tuple[str, str]]:
    return {(each.kind, each.value) for each in subjects}


@pytest.mark.parametrize(
    "written", ["clinic/anna", "clinic/anna/code", "clinic/anna/", "person clinic/anna/code", "code clinic/anna", HERE]
)
@pytest.mark.parametrize("device", [None, "device"])
def test_what_is_written_as_an_address_reaches_no_counter_of_a_person(written: str, device: str | None) -> None:
    others = counters(by_person(CLINIC, "anna"), *from_outside(code_of(CLINIC, "anna"), HERE, device))
    reached = counters(*from_outside(password_of(written), HERE, device))
    assert reached & others <= counters(by_address(HERE))


def test_an_address_is_one_however_it_is_written() -> None:
    assert password_of(" Anna@Clinic.example\n") == password_of("anna@clinic.example")


def test_a_known_device_counts_for_itself() -> None:
    account = password_of("anna@clinic.example")
    known = counters(*from_outside(account, HERE, "device"))
    assert not known & counters(*from_outside(account, HERE, None))
    assert not known & counters(*from_outside(account, HERE, "another"))
