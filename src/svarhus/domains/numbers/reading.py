"""One reader of telephone numbers, whoever wrote them: people in forms and files, callers by keys, carriers by SIP.

It never adds a digit that was not written and never drops one without telling. What it gives is a value: a number,
with the words beside it set aside to be shown; or why it is none.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

import msgspec
import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult, shortnumberinfo

from svarhus.domains.numbers.layout import Layout, Misread, lay_out, parts

_KEPT = 8192
_INTERNAL = range(3, 7)
"""Digits of an extension."""
_LEAST_WITH_CODE = 10
"""Digits from which a number may begin with the country's code without + or 00: local numbers are shorter."""
_LONGEST = 15
"""Digits of a number with its country's code (E.164)."""
_SERIES_TAIL = 2
"""Digits that stand for the end of another number: 08-465 00 40-49."""


class Kind(StrEnum):
    """What may be done with it."""

    PUBLIC = "public"
    """In E.164 (ITU-T)."""
    SHORT = "short"
    """A short number of the country as it is dialled: 112, 1177."""
    INTERNAL = "internal"
    """Three to six digits that could be an extension; whether one has it, the organisation knows."""


class NotANumber(StrEnum):
    """Why it is no number. The value is the id of the text that says so."""

    EMPTY = "empty"
    NO_DIGITS = "no_digits"
    LETTERS = "letters"
    """Letters or other signs among the digits, or signs that stand for digits."""
    SEVERAL = "several"
    SERIES = "series"
    """The ends of other numbers after it: `-49`."""
    ROUNDED = "rounded"
    """A spreadsheet has shortened it: `4.67E+10`."""
    KEYS = "keys"
    """A code with `*` or `#`."""
    NO_AREA_CODE = "no_area_code"
    COUNTRY_CODE = "country_code"
    """No country has this code."""
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_IN_PLAN = "not_in_plan"
    """Its length is possible, but the country's numbering plan has no such number."""
    EXTENSION = "extension"
    """It has an extension behind it, where none can be dialled."""
    CONTROL = "control"
    """Control characters in it."""


class Number(msgspec.Struct, frozen=True):
    """A number that was read."""

    number: str
    """E.164, or the digits of a short or internal number."""
    kind: Kind = Kind.PUBLIC
    aside: str = ""
    """Words that stood beside it: `vxl`, `fru`."""
    extension: str = ""
    """Digits to be keyed when it has answered."""

    @property
    def beside(self) -> str:
        """What is shown with it, so that nothing is lost: `x12, vxl`. Written after the number it is read again."""
        return ", ".join(filter(None, (f"x{self.extension}" if self.extension else "", self.aside)))


Reading = Number | NotANumber


@lru_cache(maxsize=_KEPT)
def read_number(text: str, country: str) -> Reading:
    """The one number in a text. `country` (ISO 3166) is where national and short numbers are.

    Understood are national and international forms, `tel:` and `sip:` addresses, digits of other scripts, what
    spreadsheets make of numbers, words beside the number and extensions behind it.
    """
    found = _read(text, country)
    if isinstance(found, NotANumber) and _is_several(text, country):
        return NotANumber.SEVERAL
    return found


@lru_cache(maxsize=_KEPT)
def read_numbers(text: str, country: str) -> tuple[Number, ...] | NotANumber:
    """All numbers of a text, such as a cell of a file: apart by `;`, `,`, `/`, `:::`, lines, or a word such as `och`.

    Either each of them is read, or none.
    """
    alone = _read(text, country)
    if isinstance(alone, Number):
        return (alone,)
    for pieces in parts(text):
        found = [_read(piece, country) for piece in pieces]
        numbers = tuple(each for each in found if isinstance(each, Number))
        if len(numbers) == len(found) and all(each.kind is Kind.PUBLIC for each in numbers):
            return numbers
    return NotANumber.SEVERAL if _is_several(text, country) else alone


@lru_cache(maxsize=_KEPT)
def read_sent(text: str, country: str) -> Reading:
    """A number as a carrier or a PBX sends it: the user of an address, or digits. Nothing may stand beside it.

    In international form it need not be in the numbering plan as we know it: who sends it knows it better.
    """
    found = _read(text, country, as_known=False)
    if isinstance(found, Number) and found.aside:
        return NotANumber.LETTERS
    return found


def read_diallable(text: str, country: str) -> Reading:
    """A number to be rung: with an extension behind it, which nobody would key, it is none. Words do no harm."""
    found = read_number(text, country)
    return NotANumber.EXTENSION if isinstance(found, Number) and found.extension else found


