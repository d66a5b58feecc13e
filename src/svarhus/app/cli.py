"""The command line: `./svarhus COMMAND`. Each command is a module of `svarhus.app.commands`."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from svarhus.app.steps import explain
from svarhus.kit.errors import SvarhusError


@dataclass(frozen=True)
class Entry:
    """A command as it stands in the overview."""

    module: str
    summary: str
    hands_on: bool = False
    """Its words are another program's; they are not looked at."""


COMMANDS: Mapping[str, Entry] = {
    "up": Entry("up", "set up what is missing, start everything, stop it on Ctrl-C"),
    "try": Entry("tryout", "a test caller and a test agent walk the demo flow and report"),
    "doctor": Entry("doctor", "say what is wrong and what to do"),
    "jobs": Entry("jobs", "what the worker has given up: show it, have it done again, forget it"),
    "apply": Entry("apply", "create or change the organisation from a file"),
    "export": Entry("export", "write the organisation as a file"),
    "rehearse": Entry("rehearse", "what a caller would meet, on virtual time: nothing is called or changed"),
    "test": Entry("test", "run all tests; further words are pytest's", hands_on=True),
    "check": Entry("check", "format, lint, types, architecture and the project's own rules"),
    "bench": Entry("bench", "run a benchmark"),
}


class Command(Protocol):
    """What the module of a command offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int:
        """Carry it out and give the exit code. SvarhusError when it cannot be."""
        ...


def main(words: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return 0
    if words[0] not in COMMANDS:
        print(
            f"svarhus: there is no command {words[0]!r}.\n\n{_overview()}",
            file=sys.stderr,
        )
        return 2
    entry = COMMANDS[words[0]]
    # Only the module of the command that was asked for is loaded: a quick answer matters on a command line.
    command = cast(Command, import_module(f"svarhus.app.commands.{entry.module}"))
    parser = argparse.ArgumentParser(prog=f"svarhus {words[0]}", description=f"{entry.summary.capitalize()}.")
    command.add_arguments(parser)
    try:
        return command.run(parser.parse_args(["--", *words[1:]] if entry.hands_on else words[1:]))
    except SvarhusError as error:
        explain(error)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read it has seen enough. What is still to be written as Python ends must not complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _overview() -> str:
    rows = "\n".join(f"  {name:<8} {entry.summary}" for name, entry in COMMANDS.items())
    return f"usage: ./svarhus COMMAND [ARGUMENTS]\n\n{rows}\n\n./svarhus COMMAND --help tells more."


if __name__ == "__main__":
    sys.exit(main())
