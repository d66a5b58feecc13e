"""Texts in the bytes of short messages: GSM 7-bit default alphabet where it has all letters, else UCS-2.

3GPP TS 23.038 (alphabets), TS 23.040, 9.2.3.24.1 (parts of a long message).
"""

from collections.abc import Sequence
from dataclasses import dataclass

_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPE = 0x1B
_EXTENDED = {
    "\f": 0x0A,
    "^": 0x14,
    "{": 0x28,
    "}": 0x29,
    "\\": 0x2F,
    "[": 0x3C,
    "~": 0x3D,
    "]": 0x3E,
    "|": 0x40,
    "€": 0x65,
}
_BY_EXTENDED = {code: character for character, code in _EXTENDED.items()}
_SEPTETS = {character: bytes([code]) for code, character in enumerate(_BASIC) if code != _ESCAPE} | {
    character: bytes([_ESCAPE, code]) for character, code in _EXTENDED.items()
}

DEFAULT, LATIN_1, UCS2 = 0x00, 0x03, 0x08
"""`data_coding` (SMPP 3.4, 5.2.19). The default is the provider's: nearly everywhere GSM's, an octet each."""

WHOLE = {DEFAULT: 160, UCS2: 140}
"""Septets, or octets, of a text that is one message."""
OF_SEVERAL = {DEFAULT: 153, UCS2: 134}
"""The same beside the header that puts parts together."""


@dataclass(frozen=True)
class ShortMessage:
    """One of the short messages that a text becomes."""

    coding: int
    text: bytes
    header: bytes = b""
    """User data header; empty for a text that is one message."""


def parts(text: str, reference: int) -> tuple[ShortMessage, ...]:
    """The short messages that a text becomes. `reference`: 0 to 255, by which a phone knows what belongs together."""
    letters = [_SEPTETS.get(character) for character in text]
    if all(letter is not None for letter in letters):
        coding, pieces = DEFAULT, [letter for letter in letters if letter is not None]
    else:
        coding, pieces = UCS2, [character.encode("utf-16-be") for character in text]
    if sum(map(len, pieces)) <= WHOLE[coding]:
        return (ShortMessage(coding, b"".join(pieces)),)
    texts = _filled(pieces, OF_SEVERAL[coding])
    return tuple(
        ShortMessage(coding, piece, bytes([0x05, 0x00, 0x03, reference, len(texts), number]))
        for number, piece in enumerate(texts, 1)
    )


@dataclass(frozen=True)
class Length:
    """How long a text is as short messages."""

    parts: int
    letters: int
    """As they are counted: one of the extended alphabet, such as € or [, is two; where a text needs UCS-2, an emoji
    is two."""
    room: int
    """Letters that fit into so many parts."""
    plain: bool
    """Written in the default alphabet. One letter that is not in it makes all of the text UCS-2, of which less than
    half as much fits."""


def length(text: str) -> Length:
    """Of a text, which may be empty."""
    pieces = parts(text, 0)
    coding, octets = pieces[0].coding, 2 if pieces[0].coding == UCS2 else 1
    limit = WHOLE[coding] if len(pieces) == 1 else OF_SEVERAL[coding] * len(pieces)
    letters = sum(len(piece.text) for piece in pieces)
    return Length(len(pieces), letters // octets, limit // octets, coding == DEFAULT)


def read(coding: int, octets: bytes) -> str:
    """The text that stands in a short message; ISO 8859-1 (coding 3) is understood too. What cannot be read is shown
    as �."""
    if coding & 0x0C == UCS2:
        return octets.decode("utf-16-be", errors="replace")
    if coding == LATIN_1:
        return octets.decode("latin-1")
    letters, escaped = [], False
    for octet in octets:
        if escaped:
            letters.append(_BY_EXTENDED.get(octet, "�"))
        elif octet != _ESCAPE:
            letters.append(_BASIC[octet] if octet < len(_BASIC) else "�")
        escaped = octet == _ESCAPE and not escaped
    return "".join(letters)


def _filled(pieces: Sequence[bytes], room: int) -> list[bytes]:
    """Letters put together; none is broken in two."""
    texts = [b""]
    for piece in pieces:
        if len(texts[-1]) + len(piece) > room:
            texts.append(b"")
        texts[-1] += piece
    return texts
