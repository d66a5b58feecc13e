"""Languages that people have chosen hold in every revision, and are kept in none."""

from svarhus.domains.organisation.languages import as_written, carried_over, in_chosen, in_languages_of, still_chosen
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.validation import check_file
from unit.organisation.small_file import SMALL

WRITTEN = check_file(SMALL.encode()).configuration


def languages(configuration: Configuration) -> dict[str, str]:
    return {person.key: person.language for person in configuration.people}


def renamed(configuration: Configuration, **changed: str) -> Configuration:
    people = tuple(person.model_copy(update={"title": "Nurse", **changed}) for person in configuration.people)
    return configuration.model_copy(update={"people": people})


def test_what_was_chosen_holds_and_is_not_kept() -> None:
    chosen = {"bo": "fi", "gone": "da"}
    now = in_chosen(WRITTEN, chosen)
    assert languages(now) == {"anna": "sv", "bo": "fi"}
    wanted = renamed(now)
    assert still_chosen(wanted, chosen) == {"bo": "fi"}
    kept = as_written(wanted, WRITTEN, chosen)
    assert languages(kept) == {"anna": "sv", "bo": "sv"}
    assert {person.title for person in kept.people} == {"Nurse"}


def test_whom_an_administrator_gives_another_language_has_chosen_no_more() -> None:
    chosen = {"bo": "fi"}
    wanted = renamed(in_chosen(WRITTEN, chosen), language="en")
    assert still_chosen(wanted, chosen) == {}
    assert languages(as_written(wanted, WRITTEN, chosen)) == {"anna": "en", "bo": "en"}


def test_what_is_chosen_while_something_else_is_changed_is_left_alone() -> None:
    wanted, now = renamed(WRITTEN), in_chosen(WRITTEN, {"bo": "fi"})
    assert languages(carried_over(wanted, WRITTEN, now)) == {"anna": "sv", "bo": "fi"}
    assert languages(carried_over(renamed(WRITTEN, language="en"), WRITTEN, now)) == {"anna": "en", "bo": "en"}


def test_an_earlier_revision_comes_back_in_the_languages_of_now() -> None:
    assert languages(in_languages_of(WRITTEN, in_chosen(WRITTEN, {"anna": "nb"}))) == {"anna": "nb", "bo": "sv"}
    assert in_chosen(WRITTEN, {}) is WRITTEN
