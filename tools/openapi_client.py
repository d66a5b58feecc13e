"""Writes the console's types from the OpenAPI document; `--check` tells whether they are fresh."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import cast

from svarhus.app.api import create_api
from svarhus.app.api.services import ApiServices
from svarhus.app.console.build import ConsoleSources, packages
from svarhus.app.settings import load_settings

CHECKOUT = Path(__file__).resolve().parents[1]
CONSOLE = CHECKOUT / "console"
TYPES = CONSOLE / "src" / "api" / "schema.d.ts"


def written_anew() -> str:
    """The types as they should be."""
    node = packages(ConsoleSources(CHECKOUT, load_settings(CHECKOUT / "var").cache), lambda told: None)
    document = create_api(cast(ApiServices, None)).openapi()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "openapi.json", Path(folder) / "schema.d.ts"
        source.write_text(json.dumps(document))
        generator = CONSOLE / "node_modules" / "openapi-typescript" / "bin" / "cli.js"
        command = node.command(generator, str(source), "-o", str(target), "--alphabetize")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "NO_COLOR": "1"})
        return target.read_text()


def main() -> int:
    fresh = written_anew()
    if "--check" in sys.argv:
        if TYPES.exists() and TYPES.read_text() == fresh:
            return 0
        print(f"{TYPES.relative_to(CONSOLE.parent)} is stale. Write it anew: python tools/openapi_client.py")
        return 1
    TYPES.write_text(fresh)
    return 0


if __name__ == "__main__":
    sys.exit(main())
