"""Keeps what must be read again, but not by whoever has only the database: AES-256-GCM with a key from outside it."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from svarhus.domains.people.errors import Unreadable

PREFIX = "sealed:1:"
_NONCE = 12
"""Bytes, as NIST SP 800-38D recommends."""


class Seal:
    """Seals texts and opens them again."""

    def __init__(self, key: str) -> None:
        """`key`: a long random text that is kept outside of the database."""
        derived = HKDF(SHA256(), 32, salt=None, info=b"svarhus second factor").derive(key.encode())
        self._cipher = AESGCM(derived)

    @classmethod
    def for_this_process(cls) -> "Seal":
        """With a key that is forgotten: for commands and tests that keep nothing sealed."""
        return cls(secrets.token_urlsafe(32))

    def seal(self, text: str, owner: str) -> str:
        """Nobody opens it for another owner."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), owner.encode())
        return PREFIX + base64.b64encode(sealed).decode()

    def open(self, kept: str, owner: str) -> str:
        """What was sealed. Unreadable when it was with another key or for another owner."""
        try:
            sealed = base64.b64decode(kept.removeprefix(PREFIX), validate=True)
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.encode()).decode()
        except (InvalidTag, ValueError):
            raise Unreadable("A second factor cannot be read with this installation's key.") from None


def is_sealed(kept: str) -> bool:
    return kept.startswith(PREFIX)
