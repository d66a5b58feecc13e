"""Opening hours: the category in force, and when it changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import examples
from svarhus.domains.hours.category import LOOK_AHEAD, category_at, next_change
from svarhus.domains.hours.model import (
    CLOSED,
    WEEKDAYS,
    HoursException,
    OpeningHours,
    Span,
    Weekday,
    WeekSpan,
)
from svarhus.kit.clock import Instant, from_local, instant, local_date, to_local

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WORKDAYS: tuple[Weekday, ...] = WEEKDAYS[:5]


def week_span(start: str, end: str, category: str = "open", days: tuple[Weekday, ...] = WORKDAYS) -> WeekSpan:
    return WeekSpan.model_validate({"from": start, "to": end, "category": category, "days": days})


def span(start: str, end: str, category: str = "open") -> Span:
    return Span.model_validate({"from": start, "to": end, "category": category})


def exception(name: str, first: date, last: date, *spans: Span) -> HoursException:
    return HoursException.model_validate({"name": name, "from": first, "to": last, "spans": spans})


def opening(*week: WeekSpan, exceptions: tuple[HoursException, ...] = ()) -> OpeningHours:
    return OpeningHours(key="hours", name="Hours", week=week, exceptions=exceptions)


def stockholm(text: str) -> Instant:
    """An ISO time of the Stockholm wall clock, or of the offset that it carries."""
    moment = datetime.fromisoformat(text)
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM))


OFFICE = opening(week_span("08:00", "12:00"), week_span("12:00", "13:00", "lunch"), week_span("13:00", "16:30"))


@pytest.mark.feature("HRS-02")
@pytest.mark.parametrize(
    ("wall", "category"),
    [
        ("2026-11-23T07:59", CLOSED),
        ("2026-11-23T08:00", "open"),
        ("2026-11-23T11:59:59.999", "open"),
        ("2026-11-23T12:00", "lunch"),
        ("2026-11-23T13:00", "open"),
        ("2026-11-23T16:29:59", "open"),
        ("2026-11-23T16:30", CLOSED),
        ("2026-11-28T10:00", CLOSED),
    ],
)
def test_the_category_is_that_of_the_span_on_the_wall(wall: str, category: str) -> None:
    assert category_at(OFFICE, stockholm(wall), STOCKHOLM) == category


@pytest.mark.feature("HRS-02")
def test_time_that_is_not_laid_out_is_closed_and_stays_so() -> None:
    moment = stockholm("2026-11-23T10:00")
    assert category_at(opening(), moment, STOCKHOLM) == CLOSED
    assert next_change(opening(), moment, STOCKHOLM) is None


@pytest.mark.feature("HRS-01")
@pytest.mark.parametrize(
    ("wall", "change"),
    [
        ("2026-11-23T06:00", "2026-11-23T08:00"),
        ("2026-11-23T08:00", "2026-11-23T12:00"),
        ("2026-11-23T12:30", "2026-11-23T13:00"),
        ("2026-11-27T16:30", "2026-11-30T08:00"),
    ],
)
def test_the_next_change_is_the_next_edge_with_another_category(wall: str, change: str) -> None:
    assert next_change(OFFICE, stockholm(wall), STOCKHOLM) == stockholm(change)


def test_spans_that_join_at_midnight_are_one() -> None:
    night = opening(week_span("20:00", "24:00", "night", WEEKDAYS), week_span("00:00", "06:00", "night", WEEKDAYS))
    assert category_at(night, stockholm("2026-11-23T23:59"), STOCKHOLM) == "night"
    assert category_at(night, stockholm("2026-11-24T00:00"), STOCKHOLM) == "night"
    assert next_change(night, stockholm("2026-11-23T21:00"), STOCKHOLM) == stockholm("2026-11-24T06:00")


def test_always_open_never_changes() -> None:
    always = opening(week_span("00:00", "24:00", days=WEEKDAYS))
    assert next_change(always, stockholm("2026-11-23T21:00"), STOCKHOLM) is None


def test_of_spans_that_overlap_the_first_decides() -> None:
    hours = opening(week_span("10:00", "11:00", "meeting"), week_span("08:00", "16:00"))
    assert category_at(hours, stockholm("2026-11-23T10:30"), STOCKHOLM) == "meeting"
    assert next_change(hours, stockholm("2026-11-23T10:30"), STOCKHOLM) == stockholm("2026-11-23T11:00")


@pytest.mark.feature("HRS-03")
def test_an_exception_overrides_the_week_on_its_days() -> None:
    christmas = exception("Christmas", date(2026, 12, 24), date(2026, 12, 26))
    short = exception("Short days", date(2026, 12, 23), date(2026, 12, 31), span("09:00", "11:00", "short"))
    hours = opening(*OFFICE.week, exceptions=(christmas, short))

    assert category_at(hours, stockholm("2026-12-24T10:00"), STOCKHOLM) == CLOSED
    assert category_at(hours, stockholm("2026-12-30T10:00"), STOCKHOLM) == "short"
    assert category_at(hours, stockholm("2026-12-30T12:00"), STOCKHOLM) == CLOSED
    assert category_at(hours, stockholm("2027-01-01T10:00"), STOCKHOLM) == "open"
    assert next_change(hours, stockholm("2026-12-23T11:00"), STOCKHOLM) == stockholm("2026-12-27T09:00")


SUMMER = exception("Summer", date(2026, 6, 15), date(2026, 8, 15), span("08:00", "12:00", "summer"))
EVE = exception("Midsummer eve", date(2026, 6, 19), date(2026, 6, 19))


@pytest.mark.feature("HRS-03")
@pytest.mark.parametrize("exceptions", [(SUMMER, EVE), (EVE, SUMMER)])
def test_the_shortest_exception_that_covers_a_date_decides(exceptions: tuple[HoursException, ...]) -> None:
    hours = opening(*OFFICE.week, exceptions=exceptions)
    assert category_at(hours, stockholm("2026-06-12T09:00"), STOCKHOLM) == "open"
    assert category_at(hours, stockholm("2026-06-18T09:00"), STOCKHOLM) == "summer"
    assert category_at(hours, stockholm("2026-06-19T09:00"), STOCKHOLM) == CLOSED


@pytest.mark.feature("HRS-03")
def test_half_a_day_every_year() -> None:
    eve = HoursException.model_validate(
        {"name": "Eve", "from": "2026-12-30", "to": "2026-12-30", "yearly": True,
         "spans": [{"from": "08:00", "to": "12:00"}]}
    )  # fmt: skip
    turn = HoursException.model_validate(
        {"name": "Turn of the year", "from": "2026-12-31", "to": "2027-01-01", "yearly": True}
    )
    hours = opening(*OFFICE.week, exceptions=(eve, turn))
    for year in (2026, 2027, 2029):
        assert category_at(hours, stockholm(f"{year}-12-30T09:00"), STOCKHOLM) == "open"
        assert category_at(hours, stockholm(f"{year}-12-30T14:00"), STOCKHOLM) == CLOSED
        assert category_at(hours, stockholm(f"{year}-12-31T09:00"), STOCKHOLM) == CLOSED
    assert category_at(hours, stockholm("2029-01-01T09:00"), STOCKHOLM) == CLOSED
    assert category_at(hours, stockholm("2029-01-02T09:00"), STOCKHOLM) == "open"


@pytest.mark.feature("HRS-03")
def test_a_day_of_one_year_goes_before_the_same_day_of_every_year() -> None:
    always = HoursException.model_validate({"name": "Eve", "from": "2026-12-30", "to": "2026-12-30", "yearly": True})
    once = exception("Open", date(2027, 12, 30), date(2027, 12, 30), span("08:00", "12:00"))
    hours = opening(exceptions=(always, once))
    assert category_at(hours, stockholm("2027-12-30T09:00"), STOCKHOLM) == "open"
    assert category_at(hours, stockholm("2028-12-30T09:00"), STOCKHOLM) == CLOSED


@pytest.mark.feature("HRS-06")
def test_a_span_in_the_hour_that_does_not_exist_is_skipped() -> None:
    """On 29 March 2026 the clocks go from 02:00 to 03:00."""
    hours = opening(week_span("02:00", "03:00", "night", WEEKDAYS))
    assert category_at(hours, stockholm("2026-03-29T01:59:59"), STOCKHOLM) == CLOSED
    assert category_at(hours, stockholm("2026-03-29T03:00"), STOCKHOLM) == CLOSED
    assert next_change(hours, stockholm("2026-03-28T12:00"), STOCKHOLM) == stockholm("2026-03-30T02:00")


@pytest.mark.feature("HRS-06")
def test_an_edge_in_the_hour_that_does_not_exist_takes_effect_when_the_clocks_are_changed() -> None:
    hours = opening(week_span("02:30", "12:00", "open", WEEKDAYS))
    change = stockholm("2026-03-29T03:00")
    assert next_change(hours, stockholm("2026-03-29T01:00"), STOCKHOLM) == change
    assert category_at(hours, change, STOCKHOLM) == "open"
    assert category_at(hours, Instant(change - timedelta(seconds=1)), STOCKHOLM) == CLOSED


@pytest.mark.feature("HRS-06")
def test_a_span_in_the_hour_that_occurs_twice_holds_both_times() -> None:
    """On 25 October 2026 the clocks go from 03:00 back to 02:00."""
    hours = opening(week_span("02:15", "02:45", "night", WEEKDAYS))
    changes = []
    moment = stockholm("2026-10-25T01:00")
    for _ in range(4):
        change = next_change(hours, moment, STOCKHOLM)
        assert change is not None
        changes.append(change)
        moment = change
    assert changes == [
        stockholm("2026-10-25T02:15+02:00"),
        stockholm("2026-10-25T02:45+02:00"),
        stockholm("2026-10-25T02:15+01:00"),
        stockholm("2026-10-25T02:45+01:00"),
    ]


@pytest.mark.feature("HRS-06")
def test_a_day_of_25_hours_is_open_an_hour_longer() -> None:
    hours = opening(week_span("00:00", "12:00", "open", WEEKDAYS))
    midnight = stockholm("2026-10-25T00:00")
    closing = next_change(hours, midnight, STOCKHOLM)
    assert closing is not None
    assert closing - midnight == timedelta(hours=13)


# ------------------------------------------------------------------ for any opening hours at all

TIMES = [f"{quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in range(96)] + ["24:00"]
CATEGORIES = st.sampled_from(["open", "lunch", "evening", CLOSED])
ZONES = st.sampled_from(
    [
        STOCKHOLM,
        ZoneInfo("America/New_York"),
        ZoneInfo("Australia/Lord_Howe"),  # changes by half an hour
        ZoneInfo("Asia/Beirut"),  # changes at midnight
        ZoneInfo("UTC"),
    ]
)
YEAR = datetime(2026, 1, 1, tzinfo=UTC)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start, end = sorted(draw(st.lists(st.sampled_from(TIMES), min_size=2, max_size=2, unique=True)))
    return span(start, end, draw(CATEGORIES))


@st.composite
def week_spans(draw: st.DrawFn) -> WeekSpan:
    drawn = draw(spans())
    days = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True))
    return week_span(drawn.start, drawn.end, drawn.category, tuple(days))


@st.composite
def exceptions(draw: st.DrawFn) -> HoursException:
    first = date(2026, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
    last = first + timedelta(days=draw(st.integers(0, 20)))
    return exception("Exception", first, last, *draw(st.lists(spans(), max_size=2)))


ANY_HOURS = st.builds(
    lambda week, odd: opening(*week, exceptions=tuple(odd)),
    st.lists(week_spans(), max_size=6),
    st.lists(exceptions(), max_size=4),
)
NEAR_CLOCK_CHANGE = st.sampled_from([datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)])
ANY_MOMENT = st.builds(
    lambda start, seconds: Instant(start + timedelta(seconds=seconds)),
    st.one_of(st.just(YEAR), NEAR_CLOCK_CHANGE),
    st.integers(0, 2 * 24 * 3600) | st.integers(0, 330 * 24 * 3600),
)


@pytest.mark.feature("HRS-06")
@settings(max_examples=examples(40), deadline=None)
@given(hours=ANY_HOURS, moment=ANY_MOMENT, zone=ZONES)
def test_the_category_changes_at_the_next_change_and_not_before(
    hours: OpeningHours, moment: Instant, zone: ZoneInfo
) -> None:
    current = category_at(hours, moment, zone)
    change = next_change(hours, moment, zone)
    if change is not None:
        assert moment < change < moment + LOOK_AHEAD
        assert category_at(hours, change, zone) != current
    until = min(change or moment + LOOK_AHEAD, moment + timedelta(days=3))
    minute = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    while minute < until:
        assert category_at(hours, Instant(minute), zone) == current
        minute += timedelta(minutes=5)


@settings(max_examples=examples(30), deadline=None)
@given(hours=ANY_HOURS, moment=ANY_MOMENT, zone=ZONES)
def test_the_category_depends_only_on_what_the_wall_clock_shows(
    hours: OpeningHours, moment: Instant, zone: ZoneInfo
) -> None:
    wall = to_local(moment, zone)
    assert category_at(hours, from_local(wall, zone), zone) == category_at(hours, moment, zone)
    assert category_at(hours, moment, zone) in hours.in_use
    assert local_date(moment, zone) == wall.date()
