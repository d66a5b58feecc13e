"""`svarhus jobs`: what the worker has given up, to be done again or forgotten."""

import argparse
import asyncio
from pathlib import Path

from svarhus.app.commands.flags import add_data
from svarhus.app.engine_room import database_url
from svarhus.app.secrecy import without_secrets
from svarhus.app.settings import load_secrets, settings_in_force
from svarhus.kit.database import Database
from svarhus.kit.jobs import looking

MOST_SHOWN = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--again", metavar="ID", type=_job, help="have one that was given up done again; `all` of them")
    chosen.add_argument("--forget", metavar="ID", type=_job, help="forget one that was given up; `all` of them")


def run(arguments: argparse.Namespace) -> int:
    print(asyncio.run(_jobs(arguments.data, arguments.again, arguments.forget)))
    return 0


async def _jobs(data: Path, again: int | None, forget: int | None) -> str:
    settings = settings_in_force(data.absolute())
    database = Database(database_url(settings, load_secrets(settings.data)))
    try:
        async with database.begin() as session:
            if again is not None:
                return f"{await looking.try_again(session, again or None)} will be done again"
            if forget is not None:
                return f"{await looking.forget(session, forget or None)} forgotten"
            now, failed = await looking.standing(session), await looking.failed(session, MOST_SHOWN)
    finally:
        await database.close()
    lines = [f"{now.workers} workers; {now.waiting} waiting, {now.running} being done, {now.failed} given up"]
    lines += [f"  {each.id}  {each.kind}  {each.at:%Y-%m-%d %H:%M}  {without_secrets(each.why)}" for each in failed]
    return "\n".join(lines)


def _job(word: str) -> int:
    """The number of a job; 0 for all."""
    if word == "all":
        return 0
    if not word.isdigit() or word.startswith("0"):
        raise argparse.ArgumentTypeError("give the number of a job, or `all`")
    return int(word)
