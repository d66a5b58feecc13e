"""Telephone numbers in E.164 (ITU-T): as people write them, their country, and what is searched for.

Parsing costs tens of microseconds, and the same numbers come again and again, so results are kept.
"""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from svarhus.domains.numbers.reading import Kind, Number, read_number, read_sent

WITHHELD = frozenset(
    {"anonymous", "unknown", "unavailable", "restricted", "private", "withheld", "hidden", "none", "null"}
)
"""What carriers send in place of a number that is not shown (RFC 3323 and custom)."""

PART_OF = {"AX": "FI", "SJ": "NO"}
"""Regions with the calling code of the country that they belong to."""

_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})

_KEPT = 8192


@lru_cache(maxsize=_KEPT)
def to_e164(text: str, country: str) -> str | None:
    """The number in E.164 by which something that is kept is looked for; None when the text names none.

    `country` (ISO 3166) is where national numbers are. What is to be kept or rung is read by `read_number`.
    """
    number = to_kept(text, country)
    return number if number and number.startswith("+") else None


@lru_cache(maxsize=_KEPT)
def to_kept(text: str, country: str) -> str | None:
    """The number under which a contact is kept: E.164, or a short number of the country."""
    for found in (read_number(text, country), read_sent(text, country)):
        if isinstance(found, Number) and found.kind is not Kind.INTERNAL:
            return found.number
    return None


@lru_cache(maxsize=_KEPT)
def national(e164: str, country: str) -> str:
    """A number as people of the country write it: `08-465 00 40` at home, `+46 8 465 00 40` abroad.

    What is no number in E.164, such as an extension, is given back as it is.
    """
    number = _parsed(e164)
    if number is None:
        return e164
    at_home = number.country_code == phonenumbers.country_code_for_region(country)
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )


@lru_cache(maxsize=_KEPT)
def country_of(e164: str) -> str | None:
    """The country (ISO 3166) of a number in E.164. None when it has none or cannot be told."""
    number = _parsed(e164)
    if number is None:
        return None
    region = phonenumbers.region_code_for_number(number)
    if region is not None:
        return None if region == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY else PART_OF.get(region, region)
    shared = phonenumbers.region_codes_for_country_code(number.country_code or 0)
    countries = {PART_OF.get(each, each) for each in shared}
    return countries.pop() if len(countries) == 1 else None


@lru_cache(maxsize=_KEPT)
def takes_texts(e164: str) -> bool:
    """Whether an SMS can arrive there: by the numbering plan it is, or may be, a mobile phone."""
    parsed = _parsed(e164)
    return parsed is not None and phonenumbers.number_type(parsed) in _MOBILE


def digits(text: str) -> str:
    """The digits of what is typed as a number, `+` and `00` in front left out; empty when it is no number."""
    text = text.strip().removeprefix("+")
    if not text or text.strip("0123456789 ()/.-"):
        return ""
    return "".join(character for character in text if character in "0123456789").removeprefix("00")


def is_withheld(text: str | None) -> bool:
    """Is this what comes in place of a number that the caller does not show?"""
    if text is None:
        return True
    user = text.strip().lower().removeprefix("sip:").partition("@")[0]
    return user in WITHHELD or not any("1" <= character <= "9" for character in user)


def _parsed(e164: str) -> phonenumbers.PhoneNumber | None:
    if not e164.startswith("+") or not e164[1:].isdecimal():
        return None
    try:
        return phonenumbers.parse(e164)
    except NumberParseException:
        return None
