"""Codes of the second factor: time-based ones (RFC 6238) and those for recovery."""

import io
import secrets

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
        account, issuer_name=f"Svarhus {organisation}"
    )


def qr_code(text: str) -> str:
    """An SVG of the QR code, black on white, without any script or style of its own."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", border=4, light="#fff", xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return drawn.getvalue().decode()


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
