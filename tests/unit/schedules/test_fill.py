"""How full a schedule is, and how callers are met."""

from collections import Counter
from datetime import date, timedelta

import pytest
from pydantic import JsonValue

from svarhus.domains.schedules.fill import Fill, Filled, FilledSchedule, filled_on, together
from svarhus.domains.schedules.meeting import Meeting, Openness, meeting_at
from svarhus.domains.schedules.model import Meets, Schedule
from svarhus.domains.schedules.reserving import Asked
from unit.schedules.test_reserving import (
    CATEGORIES,
    MEDICINE,
    NOBODY,
    PARALLEL,
    WOUNDED,
    WOUNDS,
    Taken,
    period,
    schedule,
    sold,
    sought,
    totals,
)
from unit.schedules.test_slots import CLOSED_DAY, MONDAY, STOCKHOLM, hours, stockholm

OPEN, FULL, CLOSED = Openness.OPEN, Openness.FULL, Openness.CLOSED


def look(plan: Schedule, taken: Taken, now: str = "06:00", last: date = MONDAY) -> FilledSchedule:
    moment = stockholm(f"2026-11-23T{now}")
    days = [MONDAY + timedelta(days=ahead) for ahead in range((last - MONDAY).days + 1)]
    demand = sought(NOBODY, taken).taken
    return together([filled_on(plan, moment, day, STOCKHOLM, demand, CATEGORIES) for day in days])


def figures(each: Filled) -> tuple[int, int, int, Fill]:
    return each.places, each.taken, each.left, each.state


@pytest.mark.feature("SCH-08")
class TestFill:
    def test_each_period_says_how_many_are_taken(self) -> None:
        taken, _ = sold(PARALLEL, WOUNDED, WOUNDED, WOUNDED, NOBODY)
        found = look(PARALLEL, taken)
        assert [(each.period, *figures(each.filled)) for each in found.periods] == [
            (1, 2, 2, 0, Fill.FULL),
            (0, 4, 2, 2, Fill.FREE),
        ]
        assert figures(found.whole) == (6, 4, 2, Fill.FREE)

    def test_each_category_says_what_it_may_have(self) -> None:
        taken, _ = sold(PARALLEL, WOUNDED, NOBODY, NOBODY, NOBODY)
        found = {each.category: figures(each.filled) for each in look(PARALLEL, taken).categories}
        assert found[WOUNDS] == (6, 1, 2, Fill.FREE)
        assert found[MEDICINE] == (4, 0, 1, Fill.FREE)
        assert found[None] == (4, 3, 1, Fill.FREE)

    @pytest.mark.parametrize(("bookings", "state"), [(7, Fill.FREE), (8, Fill.NEARLY_FULL), (10, Fill.FULL)])
    def test_nearly_full_is_when_one_in_five_is_left(self, bookings: int, state: Fill) -> None:
        plan = schedule(period("08:00", "13:00"))
        assert look(plan, sold(plan, *[NOBODY] * bookings)[0]).whole.state is state

    def test_what_has_passed_is_not_left(self) -> None:
        assert figures(look(PARALLEL, Taken(), "08:45").whole) == (6, 0, 2, Fill.FREE)
        assert figures(look(PARALLEL, Taken(), "12:00").whole) == (6, 0, 0, Fill.FULL)

    def test_days_are_told_one_by_one_and_what_has_no_place_is_counted(self) -> None:
        taken = Counter({(stockholm("2026-11-23T08:07"), NOBODY): 1, (stockholm("2026-11-24T08:00"), NOBODY): 3})
        found = look(PARALLEL, taken, last=date(2026, 11, 24))
        assert [each.filled.taken for each in found.periods] == [0, 0, 0, 1]
        assert found.above == 2, "two too many at eight; at seven past there is no place to look at"

    def test_a_day_that_is_otherwise_belongs_to_its_period(self) -> None:
        changed: list[JsonValue] = [{"day": "2026-11-23", "from": "13:00", "to": "14:00"}]
        plan = schedule(period("08:00", "09:00"), period("10:00", "11:00", changed=changed))
        [_, later] = look(plan, Taken()).periods
        assert (later.period, later.start) == (1, stockholm("2026-11-23T13:00"))


def met(plan: Schedule, now: str, taken: Taken, asked: Asked = NOBODY) -> Meeting:
    return meeting_at(plan, stockholm(f"2026-11-23T{now}"), STOCKHOLM, totals(taken), sought(asked, taken))


@pytest.mark.feature("SCH-09")
class TestMeeting:
    @pytest.mark.parametrize(
        ("calling", "now", "expected"),
        [
            ("in", "08:30", Meeting(OPEN, Meets.ANSWERED)),
            ("in", "07:30", Meeting(CLOSED)),
            ("out", "07:30", Meeting(OPEN, Meets.OFFERED)),
            ("out", "09:30", Meeting(CLOSED)),
            ("both", "08:00", Meeting(OPEN, Meets.CHOICE)),
            ("both", "07:30", Meeting(OPEN, Meets.OFFERED)),
        ],
    )
    def test_by_what_the_period_is_for(self, calling: str, now: str, expected: Meeting) -> None:
        assert met(schedule(period("08:00", "09:00", calling=calling)), now, Taken()) == expected

    @pytest.mark.parametrize(
        ("meets", "expected"),
        [
            ("answered", Meeting(OPEN, Meets.ANSWERED)),
            ("offered", Meeting(OPEN, Meets.OFFERED)),
            ("choice", Meeting(OPEN, Meets.CHOICE)),
        ],
    )
    def test_a_period_says_it_itself(self, meets: str, expected: Meeting) -> None:
        assert met(schedule(period("08:00", "10:00", calling="out", meets=meets)), "08:10", Taken()) == expected

    def test_full_is_when_nothing_is_left_and_nobody_answers(self) -> None:
        out = schedule(period("08:00", "09:00", calling="out"))
        taken, _ = sold(out, NOBODY, NOBODY)
        assert met(out, "07:00", taken) == Meeting(FULL)
        both = schedule(period("08:00", "09:00"))
        assert met(both, "08:10", taken) == Meeting(OPEN, Meets.ANSWERED)
        only_times = schedule(period("08:00", "09:00", meets="offered"))
        assert met(only_times, "08:10", taken) == Meeting(FULL)

    def test_it_goes_by_what_the_caller_calls_about(self) -> None:
        plan = schedule(period("08:00", "09:00", calling="out", categories=[WOUNDS]))
        assert met(plan, "07:00", Taken(), WOUNDED) == Meeting(OPEN, Meets.OFFERED)
        assert met(plan, "07:00", Taken(), NOBODY) == Meeting(CLOSED)

    def test_what_is_kept_for_the_caller_says_it_first(self) -> None:
        plan = schedule(
            period("08:00", "10:00", calling="in"),
            period("08:00", "10:00", calling="out", categories=[WOUNDS], meets="offered"),
        )
        assert met(plan, "08:10", Taken(), WOUNDED).meets is Meets.OFFERED
        assert met(plan, "08:10", Taken(), NOBODY).meets is Meets.ANSWERED

    def test_what_the_opening_hours_close_is_closed(self) -> None:
        plan = schedule(period("08:00", "10:00", calling="in"))
        moment, seeks = stockholm("2026-11-24T08:10"), sought(NOBODY, Taken())
        assert meeting_at(plan, moment, STOCKHOLM, {}, seeks).openness is OPEN
        assert meeting_at(plan, moment, STOCKHOLM, {}, seeks, [hours(CLOSED_DAY)]).openness is CLOSED
