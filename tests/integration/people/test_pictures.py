"""Photos are judged by what is in the file, and kept as a small square without anything else."""

import io

import pytest
from PIL import ExifTags, Image

from integration.people.conftest import ANNA, People, actions
from svarhus.domains.people.errors import NoPhoto, NoPicture, PictureTooLarge
from svarhus.domains.people.rights import Actor, Role
from svarhus.domains.photos.pictures import LARGEST_FILE, SIDE, square
from svarhus.kit.errors import NotFound, Refused
from svarhus.kit.ids import OrganisationId


def picture(format: str, size: tuple[int, int] = (400, 300), mode: str = "RGB", **more: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "teal").save(file, format, **more)
    return file.getvalue()


@pytest.mark.parametrize(
    "file", [picture("JPEG"), picture("PNG", mode="RGBA"), picture("WEBP"), picture("PNG", (1, 1))]
)
def test_a_picture_becomes_a_small_square(file: bytes) -> None:
    with Image.open(io.BytesIO(square(file))) as kept:
        assert (kept.format, kept.size, kept.mode) == ("WEBP", (SIDE, SIDE), "RGB")


def test_metadata_is_left_out_and_the_picture_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "somebody"
    lying = Image.new("RGB", (400, 200), "black")
    lying.paste("white", (0, 0, 400, 100))
    file = io.BytesIO()
    lying.save(file, "JPEG", exif=exif)
    kept = square(file.getvalue())
    assert b"somebody" not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert not shown.getexif()
        dark, light = shown.getpixel((20, SIDE // 2)), shown.getpixel((SIDE - 20, SIDE // 2))
    assert isinstance(dark, tuple) and isinstance(light, tuple)
    assert dark[0] < 60 and light[0] > 200


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>",
        picture("GIF", mode="P"),
        picture("BMP"),
        picture("JPEG")[:200],
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
    ],
)
def test_what_is_no_picture_is_refused(file: bytes) -> None:
    with pytest.raises(NoPicture):
        square(file)


@pytest.mark.parametrize(
    "file", [b"\xff" * (LARGEST_FILE + 1), picture("PNG", (10_001, 1)), picture("PNG", (8000, 7000))]
)
def test_what_is_too_large_is_refused(file: bytes) -> None:
    with pytest.raises(PictureTooLarge):
        square(file)


async def test_everybody_sets_their_own_and_administrators_all(people: People) -> None:
    bo, anna = await people.actor("bo"), await people.actor("anna")
    first = await people.wired.photos.put(bo, "bo", picture("PNG"))
    assert await people.wired.photos.all(anna) == {"bo": first}
    assert (await people.wired.photos.photo(anna, "bo")).sha256 == first
    with pytest.raises(Refused):
        await people.wired.photos.put(bo, ANNA, picture("PNG"))
    with pytest.raises(Refused):
        await people.wired.photos.remove(bo, ANNA)
    assert await people.wired.photos.put(anna, "bo", picture("JPEG", (30, 90))) != ""
    await people.wired.photos.remove(anna, "bo")
    with pytest.raises(NoPhoto):
        await people.wired.photos.photo(anna, "bo")
    assert (await actions(people.wired))[:1] == ["photo-removed"]


async def test_another_organisations_photo_is_not_there(people: People) -> None:
    await people.wired.photos.put(await people.actor("bo"), "bo", picture("PNG"))
    stranger = Actor(OrganisationId("other"), Role.ADMINISTRATOR, "eve")
    with pytest.raises(NotFound):
        await people.wired.photos.photo(stranger, "bo")
