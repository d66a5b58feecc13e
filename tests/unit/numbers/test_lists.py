"""Numbers are found on lists whole, or by the longest beginning."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.numbers.lists import Listed, ListedNumbers, found_on

DIGITS = st.text("0123", min_size=1, max_size=5)
ROWS = st.builds(lambda digits, begins: f"{digits}*" if begins else digits, DIGITS, st.booleans())


def by_the_rule(rows: frozenset[str], number: str) -> int:
    """Written as the rule is said."""
    if number in rows:
        return len(number) + 1
    return max((len(row) - 1 for row in rows if row.endswith("*") and number.startswith(row[:-1])), default=0)


@given(st.frozensets(ROWS), st.lists(DIGITS))
@settings(max_examples=examples(200))
def test_the_whole_number_goes_before_beginnings_and_the_longest_of_these_before_others(
    rows: frozenset[str], numbers: list[str]
) -> None:
    listed = ListedNumbers(1, rows)
    for number in numbers:
        assert listed.matching(number) == by_the_rule(rows, number)


@given(st.frozensets(ROWS), st.frozensets(ROWS), st.frozensets(ROWS), st.lists(DIGITS))
@settings(max_examples=examples(200))
def test_another_version_is_what_differs(
    rows: frozenset[str], gone: frozenset[str], come: frozenset[str], numbers: list[str]
) -> None:
    before = ListedNumbers(1, rows)
    after = before.changed(2, gone, come)
    assert (before.version, after.version) == (1, 2)
    for number in numbers:
        assert before.matching(number) == by_the_rule(rows, number)
        assert after.matching(number) == by_the_rule(rows - gone | come, number)
    assert len(after) == len(rows - gone | come)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("+46701234567", Listed("best", 4)),
        ("+46701234568", Listed("region", 7)),
        ("+46700000000", Listed("mobiles", 2)),
        ("+4684650040", None),
    ],
)
def test_of_several_lists_the_one_that_says_most_of_the_number(number: str, found: Listed | None) -> None:
    lists = {
        "mobiles": ListedNumbers(2, ["+4670*"]),
        "region": ListedNumbers(7, ["+46701234*"]),
        "best": ListedNumbers(4, ["+46701234567"]),
    }
    assert found_on(lists, ["mobiles", "region", "best", "unheard-of"], number) == found


def test_of_lists_that_say_the_same_the_first_that_is_wanted() -> None:
    lists = {"one": ListedNumbers(1, ["+4670*"]), "other": ListedNumbers(1, ["+4670*"])}
    assert found_on(lists, ["other", "one"], "+46701234567") == Listed("other", 1)
    assert found_on(lists, ["one", "other"], "+46701234567") == Listed("one", 1)
