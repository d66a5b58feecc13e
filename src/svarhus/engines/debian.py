"""Unpacks Debian packages into a folder, without root and without touching the host's packages.

A private apt, with its own sources, lists and status, downloads a package with what it needs from the
machine's own mirror; nothing is installed. What is unpacked brings its own C library, so the host's
release does not matter.
"""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from svarhus.engines.errors import CannotInstall

Progress = Callable[[str], None]
"""Told a few words on how far it is."""

NOT_NEEDED = (
    r"adduser|debconf|tzdata|pci\.ids|gnupg|gpg|gpgsm|gpgconf|gpg-agent|dirmngr|pinentry-curses|perl|perl-base"
    r"|libperl5\.\d+|perl-modules-5\.\d+|libsensors-config|python3|python3-minimal|asterisk-config-custom"
)
"""What packages ask for but do not use at run time in a folder of their own."""


@dataclass(frozen=True)
class Release:
    """Where packages come from: a suite that has Asterisk 22 and the keys that sign it."""

    suite: str
    components: str
    keyring: str


RELEASES: Mapping[str, Release] = {
    "debian": Release("forky", "main", "/usr/share/keyrings/debian-archive-keyring.gpg"),
    "ubuntu": Release("resolute", "main universe", "/usr/share/keyrings/ubuntu-archive-keyring.gpg"),
}

LOADERS: Mapping[str, tuple[str, str]] = {
    "amd64": ("lib64/ld-linux-x86-64.so.2", "usr/lib/x86_64-linux-gnu"),
    "arm64": ("lib/ld-linux-aarch64.so.1", "usr/lib/aarch64-linux-gnu"),
}
"""For each architecture the program loader and the folder of libraries."""


@dataclass(frozen=True)
class Unpacked:
    """A folder with unpacked packages."""

    root: Path
    architecture: str

    def command(self, program: str, *arguments: str) -> tuple[str, ...]:
        """How to run a program of it with the libraries that it brought, whatever the host has."""
        loader, libraries = LOADERS[self.architecture]
        return (
            str(self.root / loader),
            "--library-path",
            str(self.root / libraries),
            str(self.root / program),
            *arguments,
        )


def architecture() -> str:
    """Debian's name of this machine's architecture. CannotInstall when packages are not known for it."""
    machine = os.uname().machine
    name = {"x86_64": "amd64", "aarch64": "arm64"}.get(machine)
    if name is None:
        raise CannotInstall(f"There is no Asterisk for {machine} here.", _OWN_ENGINE)
    return name


def mirror(sources: Iterable[str], distribution: str) -> str | None:
    """The address of the distribution's mirror in apt's source lists, of either format; None if there is none.

    The archive proper is meant: not security updates, which are kept elsewhere, and not third parties.
    """
    fits = re.compile(rf"/{distribution}(-ports)?/?$")
    for text in sources:
        for address in _addresses(text):
            if fits.search(address) and "security" not in address:
                return address
    return None


def own_mirror() -> str:
    """The address of this machine's own mirror. CannotInstall when it has none, or no apt."""
    name = distribution()
    address = mirror(_source_lists(), name)
    if address is None or shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise CannotInstall(f"apt has no source for {name} on this machine.", _OWN_ENGINE)
    return address


def _addresses(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if found := re.match(r"URIs:\s*(.+)", line):
            yield from found.group(1).split()
        elif found := re.match(r"deb\s+(?:\[[^]]*]\s+)?(\S+)", line):
            yield found.group(1)


def unpack(
    folder: Path,
    packages: Sequence[str],
    progress: Progress,
    release: Release | None = None,
    not_needed: str = NOT_NEEDED,
) -> None:
    """Download the packages with what they need and unpack them as `folder`, all or nothing.

    `release`: where from, when not from where Asterisk comes; `not_needed`: a pattern of the names of packages
    that are asked for, but do without. CannotInstall tells what failed: no apt, no network, no room.
    """
    address = own_mirror()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}.", dir=folder.parent) as work:
        apt = _PrivateApt(Path(work), address, release or RELEASES[distribution()])
        progress("reading the package lists")
        apt.update(not_needed)
        archives = apt.download(packages, progress)
        unpacked = Path(work) / "root"
        for number, archive in enumerate(archives, start=1):
            progress(f"unpacking {number} of {len(archives)}")
            _unpack_one(archive, unpacked)
        shutil.rmtree(folder, ignore_errors=True)
        unpacked.rename(folder)


