"""`svarhus bench NAME`: runs a benchmark and prints a row for each figure."""

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from svarhus.app.commands.checkout import CHECKOUT
from svarhus.app.figures import Figure, table
from svarhus.kit.errors import Invalid, NotFound


class Benchmark(Protocol):
    """What a file in bench/ offers."""

    def run(self, quick: bool) -> list[Figure]: ...


class Soaking(Protocol):
    """What a file in bench/ offers that can be gone on with for long."""

    def soak(self, minutes: float, rate: float) -> list[Figure]: ...


class NoSoak(Invalid):
    id = "no-soak"
    title = "This benchmark has no soak"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(_names())}")
    parser.add_argument("--quick", action="store_true", help="end within 60 s")
    parser.add_argument(
        "--soak", type=float, metavar="MINUTES", help="mixed traffic by chance, and then what is left of it"
    )
    parser.add_argument("--rate", type=float, default=5.0, metavar="CALLS", help="callers a second of a soak")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows into a file too")


def run(arguments: argparse.Namespace) -> int:
    benchmark = _load(arguments.name)
    if arguments.soak is None:
        figures = benchmark.run(quick=arguments.quick)
    else:
        figures = _soaking(benchmark, arguments.name).soak(arguments.soak, arguments.rate)
    print(table(figures))
    if arguments.json:
        arguments.json.write_text(json.dumps([figure.row() for figure in figures], indent=1) + "\n", encoding="utf-8")
    return 0 if all(figure.met is not False for figure in figures) else 1


def _load(name: str) -> Benchmark:
    path = CHECKOUT / "bench" / f"{name.replace('-', '_')}.py"
    if not path.is_file():
        raise NotFound(f"There is no benchmark {name}.", f"There are: {', '.join(_names())}.")
    sys.path.insert(0, str(CHECKOUT))  # a benchmark may be spread over modules below bench/
    return cast(Benchmark, import_module(f"bench.{path.stem}"))


def _soaking(benchmark: Benchmark, name: str) -> Soaking:
    if not hasattr(benchmark, "soak"):
        raise NoSoak(f"The benchmark {name} has no soak.", "Use `queue`.")
    return cast(Soaking, benchmark)


def _names() -> list[str]:
    return sorted(path.stem.replace("_", "-") for path in (CHECKOUT / "bench").glob("[a-z]*.py"))
