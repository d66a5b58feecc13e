"""Writes the configuration for an Asterisk of one's own: `python -m svarhus.app.asterisk_files --data DIR`.

Run it where that Asterisk is installed; its modules are looked for there. Gives the path to start it with.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from svarhus.adapters.asterisk.configuration import write_configuration
from svarhus.app.engine_room import asterisk_settings
from svarhus.app.settings import Secrets, choose_ports, load_settings
from svarhus.kit.clock import SystemClock


def main() -> None:
    parser = argparse.ArgumentParser(prog="svarhus.app.asterisk_files", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    settings = choose_ports(load_settings(parser.parse_args().data))
    interface = urlsplit(settings.ari_url)
    if not interface.username or not interface.password:
        raise SystemExit("SVARHUS_ARI_URL must name user and password: http://user:password@127.0.0.1:8088")
    secrets = Secrets(
        ari_password=interface.password, database_password="", sealing_key="", push_key="", metrics_token=""
    )
    engine = replace(
        asterisk_settings(settings, secrets, Path("/")),
        ari_user=interface.username,
        http_port=interface.port or settings.ari,
    )
    print(write_configuration(engine, SystemClock().now()))


if __name__ == "__main__":
    main()
