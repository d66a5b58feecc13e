"""How many short messages a text becomes."""

import pytest

from svarhus.kit.short_messages import LATIN_1, length, parts, read


@pytest.mark.parametrize(
    ("text", "parts", "letters", "room"),
    [
        ("", 1, 0, 160),
        ("å" * 160, 1, 160, 160),
        ("å" * 161, 2, 161, 306),
        ("a" * 306, 2, 306, 306),
        ("a" * 307, 3, 307, 459),
        ("€" * 80, 1, 160, 160),
        ("€" * 81, 2, 162, 306),
        ("ł" * 70, 1, 70, 70),
        ("ł" * 71, 2, 71, 134),
        ("😀" * 35, 1, 70, 70),
        ("😀" * 36, 2, 72, 134),
    ],
)
def test_letters_and_parts_are_counted_as_phones_do(text: str, parts: int, letters: int, room: int) -> None:
    found = length(text)
    assert (found.parts, found.letters, found.room) == (parts, letters, room)
    assert found.plain == (room % 153 == 0 or room == 160)


@pytest.mark.parametrize("text", ["Hej åäö ÅÄÖ", "[€]", "ł😀", ""])
def test_what_is_written_is_read(text: str) -> None:
    assert "".join(read(part.coding, part.text) for part in parts(text, 7)) == text


def test_what_cannot_be_read_is_shown_as_such() -> None:
    assert read(0, b"Hej\xff\x1b\x01") == "Hej��"
    assert read(LATIN_1, b"Hej \xe5") == "Hej å"
    assert read(8, b"\x00H\xd8\x3d") == "H�"
