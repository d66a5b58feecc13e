"""The application's process: `python -m svarhus.app.serve --data DIR`. The supervisor starts it."""

import argparse
import gc
import resource
from pathlib import Path

import uvicorn

from svarhus.app.bootstrap import build
from svarhus.app.connections import GuardedConnection
from svarhus.app.log_lines import write_json_lines
from svarhus.app.settings import load_secrets, settings_in_force
from svarhus.app.sockets import LARGEST_MESSAGE, StraightSocket
from svarhus.engines.nursery import FLAG, give_birth

MOST_FILES = 65_536
"""Open at once: each page of a console has two WebSockets, and many systems begin with 1,024."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="svarhus.app.serve", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(FLAG, type=int, help="load everything, and become one more process whenever this asks for it")
    arguments = parser.parse_args()
    settings = settings_in_force(arguments.data)
    write_json_lines(settings.log_level)
    _allow_open_files()
    application = build(settings, load_secrets(settings.data))
    if arguments.births is not None:
        # What is loaded is shared by all that are born, as long as nobody looks through it for garbage.
        gc.freeze()
        give_birth(arguments.births)
    uvicorn.run(
        application,
        host=settings.bind,
        port=settings.http,
        loop="uvloop",
        http=GuardedConnection,
        ws=StraightSocket,
        ws_max_size=LARGEST_MESSAGE,
        # Consoles get many small messages: compressing each for each of them costs more than it saves.
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
        # Longer than a proxy's minute: who is about to ask again would find the connection shut in that moment.
        timeout_keep_alive=75,
    )


def _allow_open_files() -> None:
    """As many as the system lets us have without asking for more rights."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


if __name__ == "__main__":
    main()
