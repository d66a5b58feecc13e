"""Sounds of playlists, as WAV."""

from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import FileResponse

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.audio import SENT, SOUND_GIVEN, WAV, Anyway
from svarhus.app.api.models.audio import TrackShown, Uploaded
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter

router = ApiRouter(tags=["playlists"], responses=PROBLEMS)

PlaylistKey = Annotated[str, Path(max_length=48)]
TrackName = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="Letters, digits and hyphens.")]


@router.get("/api/playlists/{key}/tracks")
async def tracks(key: PlaylistKey, actor: SignedIn, services: Services) -> tuple[TrackShown, ...]:
    """The sounds of the playlist."""
    found = await services.sounds.tracks(actor, key)
    return tuple(
        TrackShown(
            name=each.name,
            seconds=each.recording.seconds,
            uploaded_by=each.recording.uploaded_by,
            at=each.recording.at,
        )
        for each in found
    )


@router.get("/api/playlists/{key}/tracks/{name}", response_class=FileResponse, responses=SOUND_GIVEN)
async def track(key: PlaylistKey, name: TrackName, actor: SignedIn, services: Services) -> FileResponse:
    """One sound, as callers hear it."""
    return FileResponse(await services.sounds.track(actor, key, name), media_type=WAV)


@router.put("/api/playlists/{key}/tracks/{name}", openapi_extra=SENT)
async def upload(
    request: Request,
    key: PlaylistKey,
    name: TrackName,
    actor: SignedIn,
    services: Services,
    anyway: Anyway = False,
) -> Uploaded:
    """Put this WAV into the playlist, in place of one of the same name."""
    seconds = await services.sounds.upload_track(actor, key, name, await request.body(), anyway=anyway)
    return Uploaded(seconds=seconds)


@router.delete("/api/playlists/{key}/tracks/{name}", status_code=204)
async def remove(key: PlaylistKey, name: TrackName, actor: SignedIn, services: Services) -> None:
    """Take a sound out of the playlist."""
    await services.sounds.remove_track(actor, key, name)
