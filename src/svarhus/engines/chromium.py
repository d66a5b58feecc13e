"""Chromium, with which the console is tested: the machine's own, or one unpacked below the cache folder.

What is unpacked comes from the very release that the machine runs and uses its C library: Chromium starts its
children by its own path, so it cannot be run through a program loader of another release.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from svarhus.engines.debian import (
    LOADERS,
    NOT_NEEDED,
    RELEASES,
    Progress,
    Release,
    architecture,
    distribution,
    only_one,
    unpack,
)
from svarhus.engines.errors import CannotInstall

RECIPE = 1
"""Counted up when what is unpacked changes, so that older folders are left alone."""

FONTS = ("fonts-dejavu-core",)
PACKAGES = ("chromium", *FONTS)
INSTALLED = ("chromium", "google-chrome-stable", "google-chrome", "chromium-browser")
"""Names of the program on machines that have one."""

_NOT_NEEDED = (
    rf"{NOT_NEEDED}|adwaita-icon-theme|dbus.*|fonts-(?!dejavu-core|dejavu-mono).*|hicolor-icon-theme|init.*|libllvm.*"
    r"|notification-daemon|systemd|ucf|x11-utils|xdg-utils"
)
_C_LIBRARY = re.compile(
    r"(ld-linux.*|lib(c|m|mvec|pthread|dl|rt|util|resolv|anl|nsl|thread_db|BrokenLocale|nss_\w+|c_malloc_debug"
    r"|memusage|pcprofile))\.so(\.\d+)?"
)
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    """A Chromium that runs here."""

    program: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to our own."""

    def version(self) -> str:
        """Such as `Chromium 150.0.7871.100`. CannotInstall when it does not run."""
        try:
            done = subprocess.run(
                (str(self.program), "--version"),
                capture_output=True,
                text=True,
                env={**os.environ, **self.environment},
                timeout=60,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotInstall(f"{self.program} does not run: {error}", _REMEDY) from error
        if done.returncode != 0:
            raise CannotInstall(f"{self.program} does not run: {done.stderr.strip()[-300:]}", _REMEDY)
        words = done.stdout.split(" built on")[0].split()
        return " ".join(words[-2:])


def install_chromium(cache: Path, progress: Progress) -> Chromium:
    """The machine's Chromium, or one of our own, unpacked if it is not there. CannotInstall tells what failed.

    Both draw with our own fonts, so that pages look alike everywhere.
    """
    return _installed(cache, progress) or _unpacked(cache, progress)


def _installed(cache: Path, progress: Progress) -> Chromium | None:
    for name in INSTALLED:
        found = shutil.which(name)
        if found is None:
            continue
        try:
            Chromium(Path(found)).version()
        except CannotInstall:
            continue  # a placeholder that asks for another packaging system
        return Chromium(Path(found), {"FONTCONFIG_FILE": str(_own_fonts(cache, progress))})
    return None


def _own_fonts(cache: Path, progress: Progress) -> Path:
    root = cache / f"fonts-{RECIPE}"
    if not root.is_dir():
        with only_one(cache / "fonts.lock", progress):
            if not root.is_dir():
                unpack(root, FONTS, progress)
    return _told_of_fonts(root)


def _unpacked(cache: Path, progress: Progress) -> Chromium:
    release = _own_release()
    root = cache / f"chromium-{release.suite}-{architecture()}-{RECIPE}"
    if not root.is_dir():
        with only_one(cache / "chromium.lock", progress):
            if not root.is_dir():
                beside = root.with_name(f"{root.name}.unverified")
                unpack(beside, PACKAGES, progress, release, _NOT_NEEDED)
                _leave_to_the_machine(beside)
                _chromium(beside).version()
                beside.rename(root)
    return _chromium(root)


def _chromium(root: Path) -> Chromium:
    _, libraries = LOADERS[architecture()]
    # The package of PulseAudio's library keeps a part of it in a folder of its own.
    folders = (root / libraries, root / libraries / "pulseaudio")
    environment = {"LD_LIBRARY_PATH": os.pathsep.join(map(str, folders)), "FONTCONFIG_FILE": str(_told_of_fonts(root))}
    return Chromium(root / "usr/lib/chromium/chromium", environment)


def _told_of_fonts(root: Path) -> Path:
    """The file that names the fonts below the folder, and no others, and says how they are drawn."""
    file, wanted = root / "fonts.conf", _FONTS.format(root=root)
    if not file.exists() or file.read_text() != wanted:
        file.write_text(wanted)
    return file


def _leave_to_the_machine(root: Path) -> None:
    """The C library must be the one with which programs are loaded here."""
    _, libraries = LOADERS[architecture()]
    for path in (root / libraries).iterdir():
        if _C_LIBRARY.fullmatch(path.name):
            path.unlink()


def _own_release() -> Release:
    """What this machine runs. CannotInstall when its Chromium cannot be had as a package."""
    if distribution() != "debian":
        raise CannotInstall("Ubuntu has no Chromium as a package, only as a snap.", _REMEDY)
    found = re.search(r'^VERSION_CODENAME="?(\w+)', Path("/etc/os-release").read_text(), re.MULTILINE)
    if found is None:
        raise CannotInstall("/etc/os-release does not say which release of Debian this is.", _REMEDY)
    debian = RELEASES["debian"]
    return Release(found.group(1), debian.components, debian.keyring)


_REMEDY = "Install Chromium or Google Chrome on this machine, then start again."
