"""Who may show which number to those whom they call."""

import pytest
from pydantic import ValidationError

from svarhus.domains.numbers.presenting import Presenting
from svarhus.domains.organisation.choices import presentable
from svarhus.domains.organisation.parts import removed
from svarhus.ports.telephony import Dial
from unit.exchange.house import Changes, House, document

MAIN, OTHER = "+46846500400", "+46846500401"
pytestmark = pytest.mark.feature("NUM-08")


def numbers(presenting: Changes) -> Changes:
    flows = [
        {"number": MAIN, "name": "Main", "flow": "main"},
        {"number": OTHER, "name": "Other", "flow": "main", "presenting": presenting},
    ]
    return {
        "numbers": flows,
        "people": {"anna": {"presented": OTHER}, "bo": {"presented": OTHER, "role": "team_leader"}},
    }


def shown(presenting: Changes, person: str) -> str | None:
    house = House(numbers(presenting))
    house.phone(person).dials("0812345678")
    return next(command.presented for command in house.engine.commands if isinstance(command, Dial))


@pytest.mark.parametrize(
    ("presenting", "who"),
    [
        ({}, {"anna", "bo"}),
        ({"who": "supervisors"}, {"bo"}),
        ({"who": "named", "people": ["anna"]}, {"anna"}),
        ({"who": "named"}, set()),
    ],
)
def test_who_may(presenting: Changes, who: set[str]) -> None:
    configuration = document(numbers(presenting))
    people = {person.key: person for person in configuration.people}
    for person in ("anna", "bo"):
        assert shown(presenting, person) == (OTHER if person in who else MAIN)
        assert (OTHER in presentable(configuration, people[person])) == (person in who)


def test_names_belong_to_a_choice_of_names() -> None:
    with pytest.raises(ValidationError):
        Presenting.model_validate({"people": ["anna"]})


def test_who_leaves_is_not_named_any_more() -> None:
    configuration = document(numbers({"who": "named", "people": ["eva", "anna"]}))
    left = removed(configuration, "people", "eva")
    assert [number.presenting.people for number in left.numbers] == [(), ("anna",)]
