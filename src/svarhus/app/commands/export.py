"""`svarhus export`: writes an organisation as a file."""

import argparse
import asyncio
import sys
from pathlib import Path

from svarhus.app.commands.flags import add_data
from svarhus.app.organisations import organisations
from svarhus.app.storage import opened
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people.rights import operator
from svarhus.kit.clock import SystemClock
from svarhus.kit.errors import Conflict, NotFound
from svarhus.kit.ids import OrganisationId


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument("--organisation", metavar="KEY", help="which one, when there are several")


def run(arguments: argparse.Namespace) -> int:
    sys.stdout.write(asyncio.run(_export(arguments.data, arguments.organisation)))
    return 0


async def _export(data: Path, key: str | None) -> str:
    async with opened(data) as database:
        wired = organisations(database, SystemClock())
        organisation = OrganisationId(key) if key else await _only_one(wired.repository)
        return await wired.service.export(operator(organisation))


async def _only_one(repository: OrganisationRepository) -> OrganisationId:
    keys = await repository.organisations()
    if not keys:
        raise NotFound("There is no organisation yet.", "Make one: ./svarhus apply FILE.")
    if len(keys) > 1:
        raise Conflict("There are several organisations.", f"Name one: --organisation {' | '.join(keys)}.")
    return keys[0]
