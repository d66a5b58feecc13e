"""Sound at rest, which nobody reads who has only the disk: AES-256-GCM in chunks, each of which can be read by itself.

A file begins with a mark, a salt and the length of what is in it. Its key is derived from the installation's and the
salt; the number of a chunk is its nonce. Which recording it is and how long is part of what is authenticated, so that
no file, and no part of one, stands in for another.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from svarhus.domains.recordings.errors import RecordingUnreadable

MARK = b"svarhus-rec1"
_SALT, _LENGTH, _TAG, _NONCE = 16, 8, 16, 12
HEADER = len(MARK) + _SALT + _LENGTH
CHUNK = 1 << 16
"""Bytes of sound in each chunk but the last."""


class SealedFiles:
    """Writes sealed files, and reads parts of them."""

    def __init__(self, key: str) -> None:
        """`key`: the installation's, a long random text that is kept outside of these files and of the database."""
        self._key = key.encode()

    def write(self, file: Path, owner: str, length: int, sound: Iterable[bytes]) -> None:
        """Seal so many bytes, whole or not at all. `owner`: for whom it is opened again. OSError."""
        salt = secrets.token_bytes(_SALT)
        cipher = self._cipher(salt)
        beside = file.with_name(f"{file.name}.new")
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(MARK + salt + length.to_bytes(_LENGTH))
                for number, chunk in enumerate(_chunks(sound)):
                    out.write(cipher.encrypt(_nonce(number), chunk, _about(owner, length)))
                out.flush()
                os.fsync(out.fileno())
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)

    def length(self, file: Path) -> int:
        """Bytes of what is sealed in it. RecordingUnreadable."""
        with _opened(file) as sealed:
            return _header(sealed)[1]

    def read(self, file: Path, owner: str, start: int, stop: int) -> Iterator[bytes]:
        """What is sealed, from byte to byte, in pieces. RecordingUnreadable, also when it was sealed for another."""
        with _opened(file) as sealed:
            salt, length = _header(sealed)
            cipher = self._cipher(salt)
            for number in range(start // CHUNK, -(-min(stop, length) // CHUNK)):
                sealed.seek(HEADER + number * (CHUNK + _TAG))
                try:
                    chunk = cipher.decrypt(_nonce(number), sealed.read(CHUNK + _TAG), _about(owner, length))
                except InvalidTag:
                    raise RecordingUnreadable(f"{file.name} was changed, or sealed with another key.") from None
                begins = number * CHUNK
                yield chunk[max(0, start - begins) : stop - begins]

    def _cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"svarhus recording").derive(self._key))


def _nonce(number: int) -> bytes:
    """Each key seals one file, and each of its chunks once."""
    return number.to_bytes(_NONCE)


def _about(owner: str, length: int) -> bytes:
    return f"{owner}/{length}".encode()


def _chunks(sound: Iterable[bytes]) -> Iterator[bytes]:
    """The same in chunks of full length, but for the last."""
    rest = b""
    for piece in sound:
        rest += piece
        while len(rest) >= CHUNK:
            yield rest[:CHUNK]
            rest = rest[CHUNK:]
    if rest:
        yield rest


def _opened(file: Path) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        raise RecordingUnreadable(f"{file.name} is not in the folder of recordings.") from error


def _header(sealed: BinaryIO) -> tuple[bytes, int]:
    """Salt and length."""
    header = sealed.read(HEADER)
    if len(header) < HEADER or not header.startswith(MARK):
        raise RecordingUnreadable(f"{Path(sealed.name).name} is no sealed recording.")
    salt, length = header[len(MARK) : len(MARK) + _SALT], header[len(MARK) + _SALT :]
    return salt, int.from_bytes(length)
