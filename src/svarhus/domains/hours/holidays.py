"""Public holidays of the Nordic countries, and the eves on which people really close.

The holidays are those of the library `holidays`. Laws say nothing of most eves: agreements and habit do. The table
below is what is usual in offices and care, to be looked at by whoever closes by it, not what anybody is bound to.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args

import holidays

from svarhus.kit.document import TimeOfDay

HolidayCountry = Literal["SE", "NO", "DK", "FI"]
COUNTRIES: tuple[HolidayCountry, ...] = get_args(HolidayCountry)

ALL_DAY: TimeOfDay = "00:00"
NOON: TimeOfDay = "12:00"


class Holiday(NamedTuple):
    """A day on which people close, and from when on."""

    day: date
    name: str
    public: bool
    """By law; else by habit."""
    closes_at: TimeOfDay
    """00:00: closed all day."""


class _Eve(NamedTuple):
    """So many days after a public holiday, which is named as the library does in English, or after a date."""

    of: str | tuple[int, int]
    days: int
    closes_at: TimeOfDay
    names: Mapping[str, str]


_EVES: Mapping[HolidayCountry, tuple[_Eve, ...]] = {
    "SE": (
        _Eve("Epiphany", -1, NOON, {"sv": "Trettondagsafton", "en": "Epiphany Eve"}),
        _Eve("Good Friday", -1, NOON, {"sv": "Skärtorsdag", "en": "Maundy Thursday"}),
        _Eve("Easter Sunday", -1, ALL_DAY, {"sv": "Påskafton", "en": "Easter Eve"}),
        _Eve("May Day", -1, NOON, {"sv": "Valborgsmässoafton", "en": "Walpurgis Night"}),
        _Eve("Pentecost", -1, ALL_DAY, {"sv": "Pingstafton", "en": "Pentecost Eve"}),
        _Eve("Midsummer Day", -1, ALL_DAY, {"sv": "Midsommarafton", "en": "Midsummer Eve"}),
        _Eve("All Saints' Day", -1, NOON, {"sv": "Allhelgonaafton", "en": "All Saints' Eve"}),
        _Eve("Christmas Day", -1, ALL_DAY, {"sv": "Julafton", "en": "Christmas Eve"}),
        _Eve((12, 31), 0, ALL_DAY, {"sv": "Nyårsafton", "en": "New Year's Eve"}),
    ),
    "NO": (
        _Eve("Maundy Thursday", -1, NOON, {"nb": "Onsdag før skjærtorsdag", "en": "Wednesday before Easter"}),
        _Eve("Easter Sunday", -1, ALL_DAY, {"nb": "Påskeaften", "en": "Easter Eve"}),
        _Eve("Pentecost", -1, ALL_DAY, {"nb": "Pinseaften", "en": "Pentecost Eve"}),
        _Eve("Christmas Day", -1, ALL_DAY, {"nb": "Julaften", "en": "Christmas Eve"}),
        _Eve((12, 31), 0, NOON, {"nb": "Nyttårsaften", "en": "New Year's Eve"}),
    ),
    "DK": (
        _Eve("Easter Sunday", -1, ALL_DAY, {"da": "Påskelørdag", "en": "Easter Eve"}),
        _Eve("Ascension Day", 1, ALL_DAY, {"da": "Dagen efter Kristi himmelfart", "en": "Day after Ascension Day"}),
        _Eve((6, 5), 0, NOON, {"da": "Grundlovsdag", "en": "Constitution Day"}),
        _Eve((5, 1), 0, NOON, {"da": "1. maj", "en": "May Day"}),
        _Eve("Christmas Day", -1, ALL_DAY, {"da": "Juleaftensdag", "en": "Christmas Eve"}),
        _Eve((12, 31), 0, ALL_DAY, {"da": "Nytårsaftensdag", "en": "New Year's Eve"}),
    ),
    "FI": (
        _Eve("Epiphany", -1, NOON, {"fi": "Loppiaisaatto", "sv": "Trettondagsafton", "en": "Epiphany Eve"}),
        _Eve("Good Friday", -1, NOON, {"fi": "Kiirastorstai", "sv": "Skärtorsdag", "en": "Maundy Thursday"}),
        _Eve("Easter Sunday", -1, ALL_DAY, {"fi": "Pääsiäislauantai", "sv": "Påskafton", "en": "Easter Eve"}),
        _Eve("May Day", -1, NOON, {"fi": "Vappuaatto", "sv": "Valborgsmässoafton", "en": "May Day Eve"}),
        _Eve((12, 31), 0, NOON, {"fi": "Uudenvuodenaatto", "sv": "Nyårsafton", "en": "New Year's Eve"}),
    ),
}

_LANGUAGES: Mapping[HolidayCountry, Mapping[str, str]] = {
    "SE": {"sv": "sv", "en": "en_US"},
    "NO": {"nb": "no", "en": "en_US"},
    "DK": {"da": "da", "en": "en_US"},
    "FI": {"fi": "fi", "sv": "sv_FI", "en": "en_US"},
}
"""Ours, the country's own first, and what the library calls them."""


@lru_cache(maxsize=64)
def holidays_of(country: HolidayCountry, year: int, language: str) -> tuple[Holiday, ...]:
    """All of a year, in order: where two fall on a day, the one by law. In the country's own language when it is not
    told in the wanted one."""
    spoken = language if language in _LANGUAGES[country] else next(iter(_LANGUAGES[country]))
    by_law = {
        day: Holiday(day, name, True, ALL_DAY) for day, name in _public(country, year, _LANGUAGES[country][spoken])
    }
    eves = {eve.day: eve for eve in _eves(country, year, spoken)}
    return tuple(sorted({**eves, **by_law}.values()))


def _public(country: HolidayCountry, year: int, language: str) -> Iterator[tuple[date, str]]:
    # Sundays are public holidays in Sweden and Norway: no news to anybody.
    sundays: dict[str, Any] = {"include_sundays": False} if country in ("SE", "NO") else {}
    found = holidays.country_holidays(country, years=year, language=language, **sundays)
    return ((day, name) for day, name in found.items())


def _eves(country: HolidayCountry, year: int, language: str) -> Iterator[Holiday]:
    # Two may fall on a day, such as May Day and Ascension Day: the library joins their names.
    anchors = {name: day for day, joined in _public(country, year, "en_US") for name in joined.split("; ")}
    for eve in _EVES[country]:
        anchor = anchors[eve.of] if isinstance(eve.of, str) else date(year, *eve.of)
        yield Holiday(anchor + timedelta(days=eve.days), eve.names[language], False, eve.closes_at)
