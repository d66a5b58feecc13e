"""`svarhus apply FILE`: creates or changes an organisation from a file."""

import argparse
import asyncio
import sys
from pathlib import Path

from svarhus.app.commands.flags import add_data
from svarhus.app.organisations import organisations
from svarhus.app.storage import opened
from svarhus.kit.clock import SystemClock
from svarhus.kit.errors import NotFound


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="YAML; - for standard input")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    return asyncio.run(_apply(arguments.data, _read(arguments.file), dry_run=arguments.dry_run))


async def _apply(data: Path, file: bytes, *, dry_run: bool) -> int:
    async with opened(data) as database:
        applied = await organisations(database, SystemClock()).service.apply_file(file, dry_run=dry_run)
    for change in applied.changes:
        print(f"  {change}")
    for warning in applied.warnings:
        print(f"  ! {warning.message}")
    name = applied.configuration.organisation.name
    if not applied.changes:
        print(f"{name}: nothing changes")
    elif dry_run:
        print(f"{name}: {len(applied.changes)} changes; nothing was changed (--dry-run)")
    else:
        print(f"{name}: {len(applied.changes)} changes, now in force as revision {applied.revision}")
    return 0


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise NotFound(f"{name} cannot be read: {error.strerror}.", "Is the path right?") from error
