"""Brings the database of a data folder up to date, and loads the demo organisation at the first start.

A process of its own, so that the supervisor, which lives long, does not carry what only this needs.
"""

import argparse
import sys
from pathlib import Path

from svarhus.app.database import migrate
from svarhus.app.engine_room import database_url
from svarhus.app.settings import load_secrets, settings_in_force
from svarhus.app.steps import explain
from svarhus.kit.errors import SvarhusError


def main() -> int:
    parser = argparse.ArgumentParser(prog="svarhus.app.prepare", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--empty", action="store_true")
    arguments = parser.parse_args()
    try:
        settings = settings_in_force(arguments.data)
        migrate(database_url(settings, load_secrets(settings.data)))
    except SvarhusError as error:
        explain(error)
        return 1
    print("the database is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
