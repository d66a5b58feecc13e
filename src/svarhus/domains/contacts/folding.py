"""Text as it is compared when somebody searches: without case, accents and punctuation, in any Nordic spelling.

`Søren`, `Sören` and `SOREN` are one; `Soeren` finds them too. Numbers are found by any run of their digits, as
people of the country write them and in international form.
"""

import re
import unicodedata

from svarhus.domains.numbers.parse import digits, national

_LETTERS = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ł": "l", "œ": "o"})
"""Letters that are no letter with an accent in Unicode."""

_DIGRAPHS = str.maketrans({"ø": "oe", "ö": "oe", "æ": "ae", "ä": "ae", "å": "aa"})
"""How they are written where they are missing on the keyboard."""

_LAST = str.maketrans({"å": "{", "æ": "|", "ä": "|", "ø": "}", "ö": "}"})
"""The Nordic letters come after z: in the code these signs follow it."""

_SEPARATORS = re.compile(r"[^\w@.+]+")
_NO_DIGITS = re.compile(r"[^0-9]+")

MOST_TERMS = 8
"""Words of one search; what comes after them narrows nothing down any more."""


def folded(text: str) -> str:
    """The text for comparing: words apart by single spaces."""
    return _SEPARATORS.sub(" ", _plain(text.casefold())).strip()


def spellings(text: str) -> str:
    """The folded text and, where it differs, how it is written without Nordic letters; a number without its gaps."""
    plain = folded(text)
    if found := digits(text):
        return f"{plain} {found}"
    apart = folded(unicodedata.normalize("NFC", text).casefold().translate(_DIGRAPHS))
    return plain if plain == apart else f"{plain} {apart}"


def sort_key(text: str) -> str:
    """Orders names as a Nordic reader expects when compared character by character: å, ä and ö after z."""
    return _plain(unicodedata.normalize("NFC", text).casefold().translate(_LAST)).strip()


def number_forms(number: str, country: str) -> str:
    """The digits of a number in international form and as people of the country write it."""
    return f"{digits(number)} {_NO_DIGITS.sub('', national(number, country))}"


def terms(query: str) -> tuple[str, ...]:
    """What must be found, each in some field. A number typed with spaces is one term."""
    if found := digits(query):
        return (found,)
    words = [_term(word) for word in query.split()]
    return tuple(dict.fromkeys(part for word in words for part in word if part))[:MOST_TERMS]


def pattern(term: str) -> str:
    """For `like`: the term anywhere. Without an escape character of its own, which would be applied row by row."""
    escaped = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _term(word: str) -> list[str]:
    return [found] if (found := digits(word)) else folded(word).split()


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(character for character in apart if not unicodedata.combining(character))
