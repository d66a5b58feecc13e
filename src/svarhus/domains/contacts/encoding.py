"""The text of a file whose encoding nobody has told: what is certain is read so, what is not is asked for."""

import unicodedata
from typing import Literal

import msgspec

from svarhus.domains.contacts.errors import unreadable

EncodingName = Literal["utf-8", "utf-16", "cp1252", "iso-8859-1", "mac-roman", "cp850"]

OLD: tuple[EncodingName, ...] = ("cp1252", "iso-8859-1", "mac-roman", "cp850")
"""Encodings with a byte for a sign, as they are met with in the Nordic countries."""

_USUAL = frozenset("åäöÅÄÖæøÆØéÉüÜèàáíóúýðþÁÍÓÚÝÐÞ")
_SAMPLE = 60
_SAMPLES = 3


class Encoded(msgspec.Struct, frozen=True):
    """A file as text."""

    text: str
    encoding: EncodingName
    choices: tuple[tuple[EncodingName, str], ...] = ()
    """When it is not certain: encodings in which the file makes sense, the likeliest first, each with a sample."""


def decoded(file: bytes, told: EncodingName | None) -> Encoded:
    """The text, by the encoding that somebody has told or by the likeliest. UnreadableFile."""
    if told:
        try:
            return Encoded(_clean(file.decode(_python(told))), told, _choices(file))
        except UnicodeDecodeError as error:
            raise unreadable("encoding", f"The file is not in {told}.", "Choose another encoding.") from error
    certain = _certain(file)
    if certain:
        return certain
    choices = _choices(file)
    if not choices or "\0" in file.decode("latin-1"):
        raise unreadable("not_text", "The file is not text.", "Save it as CSV with UTF-8 in the spreadsheet.")
    encoding = choices[0][0]
    return Encoded(file.decode(_python(encoding)), encoding, choices)


def _python(encoding: str) -> str:
    return {"mac-roman": "mac_roman", "utf-8": "utf-8-sig"}.get(encoding, encoding)


def _clean(text: str) -> str:
    return text.removeprefix("\ufeff")


def _certain(file: bytes) -> Encoded | None:
    """UTF-8, with or without a mark; UTF-16 with a mark, or by the zeros between its letters."""
    utf_16 = _utf_16(file)
    tried: tuple[tuple[EncodingName, str], ...] = (("utf-16", utf_16), ("utf-8", "utf-8-sig"))
    for encoding, python in tried:
        if not python:
            continue
        try:
            text = file.decode(python)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return Encoded(_clean(text), encoding)
    return None


def _utf_16(file: bytes) -> str:
    if file.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    begin = file[:400]
    if len(begin) >= 8 and begin[1::2].count(0) > len(begin) // 3:
        return "utf-16-le"
    return "utf-16-be" if len(begin) >= 8 and begin[::2].count(0) > len(begin) // 3 else ""


def _choices(file: bytes) -> tuple[tuple[EncodingName, str], ...]:
    """Those in which the file looks different, the likeliest first."""
    foreign = bytes(sorted({byte for byte in file if byte >= 0x80}))
    found: dict[str, tuple[int, EncodingName, str]] = {}
    for place, encoding in enumerate(OLD):
        try:
            signs = foreign.decode(_python(encoding))
        except UnicodeDecodeError:
            continue
        unlikely = sum(_unlikely(sign) for sign in signs)
        found.setdefault(signs, (unlikely * len(OLD) + place, encoding, _sample(file, encoding)))
    return tuple((encoding, sample) for _, encoding, sample in sorted(found.values()))


def _unlikely(sign: str) -> int:
    """How unlikely the sign is in a Nordic name, address or note."""
    if sign in _USUAL:
        return 0
    category = unicodedata.category(sign)
    return 5 if category == "Cc" else 1 if category in {"Ll", "Lu"} or sign in "’“”–€ §´°" else 2


def _sample(file: bytes, encoding: str) -> str:
    """Some of the words in which the encoding shows."""
    words = [
        word
        for line in file.split(b"\n", 2_000)[:2_000]
        if any(byte >= 0x80 for byte in line)
        for word in line.replace(b";", b" ").replace(b",", b" ").replace(b"\t", b" ").split()
        if any(byte >= 0x80 for byte in word)
    ]
    chosen = list(dict.fromkeys(words))[:_SAMPLES]
    shown = ", ".join(word.decode(_python(encoding), "replace").strip('"') for word in chosen)[:_SAMPLE]
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in shown)
