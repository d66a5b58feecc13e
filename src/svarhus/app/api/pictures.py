"""How photos are sent and kept."""

from typing import Any

from pydantic import BaseModel, Field

_BINARY = {"schema": {"type": "string", "format": "binary"}}

PHOTO_SENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"image/jpeg": _BINARY, "image/png": _BINARY, "image/webp": _BINARY},
    }
}
"""The body of a request that sends a photo."""


class PhotoKept(BaseModel):
    """A photo of 256 × 256 pixels."""

    sha256: str = Field(description="By which it is known: `/api/people/{key}/photo?v=…` never changes.")
