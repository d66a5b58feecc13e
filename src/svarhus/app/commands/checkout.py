"""For the commands that work on the checkout: where it is, and how to run a tool of the environment in it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from svarhus.app.console.build import ConsoleSources, packages
from svarhus.app.settings import load_settings

CHECKOUT = Path(__file__).resolve().parents[4]


def run_module(module: str, *words: str, environment: Mapping[str, str] | None = None) -> int:
    """Run a module of the environment in the checkout; its exit code."""
    return _run((sys.executable, "-m", module, *words), environment)


def run_tool(name: str, *words: str) -> int:
    """Run a program of the environment in the checkout; its exit code."""
    return _run((str(Path(sys.executable).parent / name), *words), None)


def run_in_console(program: str, *words: str) -> int:
    """Run a program of the console's packages, named by its script below `node_modules`; its exit code."""
    sources = ConsoleSources(CHECKOUT, load_settings(CHECKOUT / "build").cache)
    node = packages(sources, lambda progress: None)
    command = node.command(sources.folder / "node_modules" / program, *words)
    return _run(command, node.environment(sources.cache), sources.folder)


def _run(words: Sequence[str], environment: Mapping[str, str] | None, folder: Path = CHECKOUT) -> int:
    return subprocess.run(words, check=False, cwd=folder, env={**os.environ, **(environment or {})}).returncode
