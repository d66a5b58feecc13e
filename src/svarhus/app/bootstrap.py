"""Wires the application together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from svarhus.app.engine_room import database_url
from svarhus.app.health import health_router
from svarhus.app.settings import Secrets, Settings
from svarhus.kit.database import Database


def build(settings: Settings, secrets: Secrets) -> FastAPI:
    """The application of one data folder."""
    database = Database(database_url(settings, secrets))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await database.close()

    application = FastAPI(
        title="Svarhus",
        openapi_url="/api/openapi.json",
        docs_url="/api/docs",
        lifespan=lifespan,
    )
    application.include_router(health_router({"database": database.answers}))
    return application
