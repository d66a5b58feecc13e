"""Passwords, kept as argon2id (RFC 9106, its second recommended set: 64 MiB, three passes)."""

import asyncio
import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from svarhus.domains.people.errors import WeakPassword

SHORTEST = 10
LONGEST = 200


class Passwords:
    """Hashes and verifies, beside the event loop and a few at a time, since each takes 64 MiB."""

    def __init__(self, hasher: PasswordHasher | None = None, at_once: int = 2) -> None:
        self._hasher = hasher or PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._turns = asyncio.Semaphore(at_once)
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password. Without a hash (nobody of that name) it takes as long and is False."""
        if hashed is None and self._decoy is None:
            self._decoy = await self.hash("nobody has this password")
        async with self._turns:
            right = await asyncio.to_thread(self._verify, hashed or self._decoy or "", password)
        return right and hashed is not None

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def check_strength(password: str, *names: str) -> None:
    """WeakPassword when it is too short, too long, or one of the person's own names."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"The password has {len(password)} characters.", f"Use {SHORTEST} to {LONGEST}.")
    plain = password.lower()
    words = {word for name in names for word in [name.lower(), *re.split(r"[\W_]+", name.lower())]}
    if len(set(plain)) < 4 or any(len(word) > 3 and word in plain for word in words):
        remedy = "Take a few words that have nothing to do with you."
        raise WeakPassword("The password is a name or too simple.", remedy)
