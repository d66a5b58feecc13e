"""Texts in forms are tidied, and refused with the name of a character."""

import pytest
from pydantic import TypeAdapter, ValidationError

from svarhus.kit.written import Line, Lines

line = TypeAdapter(Line).validate_python
lines = TypeAdapter(Lines).validate_python


def test_a_name_is_on_one_line_and_shows_what_it_holds() -> None:
    assert line("An\u200bna") == "Anna"
    with pytest.raises(ValidationError, match="U\\+000A"):
        line("One\nTwo")
    with pytest.raises(ValidationError, match="RIGHT-TO-LEFT OVERRIDE"):
        line("One\u202eTwo")


def test_blanks_alone_are_nothing() -> None:
    assert (line("  \ufeff "), lines(" \n\t ")) == ("", "")


def test_a_note_has_lines_tabs_and_emoji_that_are_put_together() -> None:
    written = "Ring \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f\n\t\u0645\u06cc\u200c\u062e"
    assert lines(written) == written
    assert lines("One\r\nTwo\rThree\ufeff") == "One\nTwo\nThree"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\u202d", "\u202e", "\u2028", "\ud800"])
def test_a_note_shows_what_it_holds(character: str) -> None:
    with pytest.raises(ValidationError, match=f"U\\+{ord(character):04X}"):
        lines(f"One{character}Two")