def read_beginning(text: str, country: str) -> str | NotANumber:
    """The digits with which numbers begin, in international form: `070` in Sweden is +4670. How many more follow, and
    whether there are such numbers, is not asked."""
    laid = lay_out(text)
    if isinstance(laid, Misread):
        return NotANumber(laid.value)
    if laid.aside or laid.extension:
        return NotANumber.LETTERS
    digits = laid.digits if laid.international else _with_country(laid.digits, country)
    if digits is None:
        return NotANumber.NO_AREA_CODE
    if len(digits) > _LONGEST:
        return NotANumber.TOO_LONG
    codes = map(str, phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
    known = any(digits.startswith(code) or code.startswith(digits) for code in codes)
    return f"+{digits}" if known else NotANumber.COUNTRY_CODE


def _with_country(digits: str, country: str) -> str | None:
    """None when a 0 stands before area codes in the country, and not before these digits."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country)
    zero = "0" if metadata is not None and metadata.national_prefix == "0" else ""
    code = phonenumbers.country_code_for_region(country)
    return f"{code}{digits.removeprefix(zero)}" if digits.startswith(zero) else None


def _read(text: str, country: str, *, as_known: bool = True) -> Reading:
    laid = lay_out(text)
    if isinstance(laid, Misread):
        return NotANumber(laid.value)
    found = _understood(laid, country, as_known=as_known)
    series = _series(laid, country)
    if isinstance(found, NotANumber):
        return NotANumber.SERIES if series else found
    if series and laid.hyphens <= 2:
        return NotANumber.SERIES
    return msgspec.structs.replace(found, aside=laid.aside, extension=laid.extension)


def _understood(laid: Layout, country: str, *, as_known: bool) -> Reading:
    if laid.international:
        return _international(laid.digits, as_known=as_known)
    if len(laid.digits) < _INTERNAL.start:
        return NotANumber.TOO_SHORT
    if _is_short(laid.digits, country):
        return Number(laid.digits, Kind.SHORT)
    national = _national(laid.digits, country)
    if isinstance(national, Number):
        return national
    code = str(phonenumbers.country_code_for_region(country))
    if len(laid.digits) >= _LEAST_WITH_CODE and laid.digits.startswith(code):
        whole = _international(laid.digits, as_known=as_known)
        if isinstance(whole, Number):
            return whole
    if len(laid.digits) in _INTERNAL:
        return Number(laid.digits, Kind.INTERNAL)
    return national


def _international(digits: str, *, as_known: bool) -> Reading:
    """`digits` from the country's code on. A national 0 behind the code, as in +46 (0)8, is left out."""
    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except NumberParseException as error:
        wrong = error.error_type == NumberParseException.INVALID_COUNTRY_CODE
        return NotANumber.COUNTRY_CODE if wrong else NotANumber.TOO_LONG if len(digits) > 15 else NotANumber.TOO_SHORT
    return _checked(parsed, as_known=as_known)


def _national(digits: str, country: str) -> Reading:
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(country)
    if metadata is None:
        return NotANumber.COUNTRY_CODE
    if metadata.national_prefix == "0" and not digits.startswith("0"):
        # Without it a local number would be read as one of another area: 465 00 42 as 046-500 42.
        return NotANumber.NO_AREA_CODE
    try:
        parsed = phonenumbers.parse(digits, country)
    except NumberParseException:
        return NotANumber.TOO_LONG if len(digits) > 15 else NotANumber.TOO_SHORT
    return _checked(parsed, as_known=True)


def _checked(parsed: phonenumbers.PhoneNumber, *, as_known: bool) -> Reading:
    match phonenumbers.is_possible_number_with_reason(parsed):
        case ValidationResult.TOO_SHORT:
            return NotANumber.TOO_SHORT
        case ValidationResult.TOO_LONG:
            return NotANumber.TOO_LONG
        case ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return NotANumber.NO_AREA_CODE
        case ValidationResult.IS_POSSIBLE:
            known = not as_known or phonenumbers.is_valid_number(parsed)
            number = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
            return Number(number) if known else NotANumber.NOT_IN_PLAN
        case _:
            return NotANumber.NOT_IN_PLAN


def _is_short(digits: str, country: str) -> bool:
    if digits.startswith("0") or not 3 <= len(digits) <= 6:
        return False
    code = phonenumbers.country_code_for_region(country)
    number = phonenumbers.PhoneNumber(country_code=code, national_number=int(digits))
    return shortnumberinfo.is_valid_short_number_for_region(number, country)


def _series(laid: Layout, country: str) -> bool:
    """Is it a whole number, and behind a hyphen or stroke the end of another one?"""
    return any(
        len(tail) <= _SERIES_TAIL and isinstance(_understood(head, country, as_known=True), Number) and head.is_long
        for head, tail in laid.cuts()
    )


def _is_several(text: str, country: str) -> bool:
    return any(all(_is_public(piece, country) for piece in pieces) for pieces in _apart(text))


def _apart(text: str) -> Iterator[tuple[str, ...]]:
    yield from parts(text)
    words = text.split()
    for middle in range(1, min(len(words), 12)):
        yield " ".join(words[:middle]), " ".join(words[middle:])


def _is_public(text: str, country: str) -> bool:
    found = _read(text, country)
    return isinstance(found, Number) and found.kind is Kind.PUBLIC
