"""Public holidays of the Nordic countries, and the eves on which people really close."""

from datetime import date
from itertools import pairwise

import pytest

from svarhus.domains.hours.holidays import COUNTRIES, HolidayCountry, holidays_of


def told(country: HolidayCountry, year: int, language: str = "sv") -> dict[str, str]:
    return {f"{each.day:%m-%d}": each.name for each in holidays_of(country, year, language)}


def closing(country: HolidayCountry, year: int) -> dict[str, str]:
    return {each.name: each.closes_at for each in holidays_of(country, year, "sv")}


@pytest.mark.feature("HRS-04")
def test_swedes_close_on_eves_that_are_no_holidays_by_law() -> None:
    found = {each.name: each for each in holidays_of("SE", 2026, "sv")}
    assert found["Midsommarafton"].day == date(2026, 6, 19)
    assert found["Julafton"].day == date(2026, 12, 24)
    assert (found["Påskafton"].closes_at, found["Skärtorsdag"].closes_at) == ("00:00", "12:00")
    assert not found["Midsommarafton"].public
    assert found["Midsommardagen"].public


@pytest.mark.feature("HRS-04")
@pytest.mark.parametrize(
    ("country", "language", "day", "name"),
    [
        ("SE", "sv", "06-06", "Nationaldagen"),
        ("NO", "nb", "05-17", "Grunnlovsdag"),
        ("NO", "nb", "12-24", "Julaften"),
        ("DK", "da", "12-24", "Juleaftensdag"),
        ("DK", "da", "06-05", "Grundlovsdag"),
        ("FI", "fi", "12-06", "Itsenäisyyspäivä"),
        ("FI", "sv", "06-19", "Midsommarafton"),
        ("SE", "en", "12-31", "New Year's Eve"),
        ("SE", "fi", "12-31", "Nyårsafton"),
    ],
)
def test_each_country_has_its_own(country: HolidayCountry, language: str, day: str, name: str) -> None:
    assert told(country, 2026, language)[day] == name


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_year_has_each_day_once_and_in_order(country: HolidayCountry) -> None:
    for year in range(2000, 2101):
        days = [each.day for each in holidays_of(country, year, "en")]
        assert all(one < other for one, other in pairwise(days))
        assert all(day.year == year for day in days)


def test_what_is_a_holiday_by_law_is_no_eve_beside() -> None:
    """May Day is Ascension Day in 2008, and Epiphany Eve a Sunday in 2025."""
    assert closing("SE", 2008)["Valborgsmässoafton"] == "12:00"
    assert len(told("SE", 2025)) == len(holidays_of("SE", 2025, "sv"))
