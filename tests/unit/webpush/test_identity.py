"""Push services are shown who sends."""

import base64
import json
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from svarhus.adapters.webpush.encryption import public_key
from svarhus.adapters.webpush.identity import GOOD_FOR, Identity
from svarhus.kit.clock import instant

NOW = instant(datetime(2026, 11, 22, 12, tzinfo=UTC))
SECRET = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_header_is_signed_with_the_key_that_browsers_subscribed_with() -> None:
    identity = Identity(SECRET, "mailto:drift@svarhus.example")
    header = identity.authorization("https://push.example:8443/send/abc?x=1", NOW)

    token, key = header.removeprefix("vapid ").split(", ")
    signed, _, signature = token.removeprefix("t=").rpartition(".")
    claims = json.loads(_decoded(signed.split(".")[1]))
    assert key == f"k={identity.public_key}"
    assert claims == {
        "aud": "https://push.example:8443",
        "exp": int(NOW.timestamp()) + GOOD_FOR,
        "sub": "mailto:drift@svarhus.example",
    }
    raw = _decoded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public_key(_decoded(identity.public_key)).verify(der, signed.encode(), ECDSA(SHA256()))


def test_the_key_stays_the_same_for_the_same_secret() -> None:
    assert Identity(SECRET, "").public_key == Identity(SECRET, "").public_key
    assert Identity(SECRET, "").public_key != Identity(SECRET[::-1], "").public_key
