"""For the commands that work on the checkout: where it is, and how to run a tool of the environment in it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Invocation:
    """How a program is run."""

    words: Sequence[str]
    environment: Mapping[str, str]
    """Added to our own."""
    folder: Path


def in_console(program: str, *words: str) -> Invocation:
    """Of a program of the console's packages, named by its script below `node_modules`; they are fetched if missing."""
    sources = ConsoleSources(CHECKOUT, load_settings(CHECKOUT / "build").cache)
    node = packages(sources, lambda progress: None)
    command = node.command(sources.folder / "node_modules" / program, *words)
    return Invocation(command, node.environment(sources.cache), sources.folder)


def run_in_console(program: str, *words: str) -> int:
    """Run such a program; its exit code."""
    invocation = in_console(program, *words)
    return _run(invocation.words, invocation.environment, invocation.folder)


def _run(words: Sequence[str], environment: Mapping[str, str] | None, folder: Path = CHECKOUT) -> int:
    return subprocess.run(words, check=False, cwd=folder, env={**os.environ, **(environment or {})}).returncode
