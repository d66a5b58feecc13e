"""Photos: whatever is sent is looked at by its content, and drawn anew as a small square without anything else."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from svarhus.domains.people.errors import NoPicture, PictureTooLarge

LARGEST_FILE = 8_000_000
"""Bytes: what a phone's camera makes."""
LARGEST_SIDE = 10_000
LARGEST_AREA = 50_000_000
"""Pixels: more than any phone's camera has, and far less than would fill the memory."""
SIDE = 256
MEDIA_TYPE = "image/webp"
_FORMATS = ("JPEG", "PNG", "WEBP")


def square(file: bytes) -> bytes:
    """The middle of the picture as a WebP of 256 × 256 pixels, upright and without metadata.

    NoPicture when it is none of JPEG, PNG and WebP, or is broken; PictureTooLarge.
    """
    if len(file) > LARGEST_FILE:
        raise PictureTooLarge(f"The file has {len(file):,} bytes; {LARGEST_FILE:,} are allowed.", "Send a smaller one.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(file)
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _not_one() from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError) as error:
        # What Pillow's readers raise for files that are cut off or made up.
        raise _not_one() from error


def _drawn(file: bytes) -> bytes:
    with Image.open(io.BytesIO(file), formats=_FORMATS) as picture:
        width, height = picture.size
        if max(width, height) > LARGEST_SIDE or width * height > LARGEST_AREA:
            raise PictureTooLarge(f"The picture has {width} × {height} pixels.", "Send a smaller one.")
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        upright = ImageOps.exif_transpose(picture)
        fitted = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", (SIDE, SIDE), "white")
    plain.paste(fitted, mask=fitted.getchannel("A"))
    drawn = io.BytesIO()
    plain.save(drawn, "WEBP", quality=82, method=4)
    return drawn.getvalue()


def _not_one() -> NoPicture:
    return NoPicture("The file is not a JPEG, PNG or WebP that can be read.", "Send a photo in one of these formats.")
