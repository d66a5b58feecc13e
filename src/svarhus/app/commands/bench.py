"""`svarhus bench NAME`: runs a benchmark and prints a row for each figure."""

import argparse
import importlib.util
import json
from pathlib import Path
from typing import Protocol, cast

from svarhus.app.commands.checkout import CHECKOUT
from svarhus.app.figures import Figure, table
from svarhus.kit.errors import NotFound


class Benchmark(Protocol):
    """What a file in bench/ offers."""

    def run(self, quick: bool) -> list[Figure]: ...


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(_names())}")
    parser.add_argument("--quick", action="store_true", help="end within 60 s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows into a file too")


def run(arguments: argparse.Namespace) -> int:
    figures = _load(arguments.name).run(quick=arguments.quick)
    print(table(figures))
    if arguments.json:
        arguments.json.write_text(json.dumps([figure.row() for figure in figures], indent=1) + "\n", encoding="utf-8")
    return 0 if all(figure.met is not False for figure in figures) else 1


def _load(name: str) -> Benchmark:
    path = CHECKOUT / "bench" / f"{name.replace('-', '_')}.py"
    if not path.is_file():
        raise NotFound(f"There is no benchmark {name}.", f"There are: {', '.join(_names())}.")
    description = importlib.util.spec_from_file_location(f"bench.{path.stem}", path)
    assert description is not None and description.loader is not None, "a path to a file has a loader"
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    return cast(Benchmark, module)


def _names() -> list[str]:
    return sorted(path.stem.replace("_", "-") for path in (CHECKOUT / "bench").glob("[a-z]*.py"))
