"""Who may not see a person's own fields, or that a person is there at all, sees it nowhere."""

import io
import json

import httpx
import pytest
from PIL import Image

SECRET = "1984-05-17-9999"


@pytest.fixture
async def hidden_eva(anna: httpx.AsyncClient) -> None:
    """Eva is hidden and Bo's colleague Anna has a value in a field of the organisation's own."""
    await anna.post("/api/fields", json={"key": "born", "name": "Born"})
    eva = {"key": "eva", "name": "Evangelina", "email": "eva@clinic.example", "extension": "150", "hidden": True}
    assert (await anna.post("/api/people", json=eva)).status_code == 201
    assert (await anna.put("/api/people/eva", json={**eva, "mobile": "+46701740605"})).status_code == 200
    card = (await anna.get("/api/people/anna")).json()
    assert (await anna.put("/api/people/anna", json={**card, "fields": {"born": SECRET}})).status_code == 200
    assert (await anna.put("/api/people/anna", json={**card, "title": "Head"})).status_code == 200
    assert (await anna.put("/api/people/anna", json={**card, "fields": {"born": SECRET}})).status_code == 200
    file = io.BytesIO()
    Image.new("RGB", (50, 60), "teal").save(file, "PNG")
    assert (await anna.put("/api/people/eva/photo", content=file.getvalue())).status_code == 200


@pytest.mark.usefixtures("hidden_eva")
@pytest.mark.feature("ROLE-02")
@pytest.mark.parametrize(
    "path",
    [
        "/api/people",
        "/api/people/anna",
        "/api/people/eva",
        "/api/people/eva/queues",
        "/api/people/eva/photo",
        "/api/photos",
        "/api/organisation/parts/people/anna/history",
        "/api/organisation/parts/people/eva/history",
        "/api/organisation/parts/people/eva/uses",
        "/api/directory",
        "/api/directory?q=evangelina",
        "/api/directory?q=9999",
        "/api/directory/by-number?number=150",
        "/api/directory/by-number?number=%2B46701740605",
        "/api/organisation/file",
        "/api/organisation/revisions/2/file",
        "/api/sign-ins",
        "/api/audit",
    ],
)
async def test_a_user_sees_neither_hidden_people_nor_others_fields(bo: httpx.AsyncClient, path: str) -> None:
    answer = await bo.get(path)
    told = answer.text.replace("`eva`", "what was asked for").casefold()
    assert SECRET not in told
    assert "evangelina" not in told and "eva@" not in told and '"eva"' not in told
    if "/eva" in path:
        assert answer.status_code == 404


@pytest.mark.usefixtures("hidden_eva")
async def test_who_may_see_people_sees_them_whole(anna: httpx.AsyncClient) -> None:
    assert "Evangelina" in (await anna.get("/api/people")).text
    assert SECRET in (await anna.get("/api/directory", params={"q": "9999"})).text
    versions = (await anna.get("/api/organisation/parts/people/anna/history")).json()["versions"]
    assert SECRET in json.dumps(versions)


@pytest.mark.usefixtures("hidden_eva")
async def test_a_version_that_only_a_hidden_field_tells_apart_is_not_told(bo: httpx.AsyncClient) -> None:
    versions = (await bo.get("/api/organisation/parts/people/anna/history")).json()["versions"]
    assert [version["value"]["title"] for version in versions] == ["", "Head", ""]


@pytest.mark.usefixtures("hidden_eva")
async def test_what_somebody_who_left_was_like_is_for_those_who_see_people(
    anna: httpx.AsyncClient, bo: httpx.AsyncClient
) -> None:
    assert (await anna.delete("/api/people/eva")).status_code == 204
    assert (await bo.get("/api/organisation/parts/people/eva/history")).status_code == 404
    assert "Evangelina" in (await anna.get("/api/organisation/parts/people/eva/history")).text