@contextmanager
def only_one(lock: Path, progress: Progress) -> Iterator[None]:
    """Let one installation at a time go on; the others wait."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with open(lock, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("another start is doing it; waiting")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _PrivateApt:
    """apt with everything of its own below a folder."""

    def __init__(self, folder: Path, address: str, release: Release) -> None:
        self._folder = folder
        for name in (
            "sources",
            "preferences",
            "state/lists/partial",
            "cache/archives/partial",
        ):
            (folder / name).mkdir(parents=True)
        (folder / "sources/svarhus.sources").write_text(
            f"Types: deb\nURIs: {address}\nSuites: {release.suite}\nComponents: {release.components}\n"
            f"Signed-By: {release.keyring}\n"
        )
        (folder / "status").touch()
        options = {
            "Dir::Etc::SourceList": "/dev/null",
            "Dir::Etc::SourceParts": folder / "sources",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": folder / "preferences",
            "Dir::State": folder / "state",
            "Dir::State::status": folder / "status",
            "Dir::Cache": folder / "cache",
            "Acquire::Languages": "none",
            **{f"Acquire::IndexTargets::deb::{name}::DefaultEnabled": "false" for name in _INDEXES_NOT_NEEDED},
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "20",
            "APT::Update::Error-Mode": "any",
            "APT::Install-Recommends": "false",
            "APT::Get::List-Cleanup": "false",
            # The folder is not readable for apt's own user when it is below a private home.
            "APT::Sandbox::User": "",
        }
        self._options = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]

    def update(self, not_needed: str) -> None:
        self._run("apt-get", "-qq", "update")
        names = self._run("apt-cache", "pkgnames").split()
        present = sorted(name for name in names if re.fullmatch(not_needed, name))
        (self._folder / "status").write_text("".join(_PRESENT.format(name, architecture()) for name in present))

    def download(self, packages: Sequence[str], progress: Progress) -> list[Path]:
        reading, writing = os.pipe()
        command = [
            "apt-get",
            *self._options,
            "-qq",
            "-y",
            "-o",
            f"APT::Status-Fd={writing}",
        ]
        command += ["--download-only", "install", *packages]
        with subprocess.Popen(
            command,
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            os.close(writing)
            with open(reading) as status:
                for line in status:
                    _, _, percent, *_ = [*line.split(":"), "", ""]
                    progress(f"downloading {float(percent or 0):.0f} %")
            _, errors = running.communicate()
        if running.returncode != 0:
            raise _apt_failed(errors)
        return sorted((self._folder / "cache/archives").glob("*.deb"))

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run([program, *self._options, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise _apt_failed(done.stderr)
        return done.stdout


def _unpack_one(archive: Path, root: Path) -> None:
    for name in ("bin", "sbin", "lib", "lib64"):
        # Before the first package, so that files of the old names land in usr too.
        (root / "usr" / name).mkdir(parents=True, exist_ok=True)
        if not (root / name).is_symlink():
            (root / name).symlink_to(f"usr/{name}")
    left_out = [f"--exclude=./usr/share/{name}" for name in ("doc", "man", "locale", "lintian")]
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=subprocess.PIPE) as stream:
        done = subprocess.run(
            [
                "tar",
                "-x",
                "-C",
                str(root),
                "--keep-directory-symlink",
                "--no-same-owner",
                *left_out,
            ],
            stdin=stream.stdout,
            capture_output=True,
            text=True,
        )
    if done.returncode != 0 or stream.returncode != 0:
        raise CannotInstall(f"{archive.name} cannot be unpacked: {done.stderr.strip()[-300:]}", _ROOM)


def _apt_failed(errors: str) -> CannotInstall:
    lines = [line[3:] for line in errors.splitlines() if line.startswith("E: ")] or errors.splitlines() or [""]
    if "No space left" in errors:
        return CannotInstall(lines[0], _ROOM)
    return CannotInstall(
        f"apt could not fetch the packages: {lines[0]}",
        "Is there a network, and does the mirror in /etc/apt answer? Then start again.",
    )


def distribution() -> str:
    """`debian` or `ubuntu`. CannotInstall on any other."""
    release = Path("/etc/os-release")
    text = release.read_text() if release.exists() else ""
    words = re.findall(r'^ID(?:_LIKE)?="?([^"\n]*)"?', text, flags=re.MULTILINE)
    for name in " ".join(words).split():
        if name in RELEASES:
            return name
    raise CannotInstall("This machine runs neither Debian nor Ubuntu.", _OWN_ENGINE)


def _source_lists() -> Iterator[str]:
    folder = Path("/etc/apt")
    for path in [
        folder / "sources.list",
        *sorted((folder / "sources.list.d").glob("*")),
    ]:
        if path.is_file() and path.suffix in (".list", ".sources"):
            yield path.read_text(errors="replace")


_OWN_ENGINE = "Run an Asterisk 22 of your own and name it in SVARHUS_ARI_URL (docs/guide/operating.md)."
_INDEXES_NOT_NEEDED = (
    "Contents-deb",
    "DEP-11",
    "DEP-11-icons-small",
    "DEP-11-icons",
    "CNF",
)
_ROOM = "Is there room on the disk (Asterisk needs 500 MB while it is unpacked)? Then start again."
_PRESENT = (
    "Package: {0}\nStatus: install ok installed\nVersion: 999:1\nArchitecture: {1}\nMulti-Arch: allowed\n"
    "Maintainer: none\nDescription: not needed at run time\n\n"
)
