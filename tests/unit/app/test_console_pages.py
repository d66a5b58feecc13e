"""How the built console is served."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from svarhus.app.api.access import let_in
from svarhus.app.api.guard import Guard
from svarhus.app.console.serving import ConsolePages


@pytest_asyncio.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html>the console")
    (static / "call-us.html").write_text("<!doctype html>call us")
    (static / "assets/main-abc.js").write_text("the script")
    (static / "assets/main-abc.js.gz").write_bytes(gzip.compress(b"the script"))
    (tmp_path / "secret.txt").write_text("not for browsers")
    application = Starlette(routes=list(ConsolePages(static).routes()))
    application.add_middleware(Guard, let_in=let_in)
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url="http://svarhus.example:8080") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/desk", "/people/astrid", "/index.html"])
async def test_every_address_of_a_page_is_the_console(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status_code == 200
    assert "the console" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_page_of_its_own_is_found_by_its_name(browser: httpx.AsyncClient) -> None:
    assert "call us" in (await browser.get("/call-us")).text


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/ws/nothing", "/assets/main-old.js", "/favicon.ico", f"/{300 * 'a'}", f"/{3000 * 'a/'}"]
)
async def test_what_is_no_page_is_not_found(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 404


@pytest.mark.parametrize("path", ["/../secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt", "/%00"])
async def test_nothing_outside_of_the_folder_is_sent(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(path)
    assert "not for browsers" not in answer.text


async def test_scripts_are_kept_for_ever_and_sent_compressed(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/assets/main-abc.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text == "the script"
    assert "immutable" in answer.headers["cache-control"]
    assert (
        "content-encoding"
        not in (await browser.get("/assets/main-abc.js", headers={"Accept-Encoding": "identity"})).headers
    )


async def test_an_unchanged_page_is_not_sent_again(browser: httpx.AsyncClient) -> None:
    mark = (await browser.get("/")).headers["etag"]
    again = await browser.get("/desk", headers={"If-None-Match": mark})
    assert again.status_code == 304
    assert again.content == b""


async def test_pages_run_no_script_but_our_own(browser: httpx.AsyncClient) -> None:
    headers = (await browser.get("/")).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "wss://svarhus.example:8080" in policy["connect-src"]
    assert "microphone=(self)" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


async def test_a_host_that_is_none_is_not_written_into_the_policy(browser: httpx.AsyncClient) -> None:
    policy = (await browser.get("/", headers={"Host": "x; script-src *"})).headers["content-security-policy"]
    assert "script-src *" not in policy


async def test_over_tls_browsers_are_told_to_stay_with_it(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("https://svarhus.example/")
    assert answer.headers["strict-transport-security"].startswith("max-age=")
