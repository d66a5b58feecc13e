"""Wires the application together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from fastapi import FastAPI

from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.adapters.asterisk.engine import AsteriskEngine
from svarhus.adapters.espeak.speech import EspeakSpeech
from svarhus.app.engine_room import ari_url, database_url
from svarhus.app.exchanges import Exchanges
from svarhus.app.health import health_router
from svarhus.app.organisations import organisations
from svarhus.app.settings import Secrets, Settings
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database


def ari_address(url: str) -> AriAddress:
    """`http://user:password@host:port` in its parts."""
    parts = urlsplit(url)
    return AriAddress(
        f"{parts.scheme}://{parts.hostname}:{parts.port}", parts.username or "", parts.password or ""
    )


def build(settings: Settings, secrets: Secrets) -> FastAPI:
    """The application of one data folder."""
    clock = SystemClock()
    database = Database(database_url(settings, secrets))
    services = organisations(database, clock)
    engine = AsteriskEngine(ari_address(ari_url(settings, secrets)), settings.recordings)
    prompts = Prompts(settings.audio, EspeakSpeech(), RecordingsRepository(database), clock)
    exchanges = Exchanges(database, engine, services.repository, prompts, clock)

    async def engine_connected() -> bool:
        return engine.connected

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await exchanges.start()
        yield
        await exchanges.stop()
        await database.close()

    application = FastAPI(
        title="Svarhus",
        openapi_url="/api/openapi.json",
        docs_url="/api/docs",
        lifespan=lifespan,
    )
    application.include_router(
        health_router(
            {"database": database.answers, "telephony": engine_connected, "organisations": exchanges.ready}
        )
    )
    return application
