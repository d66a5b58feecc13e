"""What a file of contacts does to those that are there already."""

import itertools
from datetime import UTC, datetime

from svarhus.domains.contacts.importing import Line
from svarhus.domains.contacts.merging import Author, Plan, plan
from svarhus.domains.contacts.model import Contact, ContactCard, ContactId, Numbered, NumberLabel
from svarhus.kit.clock import instant

NOW = instant(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
WORK, MOBILE = Numbered("+4684650040", NumberLabel.WORK), Numbered("+46701740605", NumberLabel.MOBILE)


def planned(known: list[ContactCard], *cards: ContactCard, id: str | None = None) -> Plan:
    there = [Contact(ContactId(f"known-{number}"), card, NOW, "anna") for number, card in enumerate(known)]
    lines = [Line(number + 2, ContactId(id) if id else None, card) for number, card in enumerate(cards)]
    numbers = itertools.count()
    return plan(lines, there, Author("bo", NOW), lambda: f"new-{next(numbers)}")


def test_who_is_not_known_is_added() -> None:
    found = planned([], ContactCard("Åsa", numbers=(WORK,)))
    assert [(each.id, each.changed_by) for each in found.added] == [("new-0", "bo")]


def test_who_is_known_by_name_and_number_is_not_added_twice() -> None:
    found = planned([ContactCard("Åsa", numbers=(WORK,))], ContactCard("ÅSA", numbers=(WORK, MOBILE)))
    assert found.added == ()
    assert found.changed[0].card.numbers == (WORK, MOBILE)


def test_two_people_may_share_a_number() -> None:
    found = planned([ContactCard("Åsa", numbers=(WORK,))], ContactCard("Bo", numbers=(WORK,)))
    assert [each.card.name for each in found.added] == ["Bo"]


def test_what_a_file_leaves_out_stays() -> None:
    known = ContactCard(
        "Åsa", company="Taxi", numbers=(WORK,), tags=("vip",), fields={"Kod": "1"}, notes="Ring inte före 9."
    )
    said = ContactCard("Åsa", place="Solna", numbers=(WORK,), tags=("natt",), fields={"Färg": "blå"}, notes="Har hund.")
    [changed] = planned([known], said).changed
    assert changed.card == ContactCard(
        "Åsa",
        company="Taxi",
        place="Solna",
        numbers=(WORK,),
        tags=("vip", "natt"),
        fields={"Kod": "1", "Färg": "blå"},
        notes="Ring inte före 9.\nHar hund.",
    )


def test_the_same_file_twice_changes_nothing() -> None:
    card = ContactCard("Åsa", numbers=(WORK,), notes="Ring.")
    assert planned([card], card) == Plan((), (), 1)


def test_lines_about_the_same_person_become_one_contact() -> None:
    found = planned([], ContactCard("Åsa", numbers=(WORK,)), ContactCard("Åsa", numbers=(WORK, MOBILE)))
    assert [each.card.numbers for each in found.added] == [(WORK, MOBILE)]
    assert (found.joined, found.unchanged) == (1, 0)


def test_an_id_says_who_is_meant_also_under_a_new_name() -> None:
    [changed] = planned([ContactCard("Åsa Ek", numbers=(WORK,))], ContactCard("Åsa Lund"), id="known-0").changed
    assert changed.card == ContactCard("Åsa Lund", numbers=(WORK,))
