"""Compares how a page looks with how it looked: small and in grey, so that only its layout and weight count."""

import io
import os
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
    await page.evaluate("document.fonts.ready.then(() => true)")
    seen = _narrowed(await page.screenshot(animations="disabled", caret="hide", style=_STEADY))
    baseline = BASELINES / f"{name}.png"
    if os.environ.get(RENEW) == "1":
        _keep(seen, baseline)
        return
    if not baseline.exists():
        _keep(seen, REPORT / f"{name}.png")
        raise AssertionError(f"there is no {baseline.name} yet: look at {REPORT / baseline.name}, then set {RENEW}=1")
    expected = np.asarray(Image.open(baseline).convert("L"))
    found = difference(expected, seen)
    if found.share > tolerated:
        _keep(seen, REPORT / f"{name}.png")
        _keep(found.where, REPORT / f"{name}-difference.png")
        raise AssertionError(
            f"{name} looks different in {found.share:.1%} of its pixels ({tolerated:.1%} are tolerated): see "
            f"{REPORT}/{name}.png and {name}-difference.png; when it is right so, set {RENEW}=1"
        )


def difference(expected: Grey, seen: Grey) -> Difference:
    """Between two pictures; pictures of other sizes differ everywhere."""
    if expected.shape != seen.shape:
        return Difference(1.0, seen)
    apart = np.abs(expected.astype(int) - seen.astype(int))
    return Difference(float((apart > VISIBLE).mean()), np.clip(255 - apart * 3, 0, 255).astype(np.uint8))


def _narrowed(png: bytes) -> Grey:
    picture = Image.open(io.BytesIO(png)).convert("L")
    factor = max(1.0, picture.width / WIDTH)
    size = (round(picture.width / factor), round(picture.height / factor))
    small = np.asarray(picture.resize(size, Image.Resampling.BOX)).astype(int)
    step = 255 / (SHADES - 1)
    return np.round(np.round(small / step) * step).astype(np.uint8)


def _keep(grey: Grey, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(grey).quantize(SHADES).save(file, optimize=True)
