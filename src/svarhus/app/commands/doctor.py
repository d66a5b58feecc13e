"""`svarhus doctor`: says what is wrong and what to do. Exit code 1 when something is wrong."""

import argparse
import asyncio
from pathlib import Path

from svarhus.app.commands.flags import add_data
from svarhus.app.doctor import examine


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    return asyncio.run(_doctor(arguments.data))


async def _doctor(data: Path) -> int:
    faults = 0
    async for finding in examine(data):
        print(f"  {finding.verdict:<6}{finding.words}")
        if finding.verdict != "ok" and finding.remedy:
            print(f"        What to do: {finding.remedy}")
        faults += finding.verdict == "fault"
    print(f"{faults} found wrong" if faults else "nothing is wrong")
    return 1 if faults else 0
