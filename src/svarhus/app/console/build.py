"""Builds the console from its sources, when they have changed since the last time.

Needs no more than Python and the standard library, since the build of a wheel runs it too.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from svarhus.engines.debian import Progress, only_one
from svarhus.engines.node import Node, install_node
from svarhus.kit.errors import Unavailable

STATIC = Path(__file__).with_name("static")
"""Where the built console is: a part of the package, but not of the repository."""

STAMP = "sources.sha256"
"""In the folder of what was built: what it was built from."""

_SOURCES = ("src", "public", "scripts", "worker")
_SETTINGS = ("*.json", "*.js", "*.ts", "*.cjs", "*.html", ".npmrc")
_MODES = ("production", "call-us")
"""The console, and the public page: each by itself, so that neither loads what the other needs."""
_TOLD_LINES = 12


class CannotBuild(Unavailable):
    id = "console-not-built"
    title = "The console cannot be built"


@dataclass(frozen=True)
class ConsoleSources:
    """A checkout's `console/`, and what is kept between builds."""

    checkout: Path
    cache: Path

    @property
    def folder(self) -> Path:
        return self.checkout / "console"

    @property
    def exist(self) -> bool:
        return (self.folder / "package-lock.json").exists()

    def hash(self) -> str:
        """Of all that a build depends on."""
        total = sha256()
        for path in sorted(self._files()):
            total.update(f"{path.relative_to(self.folder)}\n".encode())
            total.update(sha256(path.read_bytes()).digest())
        return total.hexdigest()

    def _files(self) -> Iterator[Path]:
        for pattern in _SETTINGS:
            yield from self.folder.glob(pattern)
        for name in _SOURCES:
            yield from (path for path in (self.folder / name).rglob("*") if path.is_file())


def is_built(static: Path = STATIC) -> bool:
    return (static / "index.html").exists()


def is_fresh(sources: ConsoleSources, static: Path = STATIC) -> bool:
    """Whether what is built was built from these sources."""
    stamp = static / STAMP
    return is_built(static) and stamp.exists() and stamp.read_text().strip() == sources.hash()


def build(sources: ConsoleSources, progress: Progress, static: Path = STATIC) -> None:
    """Build it, all or nothing. CannotBuild or CannotInstall tells what failed; what was built before stays."""
    sources.cache.mkdir(parents=True, exist_ok=True)
    with only_one(_lock(sources, "console", static), progress):
        wanted = sources.hash()
        if is_fresh(sources, static):
            return
        node = packages(sources, progress)
        progress("building")
        with tempfile.TemporaryDirectory(prefix="static.", dir=static.parent) as work:
            beside = Path(work) / "built"
            vite = sources.folder / "node_modules/vite/bin/vite.js"
            for mode in _MODES:
                _run(sources, node.command(vite, "build", "--mode", mode, "--outDir", str(beside)), node)
            progress("compressing")
            _run(sources, node.command(sources.folder / "scripts/finish.js", str(beside)), node)
            (beside / STAMP).write_text(f"{wanted}\n")
            _put_in_place(beside, static, Path(work) / "before")


def packages(sources: ConsoleSources, progress: Progress) -> Node:
    """Node, and what the console needs from the npm registry as its lock file names it, below `node_modules`."""
    node = install_node(sources.checkout / "requirements-node.lock", sources.cache, progress)
    if not _installed(sources.folder):
        with only_one(_lock(sources, "packages", sources.folder), progress):
            if not _installed(sources.folder):
                progress("downloading packages")
                _run(sources, node.npm("ci", "--no-audit", "--no-fund", "--ignore-scripts"), node, _NETWORK)
    return node


def _lock(sources: ConsoleSources, what: str, folder: Path) -> Path:
    return sources.cache / f"{what}-{sha256(str(folder).encode()).hexdigest()[:12]}.lock"


def _installed(folder: Path) -> bool:
    """Whether npm has put there what the lock names; other machines' optional packages are not."""
    wanted = _versions(folder / "package-lock.json")
    present = _versions(folder / "node_modules/.package-lock.json")
    needed = {name for name, version in wanted.items() if not version.optional}
    return needed <= present.keys() and all(
        name in wanted and wanted[name].number == version.number for name, version in present.items()
    )


@dataclass(frozen=True)
class _Version:
    number: str
    optional: bool


def _versions(lock: Path) -> dict[str, _Version]:
    if not lock.exists():
        return {}
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {
        name: _Version(entry.get("version", ""), bool(entry.get("optional") or entry.get("devOptional")))
        for name, entry in packages.items()
        if name
    }


def _put_in_place(built: Path, static: Path, before: Path) -> None:
    if static.exists():
        static.rename(before)
    built.chmod(0o755)
    built.rename(static)


def _run(sources: ConsoleSources, words: tuple[str, ...], node: Node, remedy: str = "") -> None:
    done = subprocess.run(
        words,
        cwd=sources.folder,
        env={**node.environment(sources.cache), "NODE_ENV": "", "CI": "1", "NO_COLOR": "1", "FORCE_COLOR": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        lines = done.stdout.strip().splitlines()
        told = "\n".join(f"    {line}" for line in (*lines[:_TOLD_LINES], *lines[_TOLD_LINES:][-_TOLD_LINES:]))
        raise CannotBuild(f"The console could not be built from {sources.folder}:\n{told}", remedy or _REMEDY)


_REMEDY = "If nobody has changed the console's sources: remove console/node_modules and start again."
_NETWORK = (
    "Does the npm registry answer, and is there room on the disk (400 MB)? A registry of your own is named with "
    "npm_config_registry. Then start again."
)
