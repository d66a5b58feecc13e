"""`svarhus check`: format, lint, types, architecture and the project's own rules, of the server and the console.

Two checks run beside each other, each in a process of its own; what one says is shown when it has ended.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from svarhus.app.commands.checkout import CHECKOUT, in_console, run_in_console, run_module, run_tool

CHECKS: Mapping[str, Callable[[], int]] = {
    "types": lambda: run_module("mypy", *_with_sources("src", "tests", "tools", "bench")),
    "console lint": lambda: run_in_console("eslint/bin/eslint.js", "--max-warnings", "0", "."),
    "console types": lambda: run_in_console("typescript/bin/tsc", "--noEmit"),
    "console format": lambda: run_in_console("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."),
    "console client": lambda: run_module("tools.openapi_client", "--check"),
    "architecture": lambda: run_tool("lint-imports", "--no-logo"),
    "house rules": lambda: run_module("tools.house_rules"),
    "console texts": lambda: run_module("tools.console_texts"),
    "format": lambda: run_tool("ruff", "format", "--check", "--quiet", "."),
    "lint": lambda: run_tool("ruff", "check", "--quiet", "."),
}
"""The longest first, so that two that run beside each other end together."""

AT_ONCE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("only", nargs="*", metavar="CHECK", help=f"some of: {', '.join(CHECKS)} (all)")


def run(arguments: argparse.Namespace) -> int:
    unknown = set(arguments.only) - CHECKS.keys()
    if unknown:
        print(f"svarhus: there is no check {', '.join(sorted(unknown))}; there are: {', '.join(CHECKS)}")
        return 2
    wanted = arguments.only or [*CHECKS]
    failed = [name for name in wanted if not _passes(name)] if len(wanted) == 1 else _failing(wanted)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def _failing(wanted: Sequence[str]) -> list[str]:
    if any(name.startswith("console") for name in wanted):
        in_console("npm")  # fetches the console's packages once, before several want them
    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {pool.submit(_passes_apart, name): name for name in wanted}
        return [running[done] for done in as_completed(running) if not done.result()]


def _passes_apart(name: str) -> bool:
    """As `_passes`, in a process of its own."""
    words = (sys.executable, "-m", "svarhus.app.cli", "check", name)
    done = subprocess.run(words, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = done.stdout.decode(errors="replace")
    print(text.removesuffix("all checks passed\n").removesuffix(f"failed: {name}\n"), end="", flush=True)
    return done.returncode == 0


def _passes(name: str) -> bool:
    begun = time.monotonic()
    print(f"--- {name}", flush=True)
    passed = CHECKS[name]() == 0
    print(f"    {'passed' if passed else 'FAILED'} in {time.monotonic() - begun:.1f} s", flush=True)
    return passed


def _with_sources(*folders: str) -> list[str]:
    return [name for name in folders if any((CHECKOUT / name).rglob("*.py"))]
