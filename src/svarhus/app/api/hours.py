"""What opening hours say of a moment, and the holidays that they may be closed on."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Path, Query

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.hours import HolidayShown, HolidaysShown, HoursAt
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.hours.answer import answer_at, answer_on
from svarhus.domains.hours.holidays import HolidayCountry, holidays_of
from svarhus.domains.hours.model import OpeningHours
from svarhus.domains.organisation.parts import part_of
from svarhus.kit.document import Key, Language
from svarhus.kit.moment import Day

router = ApiRouter(tags=["hours"], responses=PROBLEMS)

Clock = Annotated[str, Query(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="Local time HH:MM.")]


@router.get("/api/hours/{key}/at")
async def what_applies(
    key: Annotated[Key, Path()],
    actor: SignedIn,
    services: Services,
    day: Annotated[Day | None, Query(description="In the organisation's time zone; left out: now.")] = None,
    time: Clock = "00:00",
) -> HoursAt:
    """The category in force at a time, and when that changes."""
    _, configuration = await services.organisations.service.current(actor)
    hours = part_of(configuration, "hours", key)
    assert isinstance(hours, OpeningHours)
    zone = ZoneInfo(configuration.organisation.timezone)
    found = answer_on(hours, day, time, zone) if day else answer_at(hours, services.clock.now(), zone)
    return HoursAt.model_validate(found, from_attributes=True)


@router.get("/api/holidays")
async def holidays(
    actor: SignedIn,
    country: HolidayCountry,
    year: Annotated[int, Query(ge=2000, le=2100)],
    language: Annotated[Language, Query(description="Where there are no names in it, the country's own.")] = "sv",
) -> HolidaysShown:
    """Public holidays of a country in a year, and the eves on which people usually close."""
    found = holidays_of(country, year, language)
    return HolidaysShown(items=tuple(HolidayShown.model_validate(each) for each in found))
