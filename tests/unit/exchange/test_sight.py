"""What somebody sees of people who are hidden from colleagues, while they watch."""

import pytest

from svarhus.exchange.showing.feed import Sight
from svarhus.exchange.showing.views import LiveTopic

HIDDEN = frozenset({"eva"})


@pytest.mark.parametrize(
    ("sight", "shown"),
    [(Sight(), True), (Sight(hidden_people=False), False), (Sight(hidden_people=False, own="eva"), True)],
)
def test_a_hidden_person_is_shown_to_those_who_see_people_and_to_themselves(sight: Sight, *, shown: bool) -> None:
    assert sight.shows((LiveTopic.AGENTS, "eva"), HIDDEN) is shown
    assert sight.of_list(LiveTopic.AGENTS, HIDDEN).shows_person("eva", HIDDEN) is shown
    assert sight.shows((LiveTopic.AGENTS, "bo"), HIDDEN)


def test_sights_that_differ_in_people_alone_share_lists_in_which_nobody_is_hidden() -> None:
    less = Sight(hidden_people=False)
    assert Sight().of_list(LiveTopic.QUEUES, HIDDEN) == less.of_list(LiveTopic.QUEUES, HIDDEN)
    assert Sight().of_list(LiveTopic.CALLS, ()) == less.of_list(LiveTopic.CALLS, ())
    assert Sight().of_list(LiveTopic.CALLS, HIDDEN) != less.of_list(LiveTopic.CALLS, HIDDEN)
