"""May this number be called now? The same rule for whoever or whatever makes the call."""

from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumberType,
    ShortNumberCost,
    expected_cost_for_region,
    is_emergency_number,
)

from svarhus.domains.numbers.model import Outgoing
from svarhus.domains.numbers.parse import country_of


class OutgoingRefusal(StrEnum):
    """Why an outgoing call is not made."""

    NO_TRUNK = "no_trunk"
    NOT_A_NUMBER = "not_a_number"
    COUNTRY = "country"
    """The country is not among those that may be called, or cannot be told."""
    PREMIUM_RATE = "premium_rate"
    OWN_NUMBER = "own_number"
    """We would call ourselves."""
    SIMULTANEOUS = "simultaneous"
    """As many outgoing calls as are allowed at the same time are running."""
    DAILY = "daily"
    """As many outgoing calls as are allowed in a day have been made."""

    @property
    def passes(self) -> bool:
        """It is not up to the number, which may be allowed in a moment."""
        return self in (OutgoingRefusal.SIMULTANEOUS, OutgoingRefusal.DAILY, OutgoingRefusal.NO_TRUNK)


def may_call(outgoing: Outgoing, number: str, now_running: int, today: int) -> OutgoingRefusal | None:
    """None when the number may be called, else the first reason why not.

    `number` is in E.164, or an emergency number as it is dialled (112). `now_running` and `today` count
    outgoing calls of the organisation, without this one.

    An emergency number of an allowed country may be called whenever there is a trunk: no limit may stand
    between a person and help. It is never in E.164, so a number that a caller keyed in cannot be one.
    """
    if outgoing.trunk is None:
        return OutgoingRefusal.NO_TRUNK
    if is_emergency(number, outgoing.countries):
        return None
    return _refused_number(outgoing.countries, number) or _refused_amount(outgoing, now_running, today)


def may_call_short(
    outgoing: Outgoing, number: str, country: str, now_running: int, today: int
) -> OutgoingRefusal | None:
    """May a short number of the country, such as 1177, be called? Those alone that cost no more than other calls."""
    if outgoing.trunk is None:
        return OutgoingRefusal.NO_TRUNK
    if is_emergency(number, outgoing.countries):
        return None
    if country not in outgoing.countries:
        return OutgoingRefusal.COUNTRY
    if not _costs_as_usual(number, country):
        return OutgoingRefusal.PREMIUM_RATE
    return _refused_amount(outgoing, now_running, today)


_AS_USUAL = (ShortNumberCost.TOLL_FREE, ShortNumberCost.STANDARD_RATE)
_PUBLIC_SERVICE = {"DK": frozenset({"1813"}), "IS": frozenset({"1700"})}
"""Health lines at the price of other calls, of which the numbering plan does not say what they cost."""


def _costs_as_usual(number: str, country: str) -> bool:
    code = phonenumbers.country_code_for_region(country)
    parsed = phonenumbers.PhoneNumber(country_code=code, national_number=int(number))
    cost = expected_cost_for_region(parsed, country)
    return cost in _AS_USUAL or number in _PUBLIC_SERVICE.get(country, frozenset())


@lru_cache(maxsize=1024)
def is_emergency(number: str, countries: tuple[str, ...]) -> bool:
    """Is it an emergency number, exactly as dialled, in one of the countries?"""
    return number.isdecimal() and any(is_emergency_number(number, country) for country in countries)


@lru_cache(maxsize=8192)
def _refused_number(countries: tuple[str, ...], number: str) -> OutgoingRefusal | None:
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return OutgoingRefusal.NOT_A_NUMBER
    if not phonenumbers.is_possible_number(parsed):
        return OutgoingRefusal.NOT_A_NUMBER
    if country_of(number) not in countries:
        return OutgoingRefusal.COUNTRY
    if not phonenumbers.is_valid_number(parsed):
        return OutgoingRefusal.NOT_A_NUMBER
    if phonenumbers.number_type(parsed) == PhoneNumberType.PREMIUM_RATE:
        return OutgoingRefusal.PREMIUM_RATE
    return None


def _refused_amount(outgoing: Outgoing, now_running: int, today: int) -> OutgoingRefusal | None:
    if now_running >= outgoing.simultaneous:
        return OutgoingRefusal.SIMULTANEOUS
    return OutgoingRefusal.DAILY if today >= outgoing.daily else None
