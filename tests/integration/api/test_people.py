"""Sign-in by steps, sessions, photos and the audit log over the API."""

import io

import httpx
import pyotp
import pytest
from fastapi import FastAPI
from PIL import Image

from integration.api.conftest import PASSWORD, client
from integration.conftest import TestClock

BO = {"email": "bo@clinic.example", "password": PASSWORD}


def code(secret: str, clock: TestClock, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + 30 * steps)


@pytest.mark.feature("ROLE-05")
async def test_changes_and_looks_are_in_the_audit_log_and_found_by_search(
    application: FastAPI, anna: httpx.AsyncClient
) -> None:
    async with client(application, {"X-Svarhus": "1"}) as browser:
        await browser.post("/api/session", json={**BO, "email": "anna@clinic.example"})
        assert (await browser.get("/api/people/bo")).status_code == 200
        await browser.put("/api/units/north", json={"key": "north", "name": "Norra"})
        assert (await browser.get("/api/people/anna")).status_code == 200

    async def found(**wanted: str) -> list[tuple[str, str]]:
        lines = (await anna.get("/api/audit", params=wanted)).json()["items"]
        return [(line["action"], line["subject"]) for line in lines]

    assert await found(kind="look") == [("person-seen", "bo")]
    assert [action for action, _ in await found(q="norra")] == ["configuration-changed"]
    assert ("signed-in", "anna") in await found(kind="sign_in", who="anna")
    assert await found(q="%") == []
    assert await found(to="2026-01-01T00:00:00Z") == []
    first = (await anna.get("/api/audit", params={"limit": 1})).json()
    second = (await anna.get("/api/audit", params={"limit": 1, "cursor": first["next"]})).json()
    assert first["items"][0]["id"] != second["items"][0]["id"]
    names = (await anna.get("/api/audit/names")).json()
    assert "anna" in names["who"]
    assert "person-seen" in names["actions"]


async def test_signing_in_by_two_steps(application: FastAPI, bo: httpx.AsyncClient, clock: TestClock) -> None:
    assert (await bo.post("/api/me/second-factor", json={"password": "wrong"})).status_code == 403
    begun = (await bo.post("/api/me/second-factor", json={"password": PASSWORD})).json()
    sent = {"code": code(begun["secret"], clock)}
    assert len((await bo.post("/api/me/second-factor/confirm", json=sent)).json()["codes"]) == 10
    async with client(application) as browser:
        step = await browser.post("/api/session", json=BO)
        assert (step.status_code, step.json()["step"]) == (202, "code")
        assert "set-cookie" not in step.headers
        ticket = step.json()["ticket"]
        refused = await browser.post("/api/session/code", json={"ticket": ticket, **sent})
        assert (refused.status_code, refused.json()["type"]) == (401, "/problems/wrong-code")
        assert (await browser.get("/api/me")).status_code == 401
        later = {"ticket": ticket, "code": code(begun["secret"], clock, 1)}
        assert (await browser.post("/api/session/code", json=later)).status_code == 201
        assert (await browser.get("/api/me")).json()["second_factor"] is True


async def test_an_invitation_over_the_api(application: FastAPI, anna: httpx.AsyncClient) -> None:
    made = (await anna.post("/api/people/bo/invitation")).json()
    token = made["path"].removeprefix("/invitation#")
    async with client(application) as browser:
        assert (await browser.post("/api/invitation", json={"token": token})).json()["name"] == "Bo"
        accepted = await browser.post("/api/invitation/accept", json={"token": token, "password": "battery staple"})
        assert accepted.status_code == 201
        assert (await browser.get("/api/me")).json()["person"] == "bo"
        assert (await browser.post("/api/invitation", json={"token": token})).status_code == 404


