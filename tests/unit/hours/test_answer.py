"""What applies at a time on the wall: also one that comes never, or twice."""

from datetime import date

import pytest

from svarhus.domains.hours.answer import answer_on
from svarhus.kit.clock import to_local
from unit.hours.test_category import STOCKHOLM, exception, opening, span, week_span

HOURS = opening(
    week_span("08:00", "12:00", "day"),
    week_span("12:00", "13:00", "lunch"),
    exceptions=(exception("Midsommarafton", date(2027, 6, 25), date(2027, 6, 25), span("08:00", "10:00", "day")),),
)


@pytest.mark.feature("HRS-02", "HRS-03")
def test_it_tells_the_category_until_when_what_then_and_by_which_exception() -> None:
    workday = answer_on(HOURS, date(2027, 6, 24), "11:59", STOCKHOLM)
    assert (workday.category, workday.then, workday.exception) == ("day", "lunch", None)
    assert workday.until is not None
    assert f"{to_local(workday.until, STOCKHOLM):%d %H:%M}" == "24 12:00"
    eve = answer_on(HOURS, date(2027, 6, 25), "11:59", STOCKHOLM)
    assert (eve.category, eve.then, eve.exception) == ("closed", "day", "Midsommarafton")


@pytest.mark.feature("HRS-06")
def test_a_time_that_the_clock_skips_or_shows_twice_is_said_to_be_so() -> None:
    night = opening(week_span("02:00", "03:00", "night", ("sun",)))
    spring = answer_on(night, date(2027, 3, 28), "02:30", STOCKHOLM)
    assert (spring.clock, spring.category) == ("never", "closed")
    assert f"{to_local(spring.at, STOCKHOLM):%H:%M}" == "03:30"
    autumn = answer_on(night, date(2027, 10, 31), "02:30", STOCKHOLM)
    assert (autumn.clock, autumn.category, f"{autumn.at:%H:%M}") == ("twice", "night", "00:30")
    assert answer_on(night, date(2027, 10, 31), "03:30", STOCKHOLM).clock == "once"


def test_where_nothing_changes_there_is_no_end() -> None:
    assert answer_on(opening(), date(2027, 1, 1), "00:00", STOCKHOLM).until is None
