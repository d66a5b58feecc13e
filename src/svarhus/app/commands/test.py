"""`svarhus test [PYTEST ARGS]`: runs all tests and writes build/features.json.

When no tests are named, all run, in lanes beside each other (`tools/lanes.py`), and the console's unit tests with them.
Words of our own come first:

    svarhus test --pictures       looks at the console's pages in every view
    svarhus test --checks         looks meanwhile at all that `svarhus check` looks at
    svarhus test --fetch          only fetches what tests need
    svarhus test --deep           tries ten times as many examples where tests make up their own
    svarhus test --new-pictures   lets what the pages look like now be what is expected, where it differs visibly
"""

import argparse
import os
from itertools import takewhile
from pathlib import Path

from svarhus.app.commands.checkout import CHECKOUT, run_module
from svarhus.app.console.build import ConsoleSources, build
from svarhus.app.settings import load_settings
from svarhus.app.steps import Step, Steps
from svarhus.engines.asterisk import install_asterisk, install_sipp
from svarhus.engines.chromium import install_chromium
from svarhus.engines.errors import CannotInstall

OWN = {
    "--pictures": "SVARHUS_ALL_VIEWS",
    "--checks": "SVARHUS_CHECKS",
    "--new-pictures": "SVARHUS_NEW_PICTURES",
    "--deep": "SVARHUS_DEEP",
}
"""Our own words, and the variable of the environment by which tests know of them."""

PICTURES = ("tests/console/test_every_page.py", "tests/console/test_shell.py")
"""Tests that compare pictures."""

FETCH = "--fetch"
"""Our word for: only get ready."""

REPORT = CHECKOUT / "build" / "features.json"


def _chromium(cache: Path, step: Step) -> str:
    try:
        return f"{install_chromium(cache, step.progress).version()} is there"
    except CannotInstall as error:
        return f"the console's tests are left out: {error.detail} {error.remedy}"


def build_console(cache: Path, steps: Steps) -> None:
    with steps.step("build the console") as step:
        build(ConsoleSources(CHECKOUT, cache), step.progress)
        step.result = "the console is built"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pytest", nargs="*", metavar="PYTEST ARGS", help="handed on to pytest")


def run(arguments: argparse.Namespace) -> int:
    cache = load_settings(CHECKOUT / "build").cache
    steps = Steps()
    with steps.step("unpack Asterisk") as step:
        step.result = f"{install_asterisk(cache, step.progress).version()} is unpacked"
    with steps.step("unpack sipp") as step:
        install_sipp(cache, step.progress)
        step.result = "sipp is unpacked"
    with steps.step("find Chromium") as step:
        step.result = _chromium(cache, step)
    if arguments.pytest == [FETCH]:
        build_console(cache, steps)
        return 0
    own = [*takewhile(OWN.__contains__, arguments.pytest)]
    words = arguments.pytest[len(own) :]
    if "--new-pictures" in own:
        words = [*PICTURES, *words]
    tools = str(CHECKOUT / "tools")
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, (tools, os.environ.get("PYTHONPATH")))),
        **dict.fromkeys((OWN[word] for word in own), "1"),
    }
    if not words:
        return run_module("side_by_side", environment=environment)
    outcome = run_module(
        "pytest", "-p", "feature_report", *words, environment={**environment, "SVARHUS_FEATURE_REPORT": str(REPORT)}
    )
    print(f"features: {REPORT.relative_to(CHECKOUT)}")
    return outcome
