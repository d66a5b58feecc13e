"""What a command shows while it works: one line for each step, with its progress and time."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from svarhus.kit.errors import SvarhusError


class Step:
    """A step that is being done."""

    def __init__(self, tell: Callable[[str], None], name: str) -> None:
        self._tell = tell
        self.result = name

    def progress(self, words: str) -> None:
        """How far it is, in a few words. May be called from another thread."""
        self._tell(words)


class Steps:
    """Shows steps on a terminal, where progress overwrites itself, or in a log, where only results are written."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._live = self._out.isatty()

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Do a step: its name while it goes on, its `result` and time when it is done."""
        begun = time.monotonic()
        self._passing(f"  ...   {name}")
        step = Step(lambda words: self._passing(f"  ...   {name}: {words}"), name)
        try:
            yield step
        except SvarhusError:
            self.line(f"  fault {name}")
            raise
        self.line(f"  done  {step.result:<58}{time.monotonic() - begun:6.1f} s")

    def line(self, text: str = "") -> None:
        """A whole line."""
        self._write(f"\r\x1b[K{text}\n" if self._live else f"{text}\n")

    def _passing(self, text: str) -> None:
        if self._live:
            self._write(f"\r\x1b[K{text[:110]}")

    def _write(self, text: str) -> None:
        # Whoever reads may have gone (a closed terminal or pipe); calls go on without being watched.
        with suppress(OSError):
            self._out.write(text)
            self._out.flush()


def explain(error: SvarhusError, out: TextIO | None = None) -> None:
    """What failed, where, and what to do."""
    out = out or sys.stderr
    print(f"svarhus: {error.detail}", file=out)
    for fault in error.faults:
        where = f"line {fault.line}, {fault.path}" if fault.line else fault.path
        print(
            f"  {where}: {fault.message}{'. ' + fault.remedy if fault.remedy else ''}",
            file=out,
        )
    if error.remedy:
        print(f"  What to do: {error.remedy}", file=out)
