"""What people have chosen holds in every revision and is kept in none."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.organisation.changes import same
from svarhus.domains.organisation.choices import (
    NONE,
    Choice,
    Choices,
    as_written,
    carried_over,
    chosen_since,
    laid_over,
    laid_over_again,
    laid_over_other,
    still_chosen,
    without_lost_numbers,
)
from svarhus.domains.organisation.difference import difference
from svarhus.domains.organisation.listed import all_listed, index_of
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.validation import check_file
from unit.organisation.edits import STARTS, Edit, edits
from unit.organisation.small_file import SMALL

WRITTEN = all_listed(check_file(SMALL.encode()).configuration)
OURS, OTHER = "+46846500410", "+46701740605"


def chosen(**choices: Choice) -> Choices:
    return Choices.of(choices.items())


def settings_of(configuration: Configuration, name: str) -> dict[str, object]:
    return {person.key: getattr(person, name) for person in configuration.people}


def changed(configuration: Configuration, **wanted: object) -> Configuration:
    people = tuple(person.model_copy(update=wanted) for person in configuration.people)
    return all_listed(configuration.model_copy(update={"people": people}))


def kept(
    wanted: Configuration, choices: Choices, written: Configuration = WRITTEN
) -> tuple[Configuration, Mapping[str, Choice]]:
    """What an administrator's change leaves: the document, and what is left of choices of which something ends."""
    held = laid_over(written, choices)
    people = difference(held, wanted).of("people")
    left = still_chosen(wanted, held, people, choices)
    return as_written(wanted, held, written, people, choices, left), left


def test_what_was_chosen_holds_and_is_not_kept() -> None:
    choices = chosen(bo={"language": "fi", "mobile": OTHER}, gone={"language": "da"})
    now = laid_over(WRITTEN, choices)
    assert settings_of(now, "language") == {"anna": "sv", "bo": "fi"}
    document, left = kept(changed(now, title="Nurse"), choices)
    assert (settings_of(document, "language"), left) == ({"anna": "sv", "bo": "sv"}, {})
    assert (settings_of(document, "mobile"), settings_of(document, "title")) == (
        {"anna": None, "bo": None},
        {"anna": "Nurse", "bo": "Nurse"},
    )


def test_to_have_none_is_a_choice_too() -> None:
    written = changed(WRITTEN, mobile=OTHER)
    choices = chosen(bo={"mobile": None})
    now = laid_over(written, choices)
    assert settings_of(now, "mobile") == {"anna": OTHER, "bo": None}
    document, left = kept(changed(now, title="Nurse"), choices, written)
    assert (settings_of(document, "mobile"), left) == ({"anna": OTHER, "bo": OTHER}, {})


def test_what_an_administrator_writes_is_chosen_no_more() -> None:
    choices = chosen(bo={"language": "fi", "mobile": OTHER})
    document, left = kept(changed(laid_over(WRITTEN, choices), language="en"), choices)
    assert left == {"bo": {"mobile": OTHER}}
    assert settings_of(document, "language") == {"anna": "en", "bo": "en"}
    assert settings_of(document, "mobile") == {"anna": None, "bo": None}


def test_who_leaves_has_chosen_nothing() -> None:
    choices = chosen(bo={"language": "fi"}, cia={"language": "nb"})
    now = laid_over(WRITTEN, choices)
    bo = now.people[1]
    without = all_listed(now.model_copy(update={"people": (now.people[0], bo.model_copy(update={"key": "cia"}))}))
    document, left = kept(without, choices)
    assert left == {"bo": {}, "cia": {}}, "nor has somebody else who comes by a key that was had before"
    assert settings_of(document, "language") == {"anna": "sv", "cia": "fi"}


def test_a_number_that_is_the_organisations_no_more_is_shown_no_more() -> None:
    number = WRITTEN.numbers[0].model_copy(update={"number": "+46846500499"})
    written = WRITTEN.model_copy(update={"numbers": (*WRITTEN.numbers, number)})
    written = changed(written, presented=OURS)
    choices = chosen(bo={"presented": "+46846500499", "language": "fi"})
    held = laid_over(written, choices)
    fewer = held.model_copy(update={"numbers": WRITTEN.numbers})
    by_a_file, left = kept(fewer, choices, written)
    assert left == {"bo": {"language": "fi"}}
    assert settings_of(by_a_file, "presented") == {"anna": OURS, "bo": "+46846500499"}, "the file says it outright"
    wanted = without_lost_numbers(fewer, held, written, choices)
    assert settings_of(wanted, "presented") == {"anna": OURS, "bo": OURS}
    document, left = kept(wanted, choices, written)
    assert left == {"bo": {"language": "fi"}}
    assert settings_of(document, "presented") == {"anna": OURS, "bo": OURS}


def test_what_is_chosen_while_something_else_is_changed_is_left_alone() -> None:
    now = laid_over(WRITTEN, chosen(bo={"language": "fi", "mobile": OTHER}))
    wanted = carried_over(changed(WRITTEN, title="Nurse"), WRITTEN, now)
    assert settings_of(wanted, "language") == {"anna": "sv", "bo": "fi"}
    assert settings_of(wanted, "mobile") == {"anna": None, "bo": OTHER}
    written = carried_over(changed(WRITTEN, language="en"), WRITTEN, now)
    assert settings_of(written, "language") == {"anna": "en", "bo": "en"}
    assert settings_of(written, "mobile") == {"anna": None, "bo": OTHER}


_CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "language": st.sampled_from(["sv", "fi", "en"]),
        "mobile": st.sampled_from([OTHER, None]),
        "presented": st.sampled_from([OURS, None]),
    },
)


@given(st.sampled_from(STARTS), edits(), st.lists(_CHOICES, max_size=4), st.lists(_CHOICES, max_size=4))
@settings(max_examples=examples(200))
def test_whatever_is_changed_what_is_kept_holds_as_it_was_wanted(
    start: Configuration, edit: Edit, before: list[Choice], since: list[Choice]
) -> None:
    written = all_listed(start)
    keys = [person.key for person in written.people]
    choices = chosen_since(NONE, dict(zip(keys, before, strict=False)))
    held = laid_over(written, choices)
    assert kept(held, choices, written) == (written, {}), "what is in force, written again, changes nothing"
    wanted = edit(held)
    if len({person.key for person in wanted.people}) < len(wanted.people):
        return
    wanted = all_listed(wanted)
    document, left = kept(wanted, choices, written)
    after = chosen_since(choices, left)
    assert same(laid_over(document, after), wanted)
    assert same(laid_over_other(document, choices, written, held), laid_over(document, choices))
    later = dict(zip(reversed(keys), since, strict=False))
    again = laid_over_again(held, written, {**choices, **later})
    assert same(again, laid_over(written, chosen_since(choices, later)))
    index = index_of("people", again.people)
    assert all(index[person.key] is person for person in again.people)
