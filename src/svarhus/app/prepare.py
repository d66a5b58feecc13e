"""Brings the database of a data folder up to date, and loads the demo organisation at the first start.

A process of its own, so that the supervisor, which lives long, does not carry what only this needs.
"""

import argparse
import asyncio
import sys
from dataclasses import asdict
from pathlib import Path

from svarhus.app.database import upgrade
from svarhus.app.demo_notes import DemoNotes, DemoNumber, DemoPerson, write_notes
from svarhus.app.engine_room import database_url
from svarhus.app.organisations import DEMO, load_demo, organisations
from svarhus.app.settings import load_secrets, settings_in_force
from svarhus.app.steps import explain
from svarhus.domains.people.sealing import Seal
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError


def main() -> int:
    parser = argparse.ArgumentParser(prog="svarhus.app.prepare", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--empty", action="store_true", help="load no demo organisation")
    arguments = parser.parse_args()
    try:
        print(asyncio.run(_prepare(arguments.data, demo=not arguments.empty)))
    except SvarhusError as error:
        explain(error)
        return 1
    return 0


async def _prepare(data: Path, *, demo: bool) -> str:
    settings = settings_in_force(data)
    secrets = load_secrets(settings.data)
    url = database_url(settings, secrets)
    await upgrade(url)
    database = Database(url)
    try:
        wired = organisations(database, SystemClock(), seal=Seal(secrets.sealing_key))
        known = await wired.repository.organisations()
        for organisation in known:
            await wired.second_factors.seal_old(organisation)
        if known or not demo:
            return "the database is up to date"
        people = await load_demo(database, SystemClock())
        _, configuration = await wired.repository.load(DEMO)
    finally:
        await database.close()
    notes = DemoNotes(
        people=[DemoPerson(**asdict(person)) for person in people],
        numbers=[DemoNumber(number.number, number.name) for number in configuration.numbers],
    )
    write_notes(settings.data, notes)
    return f"the demo organisation is loaded: {configuration.organisation.name}"


if __name__ == "__main__":
    sys.exit(main())
