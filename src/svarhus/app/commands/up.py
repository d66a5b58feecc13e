"""`svarhus up`: sets up what is missing, starts everything, and stops it on Ctrl-C."""

import argparse
import asyncio
import signal

from svarhus.app.commands.flags import add_data
from svarhus.app.settings import Settings, load_settings
from svarhus.app.steps import Steps
from svarhus.app.supervisor import Supervisor
from svarhus.app.welcome import welcome

FLAGS = ("bind", "http", "sip")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument(
        "--bind",
        metavar="ADDR",
        help="address to listen on (127.0.0.1; 0.0.0.0 for all)",
    )
    parser.add_argument("--http", type=int, metavar="PORT", help="port of the API (8080)")
    parser.add_argument("--sip", type=int, metavar="PORT", help="port of SIP (5060)")
    parser.add_argument("--empty", action="store_true", help="do not load the demo organisation")


def run(arguments: argparse.Namespace) -> int:
    flags = {name: value for name in FLAGS if (value := getattr(arguments, name)) is not None}
    settings = load_settings(arguments.data, flags)
    return asyncio.run(_up(settings, empty=arguments.empty))


async def _up(settings: Settings, *, empty: bool) -> int:
    steps = Steps()
    steps.line(f"Svarhus, data in {settings.data}")

    def ready(in_force: Settings) -> None:
        steps.line(welcome(in_force))

    running = asyncio.create_task(Supervisor(settings, steps, empty=empty).run(ready))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, running, steps)
    try:
        await running
    except asyncio.CancelledError:
        steps.line("stopped")
    return 0


def _stop(running: "asyncio.Task[None]", steps: Steps) -> None:
    if not running.cancelling():
        running.cancel()
        steps.line("stopping")
