"""The slots of a work schedule."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from examples import examples
from svarhus.domains.hours.model import WEEKDAYS, OpeningHours, Weekday
from svarhus.domains.schedules.model import Period, Schedule
from svarhus.domains.schedules.slots import next_slot, room_at, slots
from svarhus.kit.clock import Instant, instant, local_date, to_local

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def period(
    start: str,
    end: str,
    calls_per_hour: int,
    days: tuple[Weekday, ...] = WEEKDAYS,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Period:
    return Period.model_validate(
        {
            "from": start,
            "to": end,
            "calls_per_hour": calls_per_hour,
            "days": days,
            "first_day": first_day,
            "last_day": last_day,
        }
    )


def schedule(
    *periods: Period, days_ahead: int = 7, notice_minutes: int = 0, closed_days: tuple[date, ...] = ()
) -> Schedule:
    return Schedule(
        key="callbacks",
        name="Callbacks",
        periods=periods,
        days_ahead=days_ahead,
        notice_minutes=notice_minutes,
        closed_days=closed_days,
    )


def stockholm(text: str) -> Instant:
    moment = datetime.fromisoformat(text)
    return instant(moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM))


def walls(plan: Schedule, day: date) -> list[tuple[str, int]]:
    return [(f"{to_local(start, STOCKHOLM):%H:%M}", room) for start, room in slots(plan, day, day, STOCKHOLM)]


MONDAY = date(2026, 11, 23)


@pytest.mark.feature("SCH-03")
@pytest.mark.parametrize(
    ("calls_per_hour", "expected"),
    [
        (1, ["08:00"]),
        (4, ["08:00", "08:15", "08:30", "08:45"]),
        (7, ["08:00", "08:08", "08:17", "08:25", "08:34", "08:42", "08:51"]),
    ],
)
def test_the_slots_of_an_hour_are_spread_evenly_from_its_start(calls_per_hour: int, expected: list[str]) -> None:
    plan = schedule(period("08:00", "09:00", calls_per_hour))
    assert walls(plan, MONDAY) == [(wall, 1) for wall in expected]


@pytest.mark.feature("SCH-03")
def test_more_than_one_call_a_minute_gives_several_slots_in_it() -> None:
    assert walls(schedule(period("08:00", "08:03", 90)), MONDAY) == [("08:00", 2), ("08:01", 1), ("08:02", 2)]


def test_part_of_an_hour_gives_its_part_of_the_slots() -> None:
    assert [wall for wall, _ in walls(schedule(period("08:30", "09:50", 3)), MONDAY)] == [
        "08:30",
        "08:50",
        "09:10",
        "09:30",
    ]


def test_parallel_periods_add_up_where_they_meet() -> None:
    plan = schedule(period("08:00", "09:00", 2), period("08:30", "09:00", 4))
    assert walls(plan, MONDAY) == [("08:00", 1), ("08:30", 2), ("08:45", 1)]


def test_a_period_holds_only_on_its_weekdays_and_between_its_dates() -> None:
    plan = schedule(
        period(
            "08:00",
            "09:00",
            1,
            days=("mon", "wed"),
            first_day=date(2026, 11, 24),
            last_day=date(2026, 11, 30),
        )
    )
    laid = slots(plan, date(2026, 11, 20), date(2026, 12, 10), STOCKHOLM)
    assert [local_date(start, STOCKHOLM) for start, _ in laid] == [date(2026, 11, 25), date(2026, 11, 30)]


def test_a_period_that_ends_at_midnight_has_slots_until_then() -> None:
    assert walls(schedule(period("23:00", "24:00", 2)), MONDAY) == [("23:00", 1), ("23:30", 1)]


@pytest.mark.feature("CB-04")
def test_a_place_is_offered_no_later_than_the_notice_before_its_time() -> None:
    plan = schedule(period("08:00", "12:00", 4), notice_minutes=15)
    assert next_slot(plan, stockholm("2026-11-23T08:45"), STOCKHOLM, {}) == stockholm("2026-11-23T09:00")
    assert next_slot(plan, stockholm("2026-11-23T08:45:01"), STOCKHOLM, {}) == stockholm("2026-11-23T09:15")


@pytest.mark.feature("CB-04")
def test_days_ahead_are_local_days() -> None:
    """At 23:30 in Stockholm it is still the day before in UTC."""
    evening = stockholm("2026-11-23T23:30")
    tomorrow = stockholm("2026-11-24T08:00")
    plan = period("08:00", "12:00", 4)
    assert next_slot(schedule(plan, days_ahead=0), evening, STOCKHOLM, {}) is None
    assert next_slot(schedule(plan, days_ahead=1), evening, STOCKHOLM, {}) == tomorrow
    assert next_slot(schedule(plan, days_ahead=0), stockholm("2026-11-24T00:10"), STOCKHOLM, {}) == tomorrow


def hours(*exceptions: JsonValue) -> OpeningHours:
    return OpeningHours.model_validate({"key": "office", "name": "Office", "exceptions": list(exceptions)})


HALF_DAY: JsonValue = {
    "name": "Half",
    "from": "2026-11-23",
    "to": "2026-11-23",
    "spans": [{"from": "08:00", "to": "09:00"}],
}
CLOSED_DAY: JsonValue = {"name": "Closed", "from": "2026-11-24", "to": "2026-11-24"}


@pytest.mark.feature("CB-04", "HRS-03")
def test_what_an_exception_of_the_opening_hours_closes_is_not_sold() -> None:
    plan, closing = schedule(period("08:00", "10:00", 2)), (hours(HALF_DAY, CLOSED_DAY),)
    laid = slots(plan, MONDAY, date(2026, 11, 25), STOCKHOLM, closing)
    assert [to_local(start, STOCKHOLM).strftime("%d %H:%M") for start, _ in laid] == [
        "23 08:00", "23 08:30", "25 08:00", "25 08:30", "25 09:00", "25 09:30",
    ]  # fmt: skip
    after_nine = stockholm("2026-11-23T09:00")
    assert next_slot(plan, after_nine, STOCKHOLM, {}, closing=closing) == stockholm("2026-11-25T08:00")
    assert room_at(plan, stockholm("2026-11-24T08:00"), STOCKHOLM, closing) == 0
    assert room_at(plan, stockholm("2026-11-24T08:00"), STOCKHOLM) == 1


@pytest.mark.feature("CB-04")
def test_it_is_sold_when_told_to_or_while_others_are_open() -> None:
    plan, tuesday = schedule(period("08:00", "10:00", 2)), stockholm("2026-11-24T08:00")
    assert room_at(plan, tuesday, STOCKHOLM, (hours(CLOSED_DAY), hours())) == 1
    told_to = plan.model_copy(update={"sells_when_closed": True})
    assert room_at(told_to, tuesday, STOCKHOLM, (hours(CLOSED_DAY),)) == 1


@pytest.mark.feature("CB-04")
def test_closed_days_have_no_slots() -> None:
    plan = schedule(period("08:00", "12:00", 4), closed_days=(MONDAY,))
    assert next_slot(plan, stockholm("2026-11-23T07:00"), STOCKHOLM, {}) == stockholm("2026-11-24T08:00")


def test_a_later_place_is_not_before_the_one_asked_for() -> None:
    plan = schedule(period("08:00", "12:00", 4))
    now = stockholm("2026-11-23T07:00")
    later = next_slot(plan, now, STOCKHOLM, {}, not_before=stockholm("2026-11-23T08:01"))
    assert later == stockholm("2026-11-23T08:15")


def test_the_taken_slots_may_be_told_by_a_function_or_a_mapping() -> None:
    plan = schedule(period("08:00", "12:00", 4))
    now, first = stockholm("2026-11-23T07:00"), stockholm("2026-11-23T08:00")
    expected = stockholm("2026-11-23T08:15")
    assert next_slot(plan, now, STOCKHOLM, {first: 1}) == expected
    assert next_slot(plan, now, STOCKHOLM, lambda start: int(start == first)) == expected


@pytest.mark.feature("HRS-06")
def test_slots_in_the_hour_that_does_not_exist_are_not_there() -> None:
    """On 29 March 2026 the clocks go from 02:00 to 03:00."""
    laid = slots(schedule(period("01:00", "04:00", 2)), date(2026, 3, 29), date(2026, 3, 29), STOCKHOLM)
    assert [start for start, _ in laid] == [
        stockholm(f"2026-03-29T{wall}") for wall in ("01:00+01:00", "01:30+01:00", "03:00+02:00", "03:30+02:00")
    ]


@pytest.mark.feature("HRS-06")
def test_slots_in_the_hour_that_occurs_twice_are_sold_once() -> None:
    """On 25 October 2026 the clocks go from 03:00 back to 02:00."""
    laid = slots(schedule(period("01:30", "03:30", 2)), date(2026, 10, 25), date(2026, 10, 25), STOCKHOLM)
    assert [start for start, _ in laid] == [
        stockholm(f"2026-10-25T{wall}") for wall in ("01:30+02:00", "02:00+02:00", "02:30+02:00", "03:00+01:00")
    ]


@pytest.mark.feature("CB-13")
def test_a_thousand_bookings_for_a_hundred_slots_give_exactly_a_hundred() -> None:
    plan = schedule(period("08:00", "18:00", 10), days_ahead=0)
    taken: Counter[Instant] = Counter()
    now = stockholm("2026-11-23T07:00")
    for _ in range(1000):
        start = next_slot(plan, now, STOCKHOLM, taken)
        if start is not None:
            taken[start] += 1
    assert taken.total() == 100
    assert dict(taken) == dict(slots(plan, MONDAY, MONDAY, STOCKHOLM))


def test_only_as_many_slots_are_looked_at_as_are_needed() -> None:
    """600 calls an hour over 90 days are 564,000 slots; a caller asks about a few."""
    plan = schedule(period("08:00", "18:00", 600), days_ahead=90)
    asked: list[Instant] = []

    def taken(start: Instant) -> int:
        asked.append(start)
        return 10 if len(asked) <= 5 else 9

    assert next_slot(plan, stockholm("2026-11-23T07:00"), STOCKHOLM, taken) == stockholm("2026-11-23T08:05")
    assert len(asked) == 6


# ------------------------------------------------------------------ for any schedule at all

TIMES = [f"{ten // 6:02}:{ten % 6 * 10:02}" for ten in range(144)] + ["24:00"]
ZONES = st.sampled_from([STOCKHOLM, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("UTC")])
DATES = st.dates(date(2026, 3, 20), date(2026, 4, 10))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = sorted(draw(st.lists(st.sampled_from(TIMES), min_size=2, max_size=2, unique=True)))
    bounds = sorted(draw(st.lists(DATES, min_size=2, max_size=2)))
    bounded = draw(st.booleans())
    return period(
        start,
        end,
        draw(st.integers(1, 40) | st.sampled_from([60, 61, 120, 600])),
        tuple(draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7, unique=True))),
        bounds[0] if bounded else None,
        bounds[1] if bounded else None,
    )


ANY_SCHEDULE = st.builds(
    lambda laid, ahead, notice, closed: schedule(
        *laid, days_ahead=ahead, notice_minutes=notice, closed_days=tuple(closed)
    ),
    st.lists(periods(), max_size=4),
    st.integers(0, 10),
    st.integers(0, 180),
    st.lists(DATES, max_size=3),
)
ANY_MOMENT = st.builds(
    lambda seconds: Instant(datetime(2026, 3, 25, tzinfo=UTC) + timedelta(seconds=seconds)),
    st.integers(0, 7 * 24 * 3600),
)


def covered(plan: Schedule, start: Instant, zone: ZoneInfo) -> bool:
    """Does some period of the schedule cover the time on the wall?"""
    wall = to_local(start, zone)
    shown = f"{wall:%H:%M}"
    return wall.date() not in plan.closed_days and any(
        WEEKDAYS[wall.weekday()] in each.days
        and each.start <= shown < each.end
        and (each.first_day or date.min) <= wall.date() <= (each.last_day or date.max)
        for each in plan.periods
    )


@pytest.mark.feature("CB-13")
@settings(max_examples=examples(40), deadline=None)
@given(plan=ANY_SCHEDULE, now=ANY_MOMENT, zone=ZONES, callers=st.integers(1, 60))
def test_bookings_never_overfill_a_place_and_come_in_order(
    plan: Schedule, now: Instant, zone: ZoneInfo, callers: int
) -> None:
    today = local_date(now, zone)
    room = dict(slots(plan, today, today + timedelta(days=plan.days_ahead), zone))
    taken: Counter[Instant] = Counter()
    given_out: list[Instant] = []
    for _ in range(callers):
        start = next_slot(plan, now, zone, taken)
        if start is None:
            break
        taken[start] += 1
        given_out.append(start)
    assert given_out == sorted(given_out)
    for start, count in taken.items():
        assert count <= room[start]
        assert start >= now + timedelta(minutes=plan.notice_minutes)
        assert local_date(start, zone) <= today + timedelta(days=plan.days_ahead)
        assert covered(plan, start, zone)
        assert room_at(plan, start, zone) == room[start]
    if len(given_out) < callers:
        sellable = [calls for start, calls in room.items() if start >= now + timedelta(minutes=plan.notice_minutes)]
        assert len(given_out) == sum(sellable)


@settings(max_examples=examples(30), deadline=None)
@given(plan=ANY_SCHEDULE, now=ANY_MOMENT, zone=ZONES, wait=st.integers(0, 86_400), ask=st.integers(0, 86_400))
def test_the_next_place_never_gets_earlier(plan: Schedule, now: Instant, zone: ZoneInfo, wait: int, ask: int) -> None:
    first = next_slot(plan, now, zone, {})
    not_before = Instant(now + timedelta(seconds=ask))
    asked = next_slot(plan, now, zone, {}, not_before)
    if asked is not None:
        assert first is not None
        assert first <= asked
        assert asked >= not_before
    afterwards = next_slot(plan, Instant(now + timedelta(seconds=wait)), zone, {})
    if first is not None and afterwards is not None:
        assert first <= afterwards


@settings(max_examples=examples(30), deadline=None)
@given(plan=ANY_SCHEDULE, day=DATES, zone=ZONES)
def test_the_slots_of_a_day_are_in_order_whole_minutes_and_of_that_day(
    plan: Schedule, day: date, zone: ZoneInfo
) -> None:
    laid = slots(plan, day, day, zone)
    starts = [start for start, _ in laid]
    assert starts == sorted(set(starts))
    for start, calls in laid:
        assert calls >= 1
        assert local_date(start, zone) == day
        assert to_local(start, zone).time().second == 0
        assert covered(plan, start, zone)
