"""Voicemails."""

from typing import Annotated

from fastapi import Header, Path, Query
from fastapi.responses import FileResponse

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.desk import Peaks
from svarhus.app.api.models.voicemails import VoicemailShown
from svarhus.app.api.paging import Cursor, Limit, Paged, paged
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.cases.model import CaseRef
from svarhus.domains.channels.names import VOICEMAIL
from svarhus.domains.voicemails.service import MOST_PEAKS
from svarhus.kit.document import Key
from svarhus.kit.ids import QueueKey, RecordingId

router = ApiRouter(prefix="/api/voicemails", tags=["voicemails"], responses=PROBLEMS)

Id = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,120}$")]

WAV = "audio/wav"


class WavResponse(FileResponse):
    """Answers range requests (RFC 9110, 14), so that players can seek."""

    media_type = WAV


@router.get("")
async def voicemails(
    actor: SignedIn,
    services: Services,
    handled: Annotated[bool, Query(description="Those that were handled, the newest first.")] = False,
    queue: Key | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Paged[VoicemailShown]:
    """Those that are to be handled, the oldest first."""
    wanted = QueueKey(queue) if queue else None
    found = await services.centre.voicemails.voicemails(actor, handled, wanted, cursor, limit)
    return paged(found.map(VoicemailShown.model_validate))


@router.get("/{id}")
async def voicemail(id: Id, actor: SignedIn, services: Services) -> VoicemailShown:
    return VoicemailShown.model_validate(await services.centre.voicemails.voicemail(actor, RecordingId(id)))


@router.get(
    "/{id}/sound",
    response_class=WavResponse,
    responses={
        200: {"content": {WAV: {"schema": {"type": "string", "format": "binary"}}}},
        206: {"description": "A part of it.", "content": {WAV: {"schema": {"type": "string", "format": "binary"}}}},
    },
)
async def sound(
    id: Id, actor: SignedIn, services: Services, range: Annotated[str | None, Header(max_length=200)] = None
) -> WavResponse:
    """Listen to it. This is noted in the audit log."""
    from_start = range is None or range.replace(" ", "").startswith("bytes=0-")
    file = await services.centre.voicemails.listen(actor, RecordingId(id), from_start=from_start)
    return WavResponse(file, media_type=WAV)


@router.get("/{id}/peaks")
async def peaks(
    id: Id,
    actor: SignedIn,
    services: Services,
    count: Annotated[int, Query(ge=10, le=MOST_PEAKS, description="How many slices.")] = 240,
) -> Peaks:
    """The shape of the sound, for a picture of it."""
    voicemail = await services.centre.voicemails.voicemail(actor, RecordingId(id))
    found = await services.centre.voicemails.peaks(actor, RecordingId(id), count)
    return Peaks(seconds=voicemail.seconds, peaks=found)


@router.post("/{id}/handled")
async def handled(id: Id, actor: SignedIn, services: Services) -> VoicemailShown:
    """Mark it as handled, by you unless somebody was before you."""
    await services.centre.cases.handle(actor, CaseRef(VOICEMAIL, id))
    return VoicemailShown.model_validate(await services.centre.voicemails.voicemail(actor, RecordingId(id)))


@router.delete("/{id}", status_code=204)
async def delete(id: Id, actor: SignedIn, services: Services) -> None:
    """Delete it and its sound for good."""
    await services.centre.voicemails.delete(actor, RecordingId(id))
