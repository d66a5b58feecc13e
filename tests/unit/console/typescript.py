"""Runs what the console is made of without a browser."""

import json
import subprocess
from pathlib import Path
from typing import Any

from svarhus.app.commands.checkout import CHECKOUT
from svarhus.app.settings import load_settings
from svarhus.engines.node import install_node

SOURCES = CHECKOUT / "console" / "src"


def evaluated(module: str, script: str) -> Any:
    """What `script`, which uses what the module exports as `its`, returns; as JSON."""
    node = install_node(
        CHECKOUT / "requirements-node.lock", load_settings(CHECKOUT / "build").cache, lambda progress: None
    )
    address = (SOURCES / module).as_uri()
    words = f"import * as its from {json.dumps(address)};\nconsole.log(JSON.stringify((() => {{{script}}})()));"
    command = (str(node.program), "--no-warnings", "--input-type=module", "-e", words)
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(SOURCES))
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)
