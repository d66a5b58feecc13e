"""Builds the console now, so that a start has nothing to build: `python -m svarhus.app.console`."""

import sys
from pathlib import Path

from svarhus.app.console.build import ConsoleSources, build
from svarhus.app.settings import load_settings
from svarhus.app.steps import Steps, explain
from svarhus.kit.errors import SvarhusError

CHECKOUT = Path(__file__).resolve().parents[4]


def main() -> int:
    sources = ConsoleSources(CHECKOUT, load_settings(CHECKOUT / "build").cache)
    try:
        with Steps().step("build the console") as step:
            build(sources, step.progress)
            step.result = "the console is built"
    except SvarhusError as error:
        explain(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
