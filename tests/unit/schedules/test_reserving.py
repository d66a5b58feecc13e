"""Places that are kept for some: who may have which, whatever the order in which they are taken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from examples import examples
from svarhus.domains.categories.model import Category
from svarhus.domains.hours.model import WEEKDAYS
from svarhus.domains.schedules.layout import laid_day, with_lengths
from svarhus.domains.schedules.model import Period, Schedule
from svarhus.domains.schedules.pace import pace_at
from svarhus.domains.schedules.reserving import Asked, is_for, seated
from svarhus.domains.schedules.slots import Sought, free_slots, is_free, next_slot, slots
from svarhus.kit.clock import Instant, local_date, to_local
from svarhus.kit.ids import CategoryKey
from unit.schedules.test_slots import MONDAY, STOCKHOLM, stockholm

WOUNDS, MEDICINE, FINNISH = CategoryKey("wounds"), CategoryKey("medicine"), CategoryKey("finnish")
CATEGORIES: Mapping[CategoryKey, Category] = {
    WOUNDS: Category.model_validate(
        {"key": WOUNDS, "name": "Wounds", "call_minutes": 15, "handling_minutes": 5, "skills": [{"skill": "Wounds"}]}
    ),
    MEDICINE: Category(key=MEDICINE, name="Medicine", call_minutes=8, handling_minutes=2),
    FINNISH: Category(key=FINNISH, name="Finnish", language="fi"),
}
NOBODY, WOUNDED = Asked(None, "sv"), Asked(WOUNDS, "sv")
MORNING = stockholm("2026-11-23T06:00")

Taken = Counter[tuple[Instant, Asked]]


def period(start: str, end: str, **more: JsonValue) -> Period:
    capacity: dict[str, JsonValue] = {} if "staff" in more else {"calls_per_hour": 2}
    return Period.model_validate({"days": [*WEEKDAYS], "from": start, "to": end, **capacity, **more})


def schedule(*periods: Period, **more: JsonValue) -> Schedule:
    made = Schedule.model_validate({"key": "nurses", "name": "Nurses", "notice_minutes": 0, "days_ahead": 0, **more})
    return with_lengths(made.model_copy(update={"periods": periods}), CATEGORIES)


def sought(asked: Asked, taken: Taken) -> Sought:
    def at(moment: Instant) -> Mapping[Asked, int]:
        return {who: count for (when, who), count in taken.items() if when == moment}

    return Sought(asked, at, CATEGORIES)


def totals(taken: Taken) -> Mapping[Instant, int]:
    found: Counter[Instant] = Counter()
    for (at, _), count in taken.items():
        found[at] += count
    return found


def offered(plan: Schedule, asked: Asked, taken: Taken, now: Instant = MORNING) -> list[str]:
    found = free_slots(plan, now, STOCKHOLM, totals(taken), sought=sought(asked, taken))
    return [f"{to_local(at, STOCKHOLM):%H:%M}" for at, free in found for _ in range(free)]


def sold(plan: Schedule, *wanted: Asked, now: Instant = MORNING, zone: ZoneInfo = STOCKHOLM) -> tuple[Taken, list[str]]:
    """Each is given the next place; what nobody gets is empty."""
    taken, told = Taken(), list[str]()
    for asked in wanted:
        at = next_slot(plan, now, zone, totals(taken), sought=sought(asked, taken))
        if at is not None:
            assert is_free(plan, at, zone, totals(taken), sought=sought(asked, taken)), "what is offered can be had"
            taken[at, asked] += 1
        told.append(f"{to_local(at, zone):%H:%M}" if at else "")
    return taken, told


PARALLEL = schedule(period("08:00", "10:00"), period("08:00", "09:00", categories=[WOUNDS]))


@pytest.mark.feature("SCH-02")
class TestKeptPlaces:
    def test_a_general_caller_never_takes_one(self) -> None:
        assert sold(PARALLEL, *[NOBODY] * 5)[1] == ["08:00", "08:30", "09:00", "09:30", ""]

    def test_whom_they_are_kept_for_takes_general_ones_only_when_they_are_gone(self) -> None:
        assert sold(PARALLEL, *[WOUNDED] * 7)[1] == ["08:00", "08:30", "08:00", "08:30", "09:00", "09:30", ""]

    def test_a_general_place_at_another_time_is_not_waited_for(self) -> None:
        plan = schedule(period("08:00", "10:00"), period("09:00", "10:00", categories=[WOUNDS]))
        assert sold(plan, WOUNDED, WOUNDED, WOUNDED, WOUNDED)[1] == ["08:00", "08:30", "09:00", "09:30"]

    def test_other_categories_are_general_callers(self) -> None:
        assert offered(PARALLEL, Asked(MEDICINE, "sv"), Taken()) == ["08:00", "08:30", "09:00", "09:30"]

    def test_several_share_what_is_kept_for_them(self) -> None:
        plan = schedule(period("08:00", "09:00", categories=[WOUNDS, MEDICINE]))
        assert sold(plan, WOUNDED, Asked(MEDICINE, "sv"), WOUNDED, NOBODY)[1] == ["08:00", "08:30", "", ""]

    def test_who_may_have_either_makes_way_for_who_may_have_one(self) -> None:
        both, one = (
            period("08:00", "08:30", categories=[WOUNDS, MEDICINE]),
            period("08:00", "08:30", categories=[WOUNDS]),
        )
        plan = schedule(both, one)
        assert sold(plan, WOUNDED, Asked(MEDICINE, "sv"))[1] == ["08:00", "08:00"]

    @pytest.mark.parametrize(
        ("kept", "asked", "may"),
        [
            ({"skills": ["WOUNDS"]}, WOUNDED, True),
            ({"skills": ["Wounds"]}, NOBODY, False),
            ({"skills": ["Wounds"]}, Asked(MEDICINE, "sv"), False),
            ({"languages": ["fi"]}, Asked(None, "fi"), True),
            ({"languages": ["fi"]}, Asked(FINNISH, "sv"), True),
            ({"languages": ["fi"]}, WOUNDED, False),
            ({"languages": ["fi"], "categories": [WOUNDS]}, Asked(WOUNDS, "fi"), True),
            ({"languages": ["fi"], "categories": [WOUNDS]}, Asked(FINNISH, "fi"), False),
            ({"categories": ["gone"]}, Asked(CategoryKey("gone"), "sv"), True),
            ({}, NOBODY, True),
        ],
    )
    def test_they_are_kept_by_category_skill_and_language(
        self, kept: dict[str, JsonValue], asked: Asked, may: bool
    ) -> None:
        assert is_for(period("08:00", "09:00", **kept), asked, CATEGORIES) is may


@pytest.mark.feature("SCH-03", "SCH-06")
class TestStaff:
    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            ({"categories": [MEDICINE]}, ["08:00", "08:10", "08:20", "08:30", "08:40", "08:50"]),
            ({"categories": [WOUNDS]}, ["08:00", "08:20", "08:40"]),
            ({"categories": [WOUNDS, MEDICINE]}, ["08:00", "08:15", "08:30", "08:45"]),
            ({"minutes_a_call": 25}, ["08:00", "08:25"]),
            (
                {"minutes_a_call": 7.5, "categories": [WOUNDS]},
                ["08:00", "08:07", "08:15", "08:22", "08:30", "08:37", "08:45", "08:52"],
            ),
        ],
    )  # fmt: skip
    def test_places_follow_from_how_long_each_call_takes(self, more: dict[str, JsonValue], expected: list[str]) -> None:
        plan = schedule(period("08:00", "09:00", staff=3, **more))
        laid = [(f"{to_local(at, STOCKHOLM):%H:%M}", room) for at, room in slots(plan, MONDAY, MONDAY, STOCKHOLM)]
        assert laid == [(wall, 3) for wall in expected]

    def test_a_call_that_would_not_end_in_time_has_no_place(self) -> None:
        assert slots(schedule(period("08:00", "08:09", staff=2, minutes_a_call=10)), MONDAY, MONDAY, STOCKHOLM) == []

    def test_without_categories_a_call_is_as_long_as_one_usually_is(self) -> None:
        plan = Schedule.model_validate(
            {"key": "k", "name": "K", "periods": [{"days": ["mon"], "from": "08:00", "to": "09:00", "staff": 1}]}
        )
        assert len(slots(with_lengths(plan, {}), MONDAY, MONDAY, STOCKHOLM)) == 6


@pytest.mark.feature("SCH-04")
class TestHowLongBefore:
    def test_each_period_says_how_many_days_ahead(self) -> None:
        plan = schedule(
            period("08:00", "09:00", calls_per_hour=1, days_ahead=2),
            period("10:00", "11:00", calls_per_hour=1),
            period("12:00", "13:00", calls_per_hour=1, least_days_ahead=1, days_ahead=1),
        )
        found = [at for at, _ in free_slots(plan, MORNING, STOCKHOLM, {})]
        assert [f"{to_local(at, STOCKHOLM):%d %H:%M}" for at in found] == [
            "23 08:00", "23 10:00", "24 08:00", "24 12:00", "25 08:00",
        ]  # fmt: skip

    def test_some_are_booked_only_shortly_before(self) -> None:
        plan = schedule(period("08:00", "10:00", minutes_ahead=60))
        assert offered(plan, NOBODY, Taken(), stockholm("2026-11-23T07:31")) == ["08:00", "08:30"]
        assert offered(plan, NOBODY, Taken(), stockholm("2026-11-23T06:59")) == []


@pytest.mark.feature("SCH-01")
class TestRepetition:
    def test_dates_are_left_out_and_single_days_changed(self) -> None:
        plan = schedule(
            period(
                "08:00",
                "09:00",
                left_out=["2026-11-24"],
                changed=[
                    {"day": "2026-11-25", "from": "13:00", "to": "14:00"},
                    {"day": "2026-11-26", "from": "08:00", "to": "09:00", "staff": 1},
                ],
            )
        )
        laid = [at for at, _ in slots(plan, MONDAY, date(2026, 11, 26), STOCKHOLM)]
        assert [f"{to_local(at, STOCKHOLM):%d %H:%M}" for at in laid] == [
            "23 08:00", "23 08:30", "25 13:00", "25 13:30",
            *(f"26 08:{minute:02}" for minute in range(0, 60, 10)),
        ]  # fmt: skip


def test_periods_for_calling_in_have_no_times_and_those_for_calling_out_set_no_pace() -> None:
    plan = schedule(period("08:00", "09:00", calling="in"), period("10:00", "11:00", calling="out"))
    assert offered(plan, NOBODY, Taken()) == ["10:00", "10:30"]
    paced = pace_at(plan, stockholm("2026-11-23T08:10"), STOCKHOLM)
    assert paced and paced.places == 2
    assert pace_at(plan, stockholm("2026-11-23T10:10"), STOCKHOLM) is None


@pytest.mark.feature("SCH-07")
def test_other_channels_have_times_of_their_own_or_share_those_of_calls() -> None:
    plan = schedule(period("08:00", "09:00", channels=["chat"]), period("10:00", "11:00", channels=["call", "video"]))
    assert offered(plan, NOBODY, Taken()) == ["10:00", "10:30"]


# ------------------------------------------------------------------ whatever the schedule and the order

_ASKED = st.sampled_from([NOBODY, WOUNDED, Asked(MEDICINE, "sv"), Asked(None, "fi"), Asked(WOUNDS, "fi")])


@st.composite
def _periods(draw: st.DrawFn) -> Period:
    begin, length = draw(st.integers(0, 8)), draw(st.integers(1, 8))
    start, end = (f"{8 + quarter // 4:02}:{quarter % 4 * 15:02}" for quarter in (begin, begin + length))
    more: dict[str, JsonValue] = {
        "categories": list(draw(st.sets(st.sampled_from([WOUNDS, MEDICINE])))),
        "languages": list(draw(st.sets(st.sampled_from(["fi"])))),
    }
    if draw(st.booleans()):
        more["staff"] = draw(st.integers(1, 3))
    else:
        more["calls_per_hour"] = draw(st.sampled_from([1, 2, 5, 90]))
    return period(start, end, **more)


_PLANS = st.lists(_periods(), min_size=1, max_size=4)


def has_a_place_each(plan: Schedule, taken: Taken, day: date) -> bool:
    """Whether all bookings can be seated, each in a period that it may be in: an independent look at the whole."""
    laid = laid_day(plan, day, STOCKHOLM)
    rooms = {at: dict(room) for (at, _), room in zip(laid.places, laid.rooms, strict=True)}
    for at in {at for at, _ in taken}:
        may = [
            ([each for each, period in enumerate(laid.periods) if is_for(period, who, CATEGORIES)], count)
            for (when, who), count in taken.items()
            if when == at
        ]
        seats = seated(rooms.get(at, {}), may)
        if sum(seats.taken(each) for each in range(len(laid.periods))) != sum(count for _, count in may):
            return False
    return True


@pytest.mark.feature("SCH-02")
@given(_PLANS, st.lists(_ASKED, max_size=40))
@settings(max_examples=examples(60), deadline=None)
def test_no_place_is_sold_twice_and_none_outside_its_period(periods: list[Period], wanted: list[Asked]) -> None:
    plan = schedule(*periods)
    taken, told = sold(plan, *wanted)
    assert has_a_place_each(plan, taken, MONDAY)
    for at, who in taken:
        wall = f"{to_local(at, STOCKHOLM):%H:%M}"
        open_to = [each for each in periods if is_for(each, who, CATEGORIES)]
        assert any(each.start <= wall < each.end for each in open_to)
    for who, time in zip(wanted, told, strict=True):
        if not time:
            assert not offered(plan, who, taken), "who got none, although there is one"


@pytest.mark.feature("SCH-03")
@given(_PLANS, st.randoms(use_true_random=False), st.lists(_ASKED, max_size=12))
@settings(max_examples=examples(60), deadline=None)
def test_capacity_goes_by_no_order(periods: list[Period], random: Random, wanted: list[Asked]) -> None:
    shuffled = [*periods]
    random.shuffle(shuffled)
    one, other = schedule(*periods), schedule(*shuffled)
    taken, _ = sold(one, *wanted)
    for asked in (NOBODY, WOUNDED, Asked(MEDICINE, "sv"), Asked(WOUNDS, "fi")):
        assert offered(one, asked, taken) == offered(other, asked, Counter(dict(reversed(taken.items()))))


@pytest.mark.parametrize(
    ("day", "walls"),
    [
        ("2026-03-29", ["01:30", "03:00", "03:30"]),
        ("2026-10-25", ["01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_on_the_nights_of_the_clock_change_kept_places_are_there_once(day: str, walls: Sequence[str]) -> None:
    plan = schedule(
        period("01:30", "04:00", calls_per_hour=2), period("01:30", "04:00", calls_per_hour=2, categories=[WOUNDS])
    )
    evening = stockholm(day) - timedelta(hours=1)
    ahead = plan.model_copy(update={"days_ahead": 1})
    taken, told = sold(ahead, *[WOUNDED] * (2 * len(walls) + 1), now=Instant(evening))
    assert told == [*walls, *walls, ""]
    assert {local_date(at, STOCKHOLM) for at, _ in taken} == {date.fromisoformat(day)}
