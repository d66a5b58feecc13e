"""axe: no page may break what WCAG 2.1 asks for at level AA."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "console/node_modules/axe-core/axe.min.js"

_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    # What is right need not be told of: on a full page that is a megabyte.
    "resultTypes": ["violations"],
}
_RUN = "async ([within, options]) => (await axe.run(within ?? document, options)).violations"
_HTML_SHOWN = 160


async def assert_accessible(page: Page, within: str | None = None) -> None:
    """AssertionError names each rule that is broken, where, and what to do. `within`: a selector."""
    if not await page.evaluate("'axe' in window"):
        # Evaluated from outside, it does not count as the page's own script, which the policy would refuse.
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    broken = [_told(violation) for violation in await page.evaluate(_RUN, [within, _OPTIONS])]
    assert not broken, f"{len(broken)} rules are broken on {page.url}\n" + "\n".join(broken)


def _told(violation: dict[str, Any]) -> str:
    places = "\n".join(
        f"    {' '.join(map(str, node['target']))}\n      {node['html'][:_HTML_SHOWN]}\n      {_why(node)}"
        for node in violation["nodes"]
    )
    return f"- {violation['id']} ({violation['impact']}): {violation['help']}\n{places}"


def _why(node: dict[str, Any]) -> str:
    return str(node.get("failureSummary", "")).replace("\n", " ")
