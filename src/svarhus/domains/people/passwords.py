"""Passwords, kept as argon2id (RFC 9106, its second recommended set: 64 MiB, three passes)."""

import os
import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from svarhus.domains.people.common import is_common
from svarhus.domains.people.errors import WeakPassword
from svarhus.kit.errors import Fault
from svarhus.kit.workshop import Workshop

SHORTEST = 10
LONGEST = 200


AT_ONCE = max(1, (os.cpu_count() or 2) // 2)
"""Half of the machine: calls need the rest. Each takes 64 MiB."""

WAITING = 60
"""Some seconds' work: whoever would wait longer is told so."""


class Passwords:
    """Hashes and verifies on threads of its own, so that no other work keeps people from signing in, nor they it."""

    def __init__(self, hasher: PasswordHasher | None = None, workshop: Workshop | None = None) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._workshop = workshop or Workshop("passwords", AT_ONCE, WAITING, "Too many are signing in just now.")
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        """TooBusy."""
        return await self._workshop.run(lambda _: self._hasher.hash(password))

    async def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password. Without a hash (nobody of that name) it takes as long and is False. TooBusy."""
        if hashed is None and self._decoy is None:
            self._decoy = await self.hash("nobody has this password")
        right = await self._workshop.run(lambda _: self._verify(hashed or self._decoy or "", password))
        return right and hashed is not None

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def check_strength(password: str, *names: str) -> None:
    """WeakPassword when it is too short, too long, common, or one of the person's own names: the one rule, wherever a
    password comes from."""
    if not SHORTEST <= len(password) <= LONGEST:
        limits = (str(len(password)), str(SHORTEST), str(LONGEST))
        raise _weak(
            Fault(
                "password",
                f"the password has {limits[0]} characters",
                f"Use {SHORTEST} to {LONGEST}.",
                reason="password-length",
                values=limits,
            )
        )
    plain = password.lower()
    words = {word for name in names for word in [name.lower(), *re.split(r"[\W_]+", name.lower())]}
    if is_common(password):
        raise _weak(
            Fault(
                "password",
                "the password is one of those that are tried first",
                "Take a few words that do not belong together.",
                reason="password-common",
            )
        )
    if len(set(plain)) < 4 or any(len(word) > 3 and word in plain for word in words):
        raise _weak(
            Fault(
                "password",
                "the password is a name or too simple",
                "Take a few words that have nothing to do with you.",
                reason="password-simple",
            )
        )


def _weak(fault: Fault) -> WeakPassword:
    return WeakPassword(f"{fault.message[0].upper()}{fault.message[1:]}.", fault.remedy, [fault])
