"""Texts without what cannot be seen."""

import pytest

from svarhus.kit.text import seen, tidy, unfit


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("anna\u200b@clinic.example", "anna@clinic.example"),
        ("\ufeffAnna", "Anna"),
        ("\u202aAnna\u202c", "Anna"),
        ("A\u200cn\u200dna", "Anna"),
        ("Anna\u200d", "Anna"),
        ("A\u030asa", "\u00c5sa"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u3164Anna\uffa0", "Anna"),
        ("A\U000e0041nna", "Anna"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4"),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
        ("\U0001f469\u200d\u2695\ufe0f", "\U0001f469\u200d\u2695\ufe0f"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_where_nothing_is_lost(written: str, kept: str) -> None:
    assert tidy(written) == kept
    assert unfit(kept) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Anna\u202eanna", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("An\x07na", "U+0007 control character"),
        ("An\nna", "U+000A control character"),
        ("An\u2028na", "U+2028 LINE SEPARATOR"),
        ("An\ud800na", "U+D800 control character"),
    ],
)
def test_what_deceives_or_breaks_is_refused_by_name(written: str, name: str) -> None:
    assert unfit(tidy(written)) == name


def test_a_note_may_have_lines() -> None:
    assert unfit("One\nTwo", "\n") is None


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Anna\u202e54321", "Anna54321"),
        ("An\x07na\r\n Berg\x00", "Anna Berg"),
        ("Anna\u00a0Berg", "Anna Berg"),
        ("\u2067\u202e\u2069", ""),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ],
)
def test_of_what_cannot_be_refused_only_what_is_seen_is_kept(sent: str, shown: str) -> None:
    assert seen(sent) == shown
