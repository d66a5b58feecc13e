"""Asterisk and sipp, unpacked below the cache folder."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from svarhus.engines.debian import Progress, Unpacked, architecture, only_one, unpack
from svarhus.engines.errors import CannotInstall

RECIPE = 1
"""Counted up when what is unpacked changes, so that older folders are left alone."""

ASTERISK_PACKAGES = (
    "asterisk",
    "asterisk-core-sounds-en-wav",
    "asterisk-moh-opsound-wav",
)
SIPP_PACKAGES = ("sip-tester",)
OLDEST = 22


@dataclass(frozen=True)
class Asterisk:
    """An unpacked Asterisk."""

    unpacked: Unpacked

    @property
    def root(self) -> Path:
        return self.unpacked.root

    def command(self, main_file: Path) -> tuple[str, ...]:
        """Runs in the foreground with this asterisk.conf, without a console."""
        return self.unpacked.command("usr/sbin/asterisk", "-C", str(main_file), "-f", "-n")

    def version(self) -> str:
        """Such as `Asterisk 22.10.1`. CannotInstall when it does not run or is too old."""
        done = subprocess.run(
            self.unpacked.command("usr/sbin/asterisk", "-V"),
            capture_output=True,
            text=True,
        )
        words = done.stdout.split()
        if done.returncode != 0 or len(words) < 2:
            raise CannotInstall(
                f"Asterisk does not run: {done.stderr.strip()[-300:]}",
                f"Remove {self.root}, try again.",
            )
        if int(words[1].split(".")[0]) < OLDEST:
            raise CannotInstall(f"{done.stdout.strip()} is too old; {OLDEST} or newer is needed.", "")
        return f"Asterisk {words[1].split('~')[0].split('+')[0]}"


def installed_asterisk(cache: Path) -> Asterisk | None:
    """The Asterisk in the cache folder; None if it was not unpacked yet."""
    root = _folder(cache, "asterisk")
    return Asterisk(Unpacked(root, architecture())) if root.is_dir() else None


def install_asterisk(cache: Path, progress: Progress) -> Asterisk:
    """Unpack Asterisk into the cache folder if it is not there. CannotInstall tells what failed."""
    root = _folder(cache, "asterisk")
    asterisk = Asterisk(Unpacked(root, architecture()))
    if root.is_dir():
        return asterisk
    with only_one(cache / "asterisk.lock", progress):
        if not root.is_dir():
            beside = root.with_name(f"{root.name}.unverified")
            unpack(beside, ASTERISK_PACKAGES, progress)
            # The packages' own scripts, which make this link, do not run.
            (beside / "usr/share/asterisk/sounds/en").symlink_to("en_US_f_Allison")
            Asterisk(Unpacked(beside, architecture())).version()
            beside.rename(root)
    return asterisk


def install_sipp(cache: Path, progress: Progress) -> Unpacked:
    """Unpack sipp, with which tests and benchmarks make calls. Run it with `command("usr/bin/sipp", ...)`."""
    root = _folder(cache, "sipp")
    sipp = Unpacked(root, architecture())
    if not root.is_dir():
        with only_one(cache / "sipp.lock", progress):
            if not root.is_dir():
                unpack(root, SIPP_PACKAGES, progress)
    return sipp


def _folder(cache: Path, name: str) -> Path:
    return cache / f"{name}-{architecture()}-{RECIPE}"
