"""Compares how a page looks with how it looked: small and in grey, so that only its layout and weight count."""

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.async_api import Page

BASELINES = Path(__file__).with_name("baselines")
REPORT = Path(__file__).parents[2] / "build/screenshots"
RENEW = "SVARHUS_NEW_PICTURES"
"""Variable of the environment: with `1` what is seen becomes what is expected."""

WIDTH = 360
"""Pixels to which a picture is narrowed."""

ON_SHEET = 240
"""The same where one file holds many views of a page."""
MARGIN = 4

SHADES = 16
VISIBLE = 40
"""Of 255: a difference that can be seen in a narrowed pixel."""

TOLERATED = 0.012
"""Share of narrowed pixels that may differ visibly: fonts are drawn a little otherwise from one machine to another."""

Grey = npt.NDArray[np.uint8]

_STEADY = """
[data-volatile] { visibility: hidden !important; }
*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent !important; }
"""


@dataclass(frozen=True)
class Difference:
    """How two pictures differ."""

    share: float
    """Of pixels that differ visibly."""
    where: Grey


async def assert_looks_as_before(page: Page, name: str, *, tolerated: float = TOLERATED) -> None:
    """What is in the window looks as its baseline. Times and the like carry `data-volatile` and are left out."""
    assert_views_look_as_before({name: await seen(page)}, name, tolerated=tolerated)


async def seen(page: Page, *, width: int = WIDTH, absent: str = "") -> Grey:
    """What is in the window, narrowed. `absent`: a selector of what is taken out, since it is never the same."""
    await page.evaluate("document.fonts.ready.then(() => true)")
    style = _STEADY + (f"{absent} {{ display: none !important; }}" if absent else "")
    return _narrowed(await page.screenshot(animations="disabled", caret="hide", style=style), width)


def assert_views_look_as_before(views: Mapping[str, Grey], name: str, *, tolerated: float = TOLERATED) -> None:
    """Several views of a page, side by side in one baseline. AssertionError names those that look different."""
    sheet, baseline = _side_by_side(list(views.values())), BASELINES / f"{name}.png"
    if not baseline.exists():
        different, told = {"all": 1.0}, "has no picture yet"
    else:
        expected = np.asarray(Image.open(baseline).convert("L"))
        different = {what: share for what, share in _shares(views, expected, sheet) if share > tolerated}
        told = "looks different: " + ", ".join(f"{what} in {share:.1%}" for what, share in different.items())
    if different and os.environ.get(RENEW) == "1":
        _keep(sheet, baseline)
    elif different:
        _keep(sheet, REPORT / baseline.name)
        if baseline.exists():
            _keep(difference(expected, sheet).where, REPORT / f"{name}-difference.png")
        raise AssertionError(
            f"{name} {told} ({tolerated:.1%} is tolerated). Look at {REPORT}/{name}.png and {name}-difference.png; "
            f"when it is right so, run the test again with {RENEW}=1"
        )


def _side_by_side(views: Sequence[Grey]) -> Grey:
    height = max(view.shape[0] for view in views)
    padded = [np.pad(view, ((0, height - view.shape[0]), (0, MARGIN)), constant_values=255) for view in views]
    return np.hstack(padded)


def _shares(views: Mapping[str, Grey], expected: Grey, sheet: Grey) -> Iterator[tuple[str, float]]:
    """How much of each view differs: a change in one must not drown in the others."""
    left = 0
    for what, view in views.items():
        height, width = view.shape
        part = (slice(0, height), slice(left, left + width))
        yield what, difference(expected[part], sheet[part]).share if expected.shape == sheet.shape else 1.0
        left += width + MARGIN


def difference(expected: Grey, seen: Grey) -> Difference:
    """Between two pictures; pictures of other sizes differ everywhere."""
    if expected.shape != seen.shape:
        return Difference(1.0, seen)
    apart = np.abs(expected.astype(int) - seen.astype(int))
    return Difference(float((apart > VISIBLE).mean()), np.clip(255 - apart * 3, 0, 255).astype(np.uint8))


def _narrowed(png: bytes, width: int) -> Grey:
    picture = Image.open(io.BytesIO(png)).convert("L")
    factor = max(1.0, picture.width / width)
    size = (round(picture.width / factor), round(picture.height / factor))
    small = np.asarray(picture.resize(size, Image.Resampling.BOX)).astype(int)
    step = 255 / (SHADES - 1)
    return np.round(np.round(small / step) * step).astype(np.uint8)


def _keep(grey: Grey, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(grey).quantize(SHADES).save(file, optimize=True)
