"""Texts that people write: what cannot be seen is taken out where nothing is lost, and refused where it deceives."""

import unicodedata

_COPIED = "\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
"""Come along when something is copied: soft hyphens, spaces of no width, marks and embeddings of direction. Pages show
each text with a direction of its own, so that none of them is needed."""
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters of Korean that show nothing."""
_TAGS = "".join(map(chr, (0xE0001, *range(0xE0020, 0xE0080))))
"""Say of a black flag whose it is; elsewhere they hide a text in another."""
_HARMLESS = frozenset(_COPIED + _FILLERS + _TAGS)

_JOINERS = "\u200c\u200d"
"""Between letters of Persian or Indian names, and in emoji that are put together."""

_REFUSED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def tidy(text: str) -> str:
    """The text in Unicode's form C, without what cannot be seen and means nothing."""
    shown = "".join(character for character in text if character not in _HARMLESS)
    joined = "".join(
        character for place, character in enumerate(shown) if character not in _JOINERS or _joins(shown, place)
    )
    return unicodedata.normalize("NFC", joined)


def unfit(text: str, allowed: str = "") -> str | None:
    """The first character that must not stand in a text, by its name; None when there is none.

    Control characters break phones, the engine's configuration and the database; overrides of direction make a text
    look like another. `allowed`: such as `"\\n"` in a note.
    """
    for place, character in enumerate(text):
        if character in allowed or _joiner_at(text, place):
            continue
        if unicodedata.category(character) in _REFUSED:
            return f"U+{ord(character):04X} {unicodedata.name(character, 'control character')}"
    return None


def seen(text: str) -> str:
    """What can be seen of a text, on one line: for what cannot be refused, such as a caller's name."""
    shown = tidy(" ".join(text.split()))
    return "".join(
        character for place, character in enumerate(shown) if character.isprintable() or _joiner_at(shown, place)
    ).strip()


def _joiner_at(text: str, place: int) -> bool:
    return text[place] in _JOINERS and _joins(text, place)


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands between two characters that it can join: in no script of Latin, Greek or Cyrillic."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all(_takes_joiners(character) for character in around)


def _takes_joiners(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] in "MS":
        return True
    return category[0] == "L" and not unicodedata.name(character, "").startswith(("LATIN", "GREEK", "CYRILLIC"))
