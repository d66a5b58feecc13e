"""Messages over the API: who sees them, who sets who brings them, and what providers tell without signing in."""

import httpx
from fastapi import FastAPI

from integration.api.conftest import client
from svarhus.domains.people.rights import operator
from svarhus.kit.ids import OrganisationId

SMTP = {"host": "mail.example", "user": "anna", "sender": "vard@clinic.example"}
TEXTS = {"kind": "http", "user": "u1", "sender": "Clinic", "reports_at": "https://clinic.example"}


async def test_without_a_provider_a_message_is_shown(anna: httpx.AsyncClient) -> None:
    assert (await anna.get("/api/outbox")).json() == {"items": [], "next": None}
    made = await anna.post("/api/outbox/test", json={"channel": "text", "receiver": "+46701740605"})
    assert made.status_code == 201
    (seen,) = (await anna.get("/api/outbox", params={"channel": "text", "status": "kept"})).json()["items"]
    assert (seen["status"], seen["reason"], seen["receiver"]) == ("kept", "no_provider", "+46701740605")
    assert seen["text"]
    assert (await anna.get("/api/outbox", params={"status": ["sent", "failed"]})).json()["items"] == []
    one = (await anna.get(f"/api/outbox/{seen['id']}")).json()
    assert (one["status"], one["text"]) == ("kept", None)


async def test_providers_are_set_shown_without_passwords_and_removed(anna: httpx.AsyncClient) -> None:
    body = {"settings": SMTP, "password": "correct horse"}
    assert (await anna.put("/api/outbox/providers/mail", json=body)).status_code == 204
    body = {"settings": TEXTS, "password": "correct horse"}
    assert (await anna.put("/api/outbox/providers/text", json=body)).status_code == 204
    answer = await anna.get("/api/outbox/providers")
    assert "correct horse" not in answer.text
    assert answer.json()["mail"]["sender"] == "vard@clinic.example"
    assert answer.json()["text"]["user"] == "u1"
    other = {"settings": {**SMTP, "host": "evil.example"}}
    refused = await anna.put("/api/outbox/providers/mail", json=other)
    assert refused.json()["type"] == "/problems/password-needed"
    assert (await anna.delete("/api/outbox/providers/mail")).status_code == 204
    assert (await anna.get("/api/outbox/providers")).json()["mail"] is None
    assert "correct horse" not in (await anna.get("/api/audit")).text


async def test_a_user_sees_no_messages_and_sets_nothing(bo: httpx.AsyncClient) -> None:
    for answer in (
        await bo.get("/api/outbox"),
        await bo.get("/api/outbox/providers"),
        await bo.put("/api/outbox/providers/mail", json={"settings": SMTP}),
        await bo.delete("/api/outbox/providers/mail"),
        await bo.post("/api/outbox/test", json={"channel": "mail", "receiver": "a@b.example"}),
        await bo.post("/api/people/anna/invitation/mail"),
    ):
        assert answer.status_code == 403


async def test_a_provider_tells_without_signing_in_and_only_with_the_key(
    anna: httpx.AsyncClient, application: FastAPI, clinic: OrganisationId
) -> None:
    await anna.put("/api/outbox/providers/text", json={"settings": TEXTS, "password": "p"})
    made = (await anna.post("/api/outbox/test", json={"channel": "text", "receiver": "+46701740605"})).json()
    assert made["status"] == "waiting"
    messages = application.state.services.organisations.messages
    key = (await messages.one(operator(clinic), made["id"])).report_key
    async with client(application) as provider:
        path = f"/api/outbox/reports/clinic/{made['id']}"
        assert (await provider.post(f"{path}/guess", data={"status": "delivered"})).status_code == 404
        assert (await provider.post(f"{path}/{key}", data={"status": "created"})).status_code == 204
        assert (await anna.get(f"/api/outbox/{made['id']}")).json()["status"] == "waiting"
        assert (await provider.post(f"{path}/{key}", data={"id": "s1", "status": "delivered"})).status_code == 204
    assert (await anna.get(f"/api/outbox/{made['id']}")).json()["status"] == "delivered"


async def test_a_mailed_link_leads_to_where_the_browser_is(anna: httpx.AsyncClient) -> None:
    made = await anna.post("/api/people/bo/invitation/mail", headers={"Origin": "https://svarhus.clinic.example"})
    assert made.status_code == 201
    assert made.json()["message"]["receiver"] == "bo@clinic.example"
    assert made.json()["message"]["text"] is None
    (seen,) = (await anna.get("/api/outbox")).json()["items"]
    assert "https://svarhus.clinic.example/invitation#" in seen["text"]
