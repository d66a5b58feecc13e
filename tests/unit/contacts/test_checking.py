"""What is written on a contact's card can be seen."""

import pytest

from svarhus.domains.contacts.checking import checked

NOTHING: dict[str, str] = {}


@pytest.mark.parametrize(
    ("tags", "fields", "path"),
    [
        (["VIP\u202e"], NOTHING, "tags"),
        ([], {"Kund\u202enr": "4"}, "fields"),
        ([], {"Kundnr": "\u202e4"}, "fields"),
        ([], {"Kundnr": "\x004"}, "fields"),
    ],
)
def test_tags_and_own_fields_hold_nothing_that_deceives(tags: list[str], fields: dict[str, str], path: str) -> None:
    card, faults = checked(name="Anna", texts={}, numbers=[], tags=tags, fields=fields, country="SE")
    assert card is None
    assert [(fault.path, fault.reason) for fault in faults] == [(path, "contact-control")]


def test_what_comes_along_when_it_is_copied_is_taken_out() -> None:
    card, _ = checked(
        name="\u202aAnna", texts={}, numbers=[], tags=["\ufeffVIP"], fields={"A\u200b": "1"}, country="SE"
    )
    assert card is not None
    assert (card.name, card.tags, card.fields) == ("Anna", ("VIP",), {"A": "1"})
