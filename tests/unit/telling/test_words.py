"""The words that customers get."""

from datetime import UTC, datetime

import pytest

from svarhus.domains.organisation.model import Configuration
from svarhus.domains.outbox.wording import LANGUAGES
from svarhus.domains.telling.words import About, Template, words
from svarhus.kit.clock import Instant
from svarhus.kit.ids import QueueKey
from svarhus.kit.short_messages import length
from unit.exchange.house import document

AT = Instant(datetime(2026, 11, 30, 9, 15, tzinfo=UTC))
ABOUT = About(QueueKey("advice"), AT)


def with_texts(**texts: dict[str, str]) -> Configuration:
    return document({"organisation": {"texts": texts}})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", Template)
def test_what_is_shipped_is_whole_and_short_in_every_language(template: Template, language: str) -> None:
    subject, text = words(document(), template, language, ABOUT)
    assert "{" not in subject + text and document().organisation.name in text
    if template not in (Template.LATE, Template.UNANSWERED, Template.NOT_REACHED, Template.RECEIPT):
        assert length(text).parts == 1
    assert length(text).plain and length(text).parts <= 2


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("sv", "måndag 30 november"),
        ("en", "Monday 30 November"),
        ("fi", "maanantaina 30.11."),
        ("nb", "mandag 30. november"),
    ],
)
def test_the_day_is_said_so_that_it_stays_true(language: str, day: str) -> None:
    assert f"{day} " in words(document(), Template.CONFIRMATION, language, ABOUT)[1]


@pytest.mark.feature("CB-10")
def test_the_organisations_own_words_are_filled_in() -> None:
    own = with_texts(confirmation={"sv": "{queue}: {time} {day}"})
    assert words(own, Template.CONFIRMATION, "sv", ABOUT)[1] == "Advice: 10:15 måndag 30 november"
    assert words(own, Template.CONFIRMATION, "en", ABOUT)[1].startswith("We will call you")
