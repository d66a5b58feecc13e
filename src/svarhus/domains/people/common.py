"""Whether a password is one of those that are tried first."""

import unicodedata
from functools import cache
from importlib import resources

_LOOKALIKES = str.maketrans("0134578@$!|", "oieastbasil")
"""What people write in the place of letters."""

_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopåasdfghjklöäzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp")
_LEAST_OWN = 6
"""Characters that a password must have besides common words, rows of keys and what is repeated."""


def is_common(password: str) -> bool:
    """Whether it is a common password or word, or several, with some digits or signs around or between: `Sommar2027!`,
    `p4ssw0rd.1`, `qwerty123456`, `abcabcabcabc`."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    return any(_own(spelling) < _LEAST_OWN for spelling in (plain, plain.translate(_LOOKALIKES)))


def is_listed(password: str) -> bool:
    """Whether it is a common password or word, and nothing besides: what programs try first, of a phone as well."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    return plain in _words() or plain.translate(_LOOKALIKES) in _words()


def _own(text: str) -> int:
    """How many characters are left when common words, rows and repetitions are taken away, a year or number counting
    as one."""
    words = _words()
    if text in words:
        return 0
    count, place, in_number = 0, 0, False
    while place < len(text):
        length = _known(text, place, words)
        number = not length and not text[place].isalpha()
        if not length and not (number and in_number):
            count += 1
        in_number = number
        place += length or 1
    return count


def _known(text: str, place: int, words: frozenset[str]) -> int:
    """How many characters from here on are a common word, go along a row, or were written just before."""
    for length in range(len(text) - place, 2, -1):
        piece = text[place : place + length]
        known = length > 3 and piece in words
        in_row = any(piece in row or piece in row[::-1] for row in _ROWS)
        if known or in_row or text[:place].endswith(piece) or len(set(piece)) == 1:
            return length
    return 0


@cache
def _words() -> frozenset[str]:
    text = resources.files("svarhus.domains.people").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
