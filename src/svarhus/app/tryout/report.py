"""What is shown: a line for each step, what was heard, and the verdict."""

import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager

from svarhus.app.steps import Steps
from svarhus.kit.errors import SvarhusError
from svarhus.phones.phone import PhoneError

WIDTH = 92


class StepFailed(Exception):
    """A step went wrong and is reported; what depends on it is not tried."""


class Line:
    """A step that is being taken."""

    def __init__(self, words: str) -> None:
        self.words = words


class Report:
    """Counts what went right, and remembers what to do about what did not."""

    def __init__(self, out: Steps) -> None:
        self._out = out
        self._begun = time.monotonic()
        self._right = 0
        self._wrong: list[str] = []
        self._left_out = 0

    @property
    def all_right(self) -> bool:
        return not self._wrong and not self._left_out

    def title(self, words: str) -> None:
        self._out.line()
        self._out.line(words)

    def note(self, words: str) -> None:
        for line in _wrapped(words, WIDTH):
            self._out.line(f"                {line}")

    @contextmanager
    def step(self, words: str, remedy: str = "") -> Iterator[Line]:
        """Take a step. Whatever goes wrong in it is shown with the remedy, and raises StepFailed."""
        begun, line = time.monotonic(), Line(words)
        try:
            yield line
        except (PhoneError, SvarhusError, TimeoutError, OSError) as error:
            self._show("fault", begun, words)
            self._explain(error, remedy)
            raise StepFailed(words) from error
        self._right += 1
        self._show("ok", begun, line.words)

    def leave_out(self, words: str) -> None:
        """Say what was not tried since something before it went wrong."""
        self._left_out += 1
        self._out.line(f"  {'-':<6}          {words}")

    def verdict(self) -> bool:
        """The last line. Whether all was right."""
        seconds = time.monotonic() - self._begun
        self._out.line()
        if self.all_right:
            self._out.line(f"All {self._right} steps that were taken are right, in {seconds:.0f} s.")
            return True
        self._out.line(f"{len(self._wrong)} of {self._right + len(self._wrong)} steps went wrong, in {seconds:.0f} s.")
        for remedy in dict.fromkeys(self._wrong):
            for index, text in enumerate(_wrapped(remedy, WIDTH - 4)):
                self._out.line(f"{'  What to do: ' if not index else '              '}{text}")
        return False

    def _show(self, verdict: str, begun: float, words: str) -> None:
        first, *more = _wrapped(words, WIDTH) or [""]
        self._out.line(f"  {verdict:<6}{time.monotonic() - begun:6.1f} s  {first}")
        for line in more:
            self.note(line)

    def _explain(self, error: BaseException, remedy: str) -> None:
        told, _, events = str(error).partition("\n")
        self.note(told or type(error).__name__)
        for event in events.splitlines()[-6:]:
            self._out.line(f"                  {event.strip()[:WIDTH]}")
        own = error.remedy if isinstance(error, SvarhusError) else ""
        self._wrong.append(own or remedy or "./svarhus doctor looks closer, and the logs are in the data folder.")


def _wrapped(text: str, width: int) -> list[str]:
    """Lines, in which paths and commands stay whole, to be copied."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
