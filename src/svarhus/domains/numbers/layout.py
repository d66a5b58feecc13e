"""How a number is written: its digits, the words beside it and the extension behind it, told apart."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from urllib.parse import unquote

import msgspec

LONGEST = 200
"""Characters of a text that can hold a number."""


class Misread(StrEnum):
    """Why no digits could be told apart; the values are those of `reading.NotANumber`."""

    EMPTY = "empty"
    NO_DIGITS = "no_digits"
    LETTERS = "letters"
    ROUNDED = "rounded"
    KEYS = "keys"
    TOO_LONG = "too_long"
    CONTROL = "control"


class Layout(msgspec.Struct, frozen=True):
    """A number as it is written, nothing understood yet."""

    digits: str
    """Without + or 00 in front when it is international."""
    international: bool
    aside: str
    extension: str
    written: str
    """The digits with what stands between them."""

    @property
    def hyphens(self) -> int:
        return len(re.findall("-+", self.written))

    @property
    def is_long(self) -> bool:
        """Longer than an extension or a short number."""
        return len(self.digits) > 6

    def cuts(self) -> Iterator[tuple["Layout", str]]:
        """What stands before the last hyphen or stroke, and the digits after it."""
        for sign in "-/":
            head, found, tail = self.written.rpartition(sign)
            if found and tail.strip().isdigit() and any(each.isdigit() for each in head):
                yield _as_layout(head.rstrip(" -/("), "", ""), tail.strip()


_ADDRESS = re.compile(r"^(tel|sips?|callto):(?=\S)(.*)$", re.IGNORECASE | re.DOTALL)
_EXPONENT = re.compile(r"^\+?(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$")
_FLOAT = re.compile(r"^(\+?\d{6,15})[.,]0+$")
_QUOTED = re.compile(r"""^=?["'\u2019\u201d]+(.*?)["'\u2019\u201d]*$""", re.DOTALL)
_RUN = re.compile(r"[+(]*[0-9](?:[0-9 ()/.\-]*[0-9])?(?:\)(?=[\s,;]|$))?")
_EXTENSION = re.compile(
    r"^[\s,;(]*(?:;?ext(?:ension|n)?|x|\#|ankn(?:ytning)?|ank|anslutning|lok(?:al|alnr)?|int(?:ern|ernt|ernnr)?"
    r"|alanumero|alanro|ala|sis(?:änumero)?|innanhús)[\s.:=]*([0-9]{1,8})\s*\)?",
    re.IGNORECASE,
)
_STANDS_FOR_DIGITS = re.compile(r"^[OoQIlXx?_*]+$")
_LETTER_BEFORE = re.compile(r"[^\s(:.,;\-/\[][\-/]*$")
_LETTER_AFTER = re.compile(r"[\-/]*[^\s)(:.,;\-/\]]")
_BETWEEN = re.compile(r"\s*(?::::|[;,|\n\r]|\s(?:och|eller|and|or|og|eller|tai|ja|eða)\s)\s*", re.IGNORECASE)
_STROKE = re.compile(r"\s*/\s*")
_DASHES = {"\u2212", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\ufe63", "\uff0d", "\u30fc"}


def lay_out(text: str) -> Layout | Misread:
    """The digits of the one number in a text and what stands beside them; or why they cannot be told apart."""
    if len(text) > LONGEST:
        return Misread.TOO_LONG
    if any(unicodedata.category(each) == "Cc" and each not in "\t\n\r" for each in text):
        return Misread.CONTROL
    plain = _unquoted(_plain(text))
    if not plain:
        return Misread.EMPTY
    if found := _ADDRESS.match(plain):
        return _of_address(found[2], tel=found[1].lower() == "tel")
    return _of_text(plain)


def parts(text: str) -> Iterator[tuple[str, ...]]:
    """The ways in which a text can be several: by `;`, `,`, `:::`, lines and words; and by strokes."""
    if len(text) > LONGEST:
        return
    for between in (_BETWEEN, _STROKE):
        pieces = tuple(piece for piece in between.split(text.strip()) if piece)
        if len(pieces) > 1:
            yield pieces


def _plain(text: str) -> str:
    """Digits of any script, signs of any width and blanks of any kind as those of ASCII; without what is not seen."""
    return "".join(map(_plain_sign, text)).strip()


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return " " if sign == "\t" else sign
    if (digit := unicodedata.decimal(sign, None)) is not None:
        return str(digit)
    if sign in _DASHES:
        return "-"
    category = unicodedata.category(sign)
    if category == "Cf":
        return ""
    if category.startswith("Z"):
        return " "
    compatible = unicodedata.normalize("NFKC", sign)
    return compatible if len(compatible) == 1 and compatible.isascii() and not compatible.isalnum() else sign


def _unquoted(text: str) -> str:
    """Without what spreadsheets and letters put around it: `="070…"`, `'070…`, `[070…]`, `<tel:…>`."""
    if found := _QUOTED.match(text):
        text = found[1].strip()
    for opening, closing in ("[]", "<>", "{}"):
        if text.startswith(opening) and text.endswith(closing):
            text = text[1:-1].strip()
    return text.strip(" .,;:-")


def _of_address(address: str, *, tel: bool) -> Layout | Misread:
    """RFC 3966 and RFC 3261, 19.1.6: the number, and among its parameters the extension and the context."""
    user = address if tel else address.partition("@")[0]
    number, *parameters = unquote(user).split(";")
    settings = dict(each.lower().partition("=")[::2] for each in parameters)
    context = settings.get("phone-context", "")
    if context.startswith("+") and not number.startswith("+"):
        number = context + number.removeprefix("0")
    found = _of_text(_plain(number)) if number.strip() else Misread.EMPTY
    if isinstance(found, Misread) or not (extension := _digits(settings.get("ext", ""))):
        return found
    return msgspec.structs.replace(found, extension=extension)


def _of_text(text: str) -> Layout | Misread:
    if shortened := _EXPONENT.match(text):
        return _of_exponent(*shortened.groups(default=""))
    if found := _FLOAT.match(text):
        return _as_layout(found[1], "", "")
    if text[0] in "*#" and any(each.isdigit() for each in text):
        return Misread.KEYS
    run = _RUN.search(text)
    if run is None:
        return Misread.NO_DIGITS
    before, written, after = text[: run.start()], run[0], text[run.end() :]
    if after[:1] == ")" and written.count("(") > written.count(")"):
        written, after = f"{written})", after[1:]
    return _beside(before, written, after)


def _of_exponent(first: str, decimals: str, exponent: str) -> Layout | Misread:
    """Only with all its decimals: what was rounded is lost."""
    if len(decimals) != int(exponent):
        return Misread.ROUNDED
    return _as_layout(first + decimals, "", "")


def _beside(before: str, written: str, after: str) -> Layout | Misread:
    """What stands before and after the digits: an extension, words, or something that makes them doubtful."""
    extension = ""
    if found := _EXTENSION.match(after):
        extension, after = found[1], after[found.end() :]
    if _touches(before, after):
        return Misread.KEYS if after[:1] in ("*", "#") else Misread.LETTERS
    rest = f"{before} {after}"
    if "+" in written[1:].lstrip("(") or "+" in rest:
        return Misread.LETTERS
    words = [word for word in re.split(r"[\s(),;:\[\]]+", rest) if word.strip(".-/")]
    if any(_STANDS_FOR_DIGITS.match(word) for word in words) or _is_number_like(after):
        return Misread.LETTERS
    if any("*" in word or "#" in word for word in words):
        return Misread.KEYS
    if not _brackets_close(written):
        return Misread.LETTERS
    aside = " ".join(filter(None, (_words(before), _words(after))))
    return _as_layout(written, aside, extension)


def _touches(before: str, after: str) -> bool:
    """A letter or sign directly beside the digits may have been one of them."""
    return bool(_LETTER_BEFORE.search(before) or _LETTER_AFTER.match(after))


def _is_number_like(text: str) -> bool:
    """Other digits without words before them, or so many that they are no `kl 17`."""
    return bool(re.match(r"[\s,;:.()/\-]*[0-9]", text)) or sum(each.isdigit() for each in text) > 4


def _brackets_close(written: str) -> bool:
    return written.count("(") == written.count(")")


def _words(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:.-/")
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    elif text.count("(") != text.count(")"):
        text = text.strip("()").strip()
    return text


def _as_layout(written: str, aside: str, extension: str) -> Layout:
    digits = _digits(written)
    international = written.lstrip("(").startswith("+")
    if not international and digits.startswith("00") and not digits.startswith("000"):
        digits, international = digits[2:], True
    return Layout(digits, international, aside, extension, written)


def _digits(text: str) -> str:
    return "".join(each for each in text if each in "0123456789")
