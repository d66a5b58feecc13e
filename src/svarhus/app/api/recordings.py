"""Recorded conversations."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Header, Path, Query, Response
from fastapi.responses import StreamingResponse

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.recordings import CallRecordingShown
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.ranges import Range, Unsatisfiable, wanted_range
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.recordings.model import CallRecording
from svarhus.domains.recordings.service import Heard, Recordings
from svarhus.kit.ids import CallId, RecordingId
from svarhus.kit.waveform import wav_header

router = ApiRouter(prefix="/api", tags=["call recordings"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]

WAV = "audio/wav"
CHANNELS = 2
_SOUND = {"content": {WAV: {"schema": {"type": "string", "format": "binary"}}}}


@router.get("/calls/{call}/recordings")
async def recordings_of_call(call: Id, actor: SignedIn, services: Services) -> tuple[CallRecordingShown, ...]:
    """What was recorded of a call, in order: what you may hear of it."""
    found = await services.centre.recordings.of_call(actor, CallId(call))
    return tuple(CallRecordingShown.model_validate(each) for each in found)


@router.get(
    "/call-recordings/{id}/sound",
    response_class=StreamingResponse,
    responses={200: _SOUND, 206: {"description": "A part of it.", **_SOUND}},
)
async def recorded_sound(
    id: Id,
    actor: SignedIn,
    services: Services,
    range: Annotated[str | None, Header(max_length=200)] = None,
    download: Annotated[bool, Query(description="As a file to keep, which takes a right of its own.")] = False,
) -> Response:
    """Listen to it: a WAV with two channels. This is noted in the audit log, with the call."""
    from_start = range is None or range.replace(" ", "").startswith("bytes=0-")
    heard = await services.centre.recordings.hear(actor, RecordingId(id), from_start=from_start, download=download)
    header = wav_header(heard.length, CHANNELS)
    length = len(header) + heard.length
    try:
        part = wanted_range(range, length)
    except Unsatisfiable:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{length}"})
    start, stop = part or Range(0, length)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(stop - start), "Cache-Control": "no-store"}
    if part:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{length}"
    if download:
        headers["Content-Disposition"] = f'attachment; filename="{_file_name(heard.recording)}"'
    body = _parts(services.centre.recordings, heard, header, start, stop)
    return StreamingResponse(body, 206 if part else 200, headers, WAV)


@router.delete("/call-recordings/{id}", status_code=204)
async def delete_recording(id: Id, actor: SignedIn, services: Services) -> None:
    """Delete it and its sound for good, before its time is over."""
    await services.centre.recordings.delete(actor, RecordingId(id))


def _file_name(recording: CallRecording) -> str:
    return f"{recording.began_at:%Y-%m-%d-%H%M%S}-{recording.id}.wav"


def _parts(recordings: Recordings, heard: Heard, header: bytes, start: int, stop: int) -> Iterator[bytes]:
    """From byte to byte of header and sound together. It is read in threads, as the response asks for it."""
    if start < len(header):
        yield header[start:stop]
    if stop > len(header):
        yield from recordings.sound(heard, max(0, start - len(header)), stop - len(header))
