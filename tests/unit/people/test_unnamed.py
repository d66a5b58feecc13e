"""Where people stand in an answer is found by its type, and what stands in stored JSON by its names."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import pytest
from pydantic import BaseModel

from svarhus.domains.people.model import Person
from svarhus.domains.people.unnamed import UNNAMED, Unnamed, may_tell_of_people
from svarhus.kit.ids import PersonKey

EVA = Person(key="eva", name="Eva Ek", email="eva@clinic.example", extension="103", hidden=True)
BY = Unnamed({"eva": EVA})


class Leg(msgspec.Struct, frozen=True):
    person: PersonKey | None
    party: str = "eva"


class Call(BaseModel):
    by: tuple[PersonKey, ...]
    queue: str = "eva"


@dataclass(frozen=True)
class Page:
    legs: tuple[Leg, ...]
    call: Call | None = None


def test_only_what_is_a_person_is_changed() -> None:
    seen = BY.of(Page((Leg(PersonKey("eva")), Leg(PersonKey("bo"))), Call(by=(PersonKey("bo"), PersonKey("eva")))))
    assert seen == Page((Leg(UNNAMED), Leg(PersonKey("bo"))), Call(by=(PersonKey("bo"), UNNAMED)))


def test_what_names_nobody_hidden_is_not_made_anew() -> None:
    page = Page((Leg(PersonKey("bo")), Leg(None)))
    assert BY.of(page) is page
    assert Unnamed({}).of(page) is page
    assert not may_tell_of_people("eva")


@pytest.mark.parametrize(
    ("stored", "seen"),
    [
        ({"person": "eva", "queue": "eva"}, {"person": UNNAMED, "queue": "eva"}),
        ({"to": {"person": "eva"}, "members": ["bo", "eva"]}, {"to": {"person": UNNAMED}, "members": ["bo", UNNAMED]}),
        ({"caller_name": "Eva Ek", "seconds": 3}, {"caller_name": "", "seconds": 3}),
    ],
)
def test_stored_json_names_nobody_hidden(stored: Mapping[str, object], seen: Mapping[str, object]) -> None:
    assert BY.stored(stored) == seen


def test_a_callers_name_goes_with_the_person() -> None:
    assert (BY.name("Eva Ek"), BY.name("Ek, E", "103"), BY.name("Karin", "+46701740605")) == ("", "", "Karin")
    assert BY.words("changed the queues of eva") == f"changed the queues of {UNNAMED}"
