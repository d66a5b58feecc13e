"""Telephone numbers: from what people type and carriers send to E.164 (ITU-T), and back for people to read.

Parsing costs tens of microseconds, and the same numbers come again and again, so results are kept.
"""

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

WITHHELD = frozenset(
    {"anonymous", "unknown", "unavailable", "restricted", "private", "withheld", "hidden", "none", "null"}
)
"""What carriers send in place of a number that is not shown (RFC 3323 and custom)."""

PART_OF = {"AX": "FI", "SJ": "NO"}
"""Regions with the calling code of the country that they belong to."""

_KEPT = 8192


@lru_cache(maxsize=_KEPT)
def to_e164(text: str, country: str) -> str | None:
    """A number as typed or sent (national, or international with + or 00) in E.164.

    `country` (ISO 3166) is where national numbers are. None when it cannot be a telephone number.
    """
    number = _parsed(text, country)
    if number is None or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@lru_cache(maxsize=_KEPT)
def national(e164: str, country: str) -> str:
    """A number as people of the country write it: `08-465 00 40` at home, `+46 8 465 00 40` abroad.

    What is no number in E.164, such as an extension, is given back as it is.
    """
    number = _parsed(e164, None)
    if number is None:
        return e164
    at_home = number.country_code == phonenumbers.country_code_for_region(country)
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )


@lru_cache(maxsize=_KEPT)
def country_of(e164: str) -> str | None:
    """The country (ISO 3166) of a number in E.164. None when it has none or cannot be told."""
    number = _parsed(e164, None)
    if number is None:
        return None
    region = phonenumbers.region_code_for_number(number)
    if region is not None:
        return None if region == phonenumbers.REGION_CODE_FOR_NON_GEO_ENTITY else PART_OF.get(region, region)
    shared = phonenumbers.region_codes_for_country_code(number.country_code or 0)
    countries = {PART_OF.get(each, each) for each in shared}
    return countries.pop() if len(countries) == 1 else None


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


def _parsed(text: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    text = text.strip()
    if text.startswith("00") and not text.startswith("000"):
        text = "+" + text[2:]
    try:
        return phonenumbers.parse(text, country)
    except NumberParseException:
        return None
