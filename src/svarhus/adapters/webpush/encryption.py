"""Encrypts a message so that only the browser can read it, not its push service.

RFC 8291 (message encryption for Web Push) over RFC 8188 (aes128gcm), one record a message.
"""

import struct

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from svarhus.kit.errors import Invalid

RECORD_SIZE = 4096
LONGEST_MESSAGE = RECORD_SIZE - 16 - 1
"""Bytes: a record holds the tag of the cipher and a delimiter too (RFC 8188, section 2)."""

SECRET_SIZE = 16
_LAST_RECORD = b"\x02"


class UnusableKeys(Invalid):
    id = "unusable-push-keys"
    title = "The browser's keys cannot be used"


def public_key(point: bytes) -> EllipticCurvePublicKey:
    """UnusableKeys when it is no point of the curve."""
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableKeys("The public key is no point of P-256.", "Subscribe again.") from error


def point_of(key: EllipticCurvePublicKey) -> bytes:
    """Uncompressed: 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypted(message: bytes, receiver: bytes, secret: bytes, sender: EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """The body of the request. `sender` and the 16 bytes of `salt` must be made anew for each message."""
    own = point_of(sender.public_key())
    shared = sender.exchange(ECDH(), public_key(receiver))
    # RFC 8291, section 3.4.
    key_material = _derived(shared, secret, b"WebPush: info\0" + receiver + own, 32)
    key = _derived(key_material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(key_material, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + struct.pack("!IB", RECORD_SIZE, len(own)) + own
    return header + AESGCM(key).encrypt(nonce, message + _LAST_RECORD, None)


def _derived(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(key)
