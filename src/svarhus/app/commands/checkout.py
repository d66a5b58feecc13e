"""For the commands that work on the checkout: where it is, and how to run a tool of the environment in it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[4]


def run_module(module: str, *words: str, environment: Mapping[str, str] | None = None) -> int:
    """Run a module of the environment in the checkout; its exit code."""
    return _run((sys.executable, "-m", module, *words), environment)


def run_tool(name: str, *words: str) -> int:
    """Run a program of the environment in the checkout; its exit code."""
    return _run((str(Path(sys.executable).parent / name), *words), None)


def _run(words: Sequence[str], environment: Mapping[str, str] | None) -> int:
    return subprocess.run(words, check=False, cwd=CHECKOUT, env={**os.environ, **(environment or {})}).returncode
