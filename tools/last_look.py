"""Whether the console is still the one whose pages were looked at in every view, as far as this machine knows."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from told import Told

from svarhus.app.commands.checkout import CHECKOUT
from svarhus.app.console.build import ConsoleSources

FILE = "looked-at.sha256"
LOOKING = "tests/console/test_every_page.py"

_SHOWN = ("tests/console/baselines/*.png", "tests/console/exhibition.py", "tests/console/pictures.py", LOOKING)


class LastLook:
    """Kept beside the downloads; where it does not survive, all views are looked at each time."""

    def __init__(self, cache: Path) -> None:
        self._file = cache / FILE
        self._now = _hash(cache)

    @property
    def is_of_this_console(self) -> bool:
        return self._file.exists() and self._now == self._file.read_text(encoding="ascii").strip()

    def was(self, tests: Iterable[Told]) -> None:
        """All views have been looked at: remember it when they were as they should be."""
        of_pages = [told.outcome for told in tests if told.test.startswith(LOOKING)]
        if of_pages and all(outcome == "passed" for outcome in of_pages):
            self._file.write_text(f"{self._now}\n", encoding="ascii")


def _hash(cache: Path) -> str:
    total = sha256(ConsoleSources(CHECKOUT, cache).hash().encode())
    for pattern in _SHOWN:
        for path in sorted(CHECKOUT.glob(pattern)):
            total.update(f"{path.name}\n".encode() + sha256(path.read_bytes()).digest())
    return total.hexdigest()
