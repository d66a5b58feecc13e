"""Codes of the second factor: time-based ones (RFC 6238) and those for recovery."""

import secrets
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
import pyotp
import segno

from svarhus.kit.clock import Instant

STEP = 30
"""Seconds that a code is valid (RFC 6238, 5.2)."""
DIGITS = 6
SPARE = 1
"""Steps before and after the present one whose codes are taken too: clocks differ."""

RECOVERY_CODES = 10
_UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUP, _GROUPS = 5, 3
"""Fifteen letters of 31 are 74 bits: a plain hash keeps them safe."""


def new_secret() -> str:
    """160 random bits, as RFC 4226 recommends, in base 32."""
    return pyotp.random_base32(32)


def fitting_step(secret: str, code: str, now: Instant, last_step: int) -> int | None:
    """The step whose code it is, later than the last one that was used; None when it is of none."""
    generator = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    present = int(now.timestamp()) // STEP
    for step in range(present - SPARE, present + SPARE + 1):
        if step > last_step and secrets.compare_digest(generator.at(step * STEP), code):
            return step
    return None


def address(secret: str, account: str, organisation: str) -> str:
    """What an authenticator app reads from the QR code (`otpauth:`)."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(
        name=account, issuer_name=f"Svarhus {organisation}"
    )


class QrCode(msgspec.Struct, frozen=True):
    """A QR code as one shape, with the quiet zone around it."""

    size: int
    """Modules on each side."""
    path: str
    """Of the dark modules, as in the attribute `d` of SVG."""


def qr_code(text: str) -> QrCode:
    """Drawn by whoever shows it, so that no markup of ours has to be trusted."""
    rows = [tuple(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=4)]
    runs = [f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _dark_runs(row)]
    return QrCode(len(rows), "".join(runs))


def _dark_runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    place = 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            yield place, length
        place += length


def new_recovery_codes() -> tuple[str, ...]:
    """Ten, each to be used once, in groups that can be read aloud."""
    return tuple(_recovery_code() for _ in range(RECOVERY_CODES))


def _recovery_code() -> str:
    groups = ("".join(secrets.choice(_UNMISTAKABLE) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def normal(code: str) -> str:
    """A code as people type it, without blanks, hyphens and capitals."""
    return "".join(character for character in code.lower() if character.isalnum())


def is_time_based(code: str) -> bool:
    """Whether it looks like one from an app rather than one for recovery."""
    return len(code) == DIGITS and code.isascii() and code.isdigit()