async def test_the_list_of_sessions_knows_this_one(application: FastAPI, bo: httpx.AsyncClient) -> None:
    agent = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "X-Svarhus": "1"}
    async with client(application, agent) as other:
        await other.post("/api/session", json=BO)
        listed = (await other.get("/api/me/sessions")).json()
        assert {(each["device"], each["this_one"]) for each in listed} == {
            ("Firefox, Linux", True),
            ("python-httpx/" + httpx.__version__, False),
        }
        assert (await other.delete("/api/me/sessions", params={"others": True})).status_code == 204
        assert (await bo.get("/api/me")).status_code == 401
        assert (await other.get("/api/me")).status_code == 200


async def test_a_photo_is_kept_by_browsers_under_its_hash(bo: httpx.AsyncClient) -> None:
    file = io.BytesIO()
    Image.new("RGB", (50, 60), "teal").save(file, "PNG")
    kept = (await bo.put("/api/me/photo", content=file.getvalue())).json()["sha256"]
    shown = await bo.get("/api/people/bo/photo", params={"v": kept})
    assert shown.headers["content-type"] == "image/webp"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "immutable" in shown.headers["cache-control"]
    again = await bo.get("/api/people/bo/photo", headers={"If-None-Match": shown.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (await bo.get("/api/people/anna/photo")).status_code == 404
    assert (await bo.put("/api/me/photo", content=b"<svg/>")).status_code == 422
    assert (await bo.put("/api/people/anna/photo", content=file.getvalue())).status_code == 403


async def test_own_fields_are_for_those_who_may_see_them(anna: httpx.AsyncClient, bo: httpx.AsyncClient) -> None:
    await anna.post("/api/fields", json={"key": "since", "name": "Since", "kind": "date"})
    card = (await anna.get("/api/people/anna")).json()
    await anna.put("/api/people/anna", json={**card, "fields": {"since": "2027-01-01"}})
    assert (await anna.get("/api/people/anna")).json()["fields"] == {"since": "2027-01-01"}
    assert (await bo.get("/api/people/anna")).json()["fields"] == {}
    assert all(not person["fields"] for person in (await bo.get("/api/people")).json()["items"])


async def test_rights_and_ones_own_settings(bo: httpx.AsyncClient) -> None:
    rights = (await bo.get("/api/rights")).json()
    assert [role["key"] for role in rights["system_roles"]] == ["user", "team_leader", "administrator"]
    assert all(right["name"] for right in rights["rights"])
    wanted = {**(await bo.get("/api/me/preferences")).json(), "transfer": "blind"}
    assert (await bo.put("/api/me/preferences", json=wanted)).status_code == 200
    assert (await bo.get("/api/me/preferences")).json()["transfer"] == "blind"
    assert (await bo.put("/api/me/language", json={"language": "fi"})).status_code == 204
    assert (await bo.get("/api/me")).json()["language"] == "fi"
    assert (await bo.get("/api/sign-ins")).status_code == 403


async def test_what_somebody_has_chosen_meanwhile_is_not_overwritten(
    anna: httpx.AsyncClient, bo: httpx.AsyncClient
) -> None:
    seen = await anna.get("/api/people/bo")
    tag, wanted = seen.headers["etag"], {**seen.json(), "title": "Nurse"}
    assert (await bo.put("/api/me/card", json={"language": "fi", "mobile": "+46701740605"})).status_code == 200
    assert (await anna.put("/api/people/bo", json=wanted, headers={"If-Match": tag})).status_code == 412
    again = await anna.get("/api/people/bo")
    both = {**again.json(), "title": "Nurse"}
    kept = await anna.put("/api/people/bo", json=both, headers={"If-Match": again.headers["etag"]})
    assert (kept.status_code, kept.json()["mobile"], kept.json()["title"]) == (200, "+46701740605", "Nurse")
    later = {**kept.json(), "title": "Doctor"}
    last = await anna.put("/api/people/bo", json=later, headers={"If-Match": kept.headers["etag"]})
    assert (last.status_code, (await bo.get("/api/me/card")).json()["card"]["language"]) == (200, "fi")
