"""Which tests run beside which, and how long they may take.

Every test file belongs to one lane. The processes of a lane take its files one after the other, whoever is free,
and each has engines of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Lane:
    """Tests that run beside those of the other lanes."""

    name: str
    takes: tuple[str, ...]
    """What the paths of its files begin with."""
    processes: int
    minutes: float
    """Longer, and the run fails: somebody has to make tests cheaper before more are added. On two cores that have
    nothing else to do it takes about two thirds of this."""
    yields: int = 0
    """How far it stands back (`nice`) where a processor is wanted by several."""
    after: str = ""
    """The lane that is over before this one begins: who listens to a dozen telephones at once hears every packet that
    is late. What computes only, and stands back, goes beside it, so that no processor waits."""
    first: tuple[str, ...] = ()
    """Files with which to begin, the longest first, so that no process is left with a long one in the end."""


LANES: Sequence[Lane] = (
    Lane(
        "scenes",
        takes=("tests/e2e/",),
        processes=1,
        minutes=3.0,
    ),
    Lane(
        "browser",
        takes=("tests/console/",),
        processes=2,
        minutes=13.0,
        yields=8,
        after="scenes",
        first=("tests/console/test_every_page.py", "tests/console/test_desk.py", "tests/console/test_softphone.py"),
    ),
    Lane(
        "telephones",
        takes=(
            "tests/contract/",
            "tests/integration/house/",
            "tests/integration/survival/",
            "tests/integration/test_",
            "tests/unit/phones/",
        ),
        processes=2,
        minutes=12.0,
        after="scenes",
        first=(
            "tests/integration/survival/",
            "tests/integration/house/test_up.py",
            "tests/integration/house/test_tryout.py",
            "tests/contract/test_several_legs.py",
        ),
    ),
    Lane("the rest", takes=("tests/",), processes=2, minutes=14.0, yields=12),
)

TOGETHER = ("tests/e2e/", "tests/integration/survival/")
"""Folders whose tests share an installation: one process takes all of them."""


def shared_out(files: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The files of each lane, in the order in which they are begun. `files`: paths in the checkout."""
    found: dict[str, list[str]] = {lane.name: [] for lane in LANES}
    for file in files:
        found[next(lane for lane in LANES if file.startswith(lane.takes)).name].append(file)
    return {lane.name: tuple(sorted(found[lane.name], key=lambda file: (_place(lane, file), file))) for lane in LANES}


def _place(lane: Lane, file: str) -> int:
    places = (place for place, beginning in enumerate(lane.first) if file.startswith(beginning))
    return next(places, len(lane.first))


def unit(file: str) -> str:
    """What a process takes at once: a file, or a folder that stays together."""
    return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def all_files(checkout: Path) -> list[str]:
    """All there are."""
    return sorted(str(path.relative_to(checkout)) for path in (checkout / "tests").rglob("test_*.py"))
