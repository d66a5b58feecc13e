"""How much may be sent: little by a stranger, more by who is signed in, and that where it is needed."""

import re
from dataclasses import dataclass

from svarhus.domains.audio import wav
from svarhus.domains.organisation import reading
from svarhus.domains.organisation.lists import LISTS
from svarhus.domains.photos import pictures

SMALL = 65_536
"""Bytes that anybody may send: it is read before anybody is known."""
MOST_VALUES = 8000
"""Of a body of JSON, which is read and checked on the loop: this takes it some 20 ms. A queue with two thousand members
has half of it."""

_DOCUMENT = 262_144
_SOUND = wav.LARGEST + SMALL
_PICTURE = pictures.LARGEST_FILE + SMALL
_FILE = reading.LARGEST + SMALL
_CONTACTS = 10_000_000
"""Bytes. Fifty thousand lines, which is the most at a time, of two hundred characters."""


@dataclass(frozen=True)
class Allowance:
    """What may be sent to an endpoint."""

    largest: int
    """Bytes, of who is signed in."""
    is_upload: bool = False
    """It is a file, which the endpoint reads itself, and not on the loop."""


_OTHERS = Allowance(SMALL)
_LARGER = tuple(
    (re.compile(f"(?:{paths})"), allowance)
    for paths, allowance in (
        ("/api/organisation/file", Allowance(_FILE, is_upload=True)),
        ("/api/(?:messages/[^/]+/audio/[^/]+|phrases/[^/]+/.+)", Allowance(_SOUND, is_upload=True)),
        ("/api/playlists/[^/]+/tracks/[^/]+", Allowance(_SOUND, is_upload=True)),
        ("/api/(?:me|people/[^/]+)/photo", Allowance(_PICTURE, is_upload=True)),
        ("/api/contacts/import(?:/[^/]+)?", Allowance(_CONTACTS, is_upload=True)),
        ("/api/lists/[^/]+/import", Allowance(_CONTACTS, is_upload=True)),
        (f"/api/(?:{'|'.join(LISTS)})(?:/[^/]+)?|/api/organisation", Allowance(_DOCUMENT)),
    )
)


def allowance(path: str) -> Allowance:
    """What may be sent to this address."""
    return next((found for pattern, found in _LARGER if pattern.fullmatch(path)), _OTHERS)
