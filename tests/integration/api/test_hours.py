"""What opening hours say of a moment, and the holidays they may be closed on, over the API."""

import httpx
import pytest

HOURS = {
    "key": "ward",
    "name": "Ward",
    "categories": [{"key": "evening", "name": "Kväll", "colour": "violet"}],
    "week": [{"days": ["thu", "fri"], "from": "08:00", "to": "17:00", "category": "open"}],
    "exceptions": [{"name": "Julafton", "from": "2027-12-24", "to": "2027-12-24"}],
}


@pytest.mark.feature("HRS-03")
async def test_it_answers_for_any_moment(anna: httpx.AsyncClient) -> None:
    assert (await anna.post("/api/hours", json=HOURS)).status_code == 201
    thursday = (await anna.get("/api/hours/ward/at", params={"day": "2027-12-23", "time": "09:00"})).json()
    assert thursday == {
        "at": "2027-12-23T08:00:00Z",
        "category": "open",
        "until": "2027-12-23T16:00:00Z",
        "then": "closed",
        "exception": None,
        "clock": "once",
    }
    eve = (await anna.get("/api/hours/ward/at", params={"day": "2027-12-24", "time": "09:00"})).json()
    assert (eve["category"], eve["exception"]) == ("closed", "Julafton")
    assert (await anna.get("/api/hours/ward/at")).json()["clock"] == "once"
    assert (await anna.get("/api/hours/ward/at", params={"day": "2027-12-24", "time": "25:00"})).status_code == 422
    assert (await anna.get("/api/hours/nowhere/at")).status_code == 404


async def test_a_category_is_named_once(anna: httpx.AsyncClient) -> None:
    twice = {**HOURS, "categories": HOURS["categories"] * 2}  # type: ignore[operator]  # a list of the document
    answer = await anna.post("/api/hours", json=twice)
    assert answer.status_code == 422
    assert "named twice" in answer.text


async def test_holidays_are_told(anna: httpx.AsyncClient) -> None:
    wanted: dict[str, str | int] = {"country": "NO", "year": 2026, "language": "nb"}
    found = (await anna.get("/api/holidays", params=wanted)).json()["items"]
    assert {"day": "2026-05-17", "name": "Grunnlovsdag", "public": True, "closes_at": "00:00"} in found
    assert (await anna.get("/api/holidays", params={**wanted, "country": "US"})).status_code == 422
