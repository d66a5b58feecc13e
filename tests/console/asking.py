"""The REST API as who is signed in on a page: for what a test needs besides the page."""

from playwright.async_api import Page


def address(page: Page, path: str) -> str:
    """The whole address of a path of the server that the page is from."""
    return "/".join(page.url.split("/")[:3]) + path


async def ask(page: Page, path: str, method: str = "GET", sent: object = None) -> dict[str, object]:
    """What the server answers, which must be an object."""
    answer = await page.request.fetch(address(page, path), method=method, data=sent, headers={"X-Svarhus": "1"})
    assert answer.ok, await answer.text()
    found = await answer.json()
    assert isinstance(found, dict)
    return found
