"""`svarhus try`: a test caller and a test agent walk the demo flow and report."""

import argparse
import asyncio

from svarhus.app.commands.flags import add_data
from svarhus.app.settings import settings_in_force
from svarhus.app.tryout import tryout


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    return 0 if asyncio.run(tryout(settings_in_force(arguments.data))) else 1
