"""`svarhus check`: format, lint, types, architecture and the project's own rules, of the server and the console."""

import argparse
import time
from collections.abc import Callable, Mapping

from svarhus.app.commands.checkout import CHECKOUT, run_in_console, run_module, run_tool

CHECKS: Mapping[str, Callable[[], int]] = {
    "format": lambda: run_tool("ruff", "format", "--check", "--quiet", "."),
    "lint": lambda: run_tool("ruff", "check", "--quiet", "."),
    "types": lambda: run_module("mypy", *_with_sources("src", "tests", "tools", "bench")),
    "architecture": lambda: run_tool("lint-imports", "--no-logo"),
    "house rules": lambda: run_module("tools.house_rules"),
    "console format": lambda: run_in_console("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."),
    "console lint": lambda: run_in_console("eslint/bin/eslint.js", "--max-warnings", "0", "."),
    "console types": lambda: run_in_console("typescript/bin/tsc", "--noEmit"),
    "console client": lambda: run_module("tools.openapi_client", "--check"),
    "console texts": lambda: run_module("tools.console_texts"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("only", nargs="*", metavar="CHECK", help=f"some of: {', '.join(CHECKS)} (all)")


def run(arguments: argparse.Namespace) -> int:
    unknown = set(arguments.only) - CHECKS.keys()
    if unknown:
        print(f"svarhus: there is no check {', '.join(sorted(unknown))}; there are: {', '.join(CHECKS)}")
        return 2
    failed = [name for name in arguments.only or CHECKS if not _passes(name)]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    begun = time.monotonic()
    print(f"--- {name}", flush=True)
    passed = CHECKS[name]() == 0
    print(f"    {'passed' if passed else 'FAILED'} in {time.monotonic() - begun:.1f} s", flush=True)
    return passed


def _with_sources(*folders: str) -> list[str]:
    return [name for name in folders if any((CHECKOUT / name).rglob("*.py"))]
