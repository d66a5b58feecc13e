"""Shows push services who sends: Voluntary Application Server Identification (VAPID), RFC 8292."""

import base64
import json
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from svarhus.adapters.webpush.encryption import point_of
from svarhus.kit.clock import Instant

GOOD_FOR = 6 * 3600
"""Seconds. RFC 8292, section 2, allows a day."""

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256: FIPS 186-4, D.1.2.3."""


class Identity:
    """The key of this installation."""

    def __init__(self, secret: str, contact: str) -> None:
        """`secret`: at least 32 random bytes in base64url; `contact`: `mailto:` or `https:`, for the push service."""
        number = int.from_bytes(_decoded(secret)[:32], "big") % (_ORDER - 1) + 1
        self._key = derive_private_key(number, SECP256R1())
        self._contact = contact

    @property
    def public_key(self) -> str:
        """base64url of the uncompressed point."""
        return encoded(point_of(self._key.public_key()))

    def authorization(self, endpoint: str, now: Instant) -> str:
        """The header of a request to this endpoint."""
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(now.timestamp()) + GOOD_FOR,
            "sub": self._contact,
        }
        signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ECDSA(SHA256())))
        signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
        return f"vapid t={signed}.{signature}, k={self.public_key}"


def encoded(content: bytes) -> str:
    """base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _json(value: object) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())
