"""Compares how a page looks with how it looked: small and in grey, so that only its layout and weight count."""

import io
import itertools
import os
import time
from collections.abc import Mapping, Sequence
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
ALL_VIEWS = "SVARHUS_ALL_VIEWS"
"""Variable of the environment: with `1` pages are looked at in every view, not only in two."""

WIDTH = 360
"""Pixels to which a picture is narrowed."""

ON_SHEET = 240
"""The same where one file holds many views of a page."""
MARGIN = 4

SHADES = 16
VISIBLE = 40
"""Of 255: a difference that can be seen in a narrowed pixel."""

LONGEST = 5.0
"""Seconds until a page looks as it should."""

TOLERATED = 0.008
"""Share of narrowed pixels that may differ visibly. Letters that stand a pixel aside do not count, so that it does not
depend on how a machine draws its fonts."""

Grey = npt.NDArray[np.uint8]
Size = tuple[int, int]
"""Width and height."""

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


def all_views() -> bool:
    """Whether every view is looked at: when that was asked for, and when pictures are renewed."""
    return "1" in (os.environ.get(ALL_VIEWS), os.environ.get(RENEW))


async def assert_looks_as_before(page: Page, name: str, *, tolerated: float = TOLERATED) -> None:
    """What is in the window looks as its baseline. Times and the like carry `data-volatile` and are left out."""
    first = await seen(page)
    places = {name: _size(first)}
    view = await seen(page, like=as_before(name, places).get(name), tolerated=tolerated)
    assert_views_look_as_before({name: view}, name, places, tolerated=tolerated)


async def seen(
    page: Page, *, width: int = WIDTH, absent: str = "", like: Grey | None = None, tolerated: float = TOLERATED
) -> Grey:
    """What is in the window, narrowed.

    `absent`: a selector of what is taken out, since it is never the same. `like`: what is looked for; what comes later
    than the rest of its page is waited for.
    """
    await page.evaluate("document.fonts.ready.then(() => true)")
    style = _STEADY + (f"{absent} {{ display: none !important; }}" if absent else "")
    until = time.monotonic() + LONGEST
    while True:
        view = _narrowed(await page.screenshot(animations="disabled", caret="hide", style=style), width)
        if like is None or difference(like, view).share <= tolerated or time.monotonic() > until:
            return view


def as_before(name: str, places: Mapping[str, Size]) -> Mapping[str, Grey]:
    """The views of a baseline; none while pictures are renewed, and where there is none."""
    return {} if os.environ.get(RENEW) == "1" else _views_of(BASELINES / f"{name}.png", places)


def assert_views_look_as_before(
    views: Mapping[str, Grey], name: str, places: Mapping[str, Size], *, tolerated: float = TOLERATED
) -> None:
    """Views of a page, which stand side by side in one baseline. AssertionError names those that look different.

    `places`: all views of the baseline in their order, of which `views` may be some.
    """
    baseline = BASELINES / f"{name}.png"
    if os.environ.get(RENEW) == "1":
        assert views.keys() == places.keys(), "pictures are renewed with all views"
        _renew(views, baseline, places, tolerated)
        return
    expected = _views_of(baseline, places)
    told = {what: _told(expected.get(what), view, tolerated) for what, view in views.items()}
    different = {what: words for what, words in told.items() if words}
    if not different:
        return
    for what in different:
        _keep(views[what], REPORT / f"{name}, {what}.png")
        if what in expected:
            _keep(difference(expected[what], views[what]).where, REPORT / f"{name}, {what}, difference.png")
    raise AssertionError(
        f"{name} looks different: {', '.join(f'{what} {words}' for what, words in different.items())} "
        f"({tolerated:.1%} is tolerated). Look at {REPORT}/{name}*.png. When it is right so:\n"
        f"    ./svarhus test --new-pictures            all pages; or some: --new-pictures -k NAME\n"
        "and commit what changed in tests/console/baselines."
    )


def _told(expected: Grey | None, view: Grey, tolerated: float) -> str:
    """What is wrong with a view; nothing when it looks as before."""
    if expected is None:
        return "has no picture yet"
    share = difference(expected, view).share
    return f"in {share:.1%}" if share > tolerated else ""


def _renew(views: Mapping[str, Grey], baseline: Path, places: Mapping[str, Size], tolerated: float) -> None:
    """What looks as before keeps its picture, so that only what changed is in the commit."""
    expected = _views_of(baseline, places)
    if any(_told(expected.get(what), view, tolerated) for what, view in views.items()):
        _keep(_side_by_side([views[what] for what in places]), baseline)


def _views_of(baseline: Path, places: Mapping[str, Size]) -> Mapping[str, Grey]:
    """A baseline cut into its views; nothing when there is none, or it has views of other sizes."""
    height = max(height for _, height in places.values())
    width = sum(width + MARGIN for width, _ in places.values())
    if not baseline.exists():
        return {}
    sheet = np.asarray(Image.open(baseline).convert("L"))
    if sheet.shape != (height, width):
        return {}
    lefts = itertools.accumulate((width + MARGIN for width, _ in places.values()), initial=0)
    return {
        what: sheet[:height, left : left + width]
        for (what, (width, height)), left in zip(places.items(), lefts, strict=False)
    }


def _side_by_side(views: Sequence[Grey]) -> Grey:
    height = max(view.shape[0] for view in views)
    padded = [np.pad(view, ((0, height - view.shape[0]), (0, MARGIN)), constant_values=255) for view in views]
    return np.hstack(padded)


def _size(view: Grey) -> Size:
    return view.shape[1], view.shape[0]


def difference(expected: Grey, seen: Grey) -> Difference:
    """Between two pictures; pictures of other sizes differ everywhere."""
    if expected.shape != seen.shape:
        return Difference(1.0, seen)
    apart = np.maximum(_apart(expected, seen), _apart(seen, expected))
    return Difference(float((apart > VISIBLE).mean()), np.clip(255 - apart * 3, 0, 255).astype(np.uint8))


def _apart(one: Grey, other: Grey) -> npt.NDArray[np.int_]:
    """How far each pixel of one is from the nearest shade around the same place of the other."""
    height, width = one.shape
    around = np.pad(other.astype(int), 1, mode="edge")
    shifted = [around[down : down + height, right : right + width] for down in range(3) for right in range(3)]
    apart = np.abs(np.stack(shifted) - one.astype(int))
    return np.asarray(apart.min(axis=0))


def narrowed_size(width: int, height: int, narrowed: int) -> Size:
    """How large a window is when it has been narrowed."""
    factor = max(1.0, width / narrowed)
    return round(width / factor), round(height / factor)


def _narrowed(png: bytes, width: int) -> Grey:
    picture = Image.open(io.BytesIO(png)).convert("L")
    size = narrowed_size(picture.width, picture.height, width)
    small = np.asarray(picture.resize(size, Image.Resampling.BOX)).astype(int)
    step = 255 / (SHADES - 1)
    return np.round(np.round(small / step) * step).astype(np.uint8)


def _keep(grey: Grey, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(grey).quantize(SHADES).save(file, optimize=True)
