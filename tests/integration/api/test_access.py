"""Who may do what over the API."""

import httpx
import pytest
from fastapi import FastAPI

from integration.api.conftest import PASSWORD, client
from svarhus.app.organisations import Organisations

CREDENTIALS = {"email": "anna@clinic.example", "password": PASSWORD}


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/api/session", json=CREDENTIALS)
    assert answer.status_code == 201
    assert answer.json()["me"]["role"] == "administrator"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert (await visitor.get("/api/session")).json()["person"] == "anna"


async def test_over_tls_the_cookie_is_for_tls_alone(application: FastAPI) -> None:
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="https://svarhus.test") as secure:
        answer = await secure.post("/api/session", json=CREDENTIALS)
    assert "Secure" in answer.headers["set-cookie"]


async def test_a_wrong_password_is_401_and_too_many_are_429(visitor: httpx.AsyncClient) -> None:
    wrong = {**CREDENTIALS, "password": "wrong"}
    answers = [await visitor.post("/api/session", json=wrong) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert answers[0].json()["type"] == "/problems/wrong-sign-in"
    assert answers[3].json()["type"] == "/problems/too-many-attempts"
    assert int(answers[3].headers["retry-after"]) >= 1


async def test_signing_out(bo: httpx.AsyncClient) -> None:
    assert (await bo.delete("/api/session")).status_code == 204
    assert (await bo.get("/api/me")).status_code == 401


@pytest.mark.parametrize("path", ["/api/me", "/api/people", "/api/organisation", "/api/tokens", "/api/audit"])
async def test_nothing_is_seen_without_signing_in(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.json()["type"] == "/problems/not-signed-in"


async def test_an_unknown_token_is_401(application: FastAPI) -> None:
    async with client(application, {"Authorization": "Bearer svarhus_nonsense"}) as stranger:
        assert (await stranger.get("/api/me")).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "https://evil.example", "X-Svarhus": "1"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://svarhus.test"}, 204),
        ({"X-Svarhus": "1"}, 204),
    ],
)
async def test_another_site_cannot_make_the_browser_send_anything(
    application: FastAPI, headers: dict[str, str], status: int
) -> None:
    async with client(application) as browser:
        await browser.post("/api/session", json=CREDENTIALS)
        change = {"present": PASSWORD, "new": "battery staple"}
        answer = await browser.put("/api/me/password", json=change, headers=headers)
        assert answer.status_code == status


async def test_another_site_cannot_sign_the_browser_in(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/api/session", json=CREDENTIALS, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/units", {"key": "south", "name": "South"}),
        ("DELETE", "/api/units/north", None),
        ("GET", "/api/organisation/file", None),
        ("GET", "/api/tokens", None),
        ("POST", "/api/tokens", {"name": "mine", "role": "user"}),
        ("GET", "/api/audit", None),
        ("PUT", "/api/people/anna/password", {"new": "battery staple"}),
        ("POST", "/api/people/anna/phone-password", None),
    ],
)
async def test_what_a_user_may_not(bo: httpx.AsyncClient, method: str, path: str, body: object) -> None:
    answer = await bo.request(method, path, json=body)
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/not-allowed"
    assert "administrator" in answer.json()["remedy"]


async def test_a_user_sees_the_configuration_and_an_own_phone_password(
    bo: httpx.AsyncClient, wired: Organisations
) -> None:
    assert (await bo.get("/api/queues/desk")).status_code == 200
    kept = await wired.repository.phone_secrets(next(iter(await wired.repository.organisations())))
    assert (await bo.get("/api/me/phone-password")).json() == {"password": kept.people["bo"]}


async def test_one_organisation_never_sees_anothers(application: FastAPI) -> None:
    async with client(application, {"X-Svarhus": "1"}) as eve:
        await eve.post("/api/session", json={"email": "anna@neighbour.example", "password": PASSWORD})
        people = (await eve.get("/api/people")).json()["items"]
        assert {person["email"] for person in people} == {"anna@neighbour.example", "bo@neighbour.example"}
        assert (await eve.delete("/api/tokens/unknown")).status_code == 404
        answer = await eve.put("/api/organisation/file", content=b"organisation: {key: clinic, name: Mine}")
        assert answer.status_code == 409


async def test_secrets_never_come_back(anna: httpx.AsyncClient) -> None:
    new = {"key": "eva", "name": "Eva", "email": "eva@clinic.example", "password": "battery staple",
           "phone_password": "vi7pohke", "extension": "103"}  # fmt: skip
    answer = await anna.post("/api/people", json=new)
    assert answer.status_code == 201
    everything = answer.text + (await anna.get("/api/people")).text + (await anna.get("/api/organisation/file")).text
    everything += (await anna.get("/api/audit")).text + (await anna.get("/api/people/eva")).text
    assert "battery" not in everything
    assert "vi7pohke" not in everything
    assert '"password":' not in everything


async def test_a_token_is_shown_once(anna: httpx.AsyncClient, application: FastAPI) -> None:
    made = (await anna.post("/api/tokens", json={"name": "reports", "role": "user"})).json()
    async with client(application, {"Authorization": f"Bearer {made['secret']}"}) as program:
        assert (await program.get("/api/me")).json()["name"] == "token:reports"
        listed = await anna.get("/api/tokens")
        assert made["secret"] not in listed.text
        assert made["last_used_at"] is None
        assert listed.json()[0]["last_used_at"]
        assert (await anna.delete(f"/api/tokens/{made['id']}")).status_code == 204
        assert (await program.get("/api/me")).status_code == 401


async def test_who_made_and_revoked_which_token_is_in_the_audit_log(anna: httpx.AsyncClient) -> None:
    made = (await anna.post("/api/tokens", json={"name": "reports", "role": "user"})).json()
    await anna.delete(f"/api/tokens/{made['id']}")
    lines = (await anna.get("/api/audit", params={"subject": made["id"]})).json()["items"]
    assert [(line["action"], line["who"]) for line in lines] == [
        ("token-revoked", "token:anna"),
        ("token-made", "token:anna"),
    ]
    assert lines[0]["before"] == {"name": "reports"}


@pytest.mark.parametrize("name", ["", "   "])
async def test_a_token_has_a_name(anna: httpx.AsyncClient, name: str) -> None:
    assert (await anna.post("/api/tokens", json={"name": name, "role": "user"})).status_code == 422


async def test_headers_of_security(visitor: httpx.AsyncClient) -> None:
    for path in ("/api/me", "/api/organisation/schema", "/nowhere"):
        headers = (await visitor.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
