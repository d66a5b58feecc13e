"""Recordings of messages and of the product's own phrases, as WAV."""

from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import Path, Query, Request
from fastapi.responses import FileResponse

from svarhus.app.api.access import Services, SignedIn
from svarhus.app.api.models.audio import Phrase, RecordingShown, Uploaded
from svarhus.app.api.problems import PROBLEMS
from svarhus.app.api.routing import ApiRouter
from svarhus.domains.audio.lexicon import LANGUAGES
from svarhus.domains.audio.wording import fixed_fragments
from svarhus.kit.errors import NotFound

router = ApiRouter(tags=["recordings"], responses=PROBLEMS)

WAV = "audio/wav"

MessageKey = Annotated[str, Path(max_length=48)]
SpokenLanguage = Annotated[str, Path(pattern=r"^[a-z]{2}$")]
PhraseKey = Annotated[str, Path(max_length=100)]

Anyway = Annotated[bool, Query(description="Use it although it is silent; else that is refused.")]

_WAV_CONTENT: dict[str, Any] = {WAV: {"schema": {"type": "string", "format": "binary"}}}
SENT: dict[str, Any] = {"requestBody": {"required": True, "content": _WAV_CONTENT}}
SOUND_GIVEN: dict[int | str, dict[str, Any]] = {200: {"content": _WAV_CONTENT, "description": "The sound."}}


@router.get("/api/recordings")
async def recordings(actor: SignedIn, services: Services) -> tuple[RecordingShown, ...]:
    """All that the organisation has uploaded."""
    found = await services.sounds.uploaded(actor)
    return tuple(
        RecordingShown(
            key=each.key, language=each.language, seconds=each.seconds, uploaded_by=each.uploaded_by, at=each.at
        )
        for each in found
    )


@router.get("/api/messages/{key}/audio/{language}", response_class=FileResponse, responses=SOUND_GIVEN)
async def heard(key: MessageKey, language: SpokenLanguage, actor: SignedIn, services: Services) -> FileResponse:
    """What a caller with this language hears: the recording, or the manuscript as it is spoken."""
    return _sound(await services.sounds.heard(actor, key, language))


@router.put("/api/messages/{key}/audio/{language}", openapi_extra=SENT)
async def upload(
    request: Request,
    key: MessageKey,
    language: SpokenLanguage,
    actor: SignedIn,
    services: Services,
    anyway: Anyway = False,
) -> Uploaded:
    """Play this WAV in place of the manuscript."""
    seconds = await services.sounds.upload_message(actor, key, language, await request.body(), anyway=anyway)
    return Uploaded(seconds=seconds)


@router.delete("/api/messages/{key}/audio/{language}", status_code=204)
async def remove(key: MessageKey, language: SpokenLanguage, actor: SignedIn, services: Services) -> None:
    """Delete the recording: the manuscript is spoken again."""
    await services.sounds.remove_message(actor, key, language)


@router.get("/api/phrases/{language}")
async def phrases(language: SpokenLanguage, actor: SignedIn) -> tuple[Phrase, ...]:
    """What the product says in this language, apart from numbers, times and dates."""
    if language not in LANGUAGES:
        raise NotFound(f"Nothing is spoken in `{language}`.", f"There are {', '.join(LANGUAGES)}.")
    found = {each.key: each.text for each in fixed_fragments(language) if each.text}
    return tuple(Phrase(key=key, text=text) for key, text in found.items())


@router.put("/api/phrases/{language}/{key:path}", openapi_extra=SENT)
async def upload_phrase(
    request: Request,
    language: SpokenLanguage,
    key: PhraseKey,
    actor: SignedIn,
    services: Services,
    anyway: Anyway = False,
) -> Uploaded:
    """Play this WAV in place of a phrase, a number (`number/3`), a digit (`digit/7`) or a day (`day/mon`)."""
    seconds = await services.sounds.upload_phrase(actor, key, language, await request.body(), anyway=anyway)
    return Uploaded(seconds=seconds)


@router.delete("/api/phrases/{language}/{key:path}", status_code=204)
async def remove_phrase(language: SpokenLanguage, key: PhraseKey, actor: SignedIn, services: Services) -> None:
    """Delete the recording of a phrase."""
    await services.sounds.remove_phrase(actor, key, language)


def _sound(file: FilePath) -> FileResponse:
    return FileResponse(file, media_type=WAV)
