"""The application's process: `python -m svarhus.app.serve --data DIR`. The supervisor starts it."""

import argparse
from pathlib import Path

import uvicorn

from svarhus.app.bootstrap import build
from svarhus.app.settings import load_secrets, settings_in_force


def main() -> None:
    parser = argparse.ArgumentParser(prog="svarhus.app.serve", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    settings = settings_in_force(parser.parse_args().data)
    uvicorn.run(
        build(settings, load_secrets(settings.data)),
        host=settings.bind,
        port=settings.http,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()
