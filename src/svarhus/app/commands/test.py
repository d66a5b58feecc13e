"""`svarhus test [PYTEST ARGS]`: runs all tests and writes build/features.json."""

import argparse
import os

from svarhus.app.commands.checkout import CHECKOUT, run_module
from svarhus.app.settings import load_settings
from svarhus.app.steps import Steps
from svarhus.engines.asterisk import install_asterisk, install_sipp

REPORT = CHECKOUT / "build" / "features.json"


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
    tools = str(CHECKOUT / "tools")
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, (tools, os.environ.get("PYTHONPATH")))),
        "SVARHUS_FEATURE_REPORT": str(REPORT),
    }
    outcome = run_module("pytest", "-p", "feature_report", *arguments.pytest, environment=environment)
    print(f"features: {REPORT.relative_to(CHECKOUT)}")
    return outcome
