"""Wires the application together."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from prometheus_client import CollectorRegistry, ProcessCollector

from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.adapters.asterisk.browser_line import BrowserLine
from svarhus.adapters.asterisk.configuration import SECURITY_LOG
from svarhus.adapters.asterisk.engine import AsteriskEngine
from svarhus.adapters.espeak.speech import EspeakSpeech
from svarhus.adapters.webpush.identity import Identity
from svarhus.adapters.webpush.sender import WebPushSender
from svarhus.app.api import create_api
from svarhus.app.api.services import api_services
from svarhus.app.centre import centre
from svarhus.app.console.serving import ConsolePages
from svarhus.app.engine_room import ari_url, database_url
from svarhus.app.exchanges import Exchanges
from svarhus.app.health import health_router
from svarhus.app.job_figures import JobFigures
from svarhus.app.metrics import Commits, LiveFigures, SipEdge
from svarhus.app.organisations import organisations
from svarhus.app.push_offers import PushOffers
from svarhus.app.settings import Secrets, Settings
from svarhus.app.text_reading import TextReading
from svarhus.domains.audio.repository import RecordingsRepository
from svarhus.domains.audio.service import Prompts
from svarhus.domains.guests.service import CallUs
from svarhus.domains.outbox.hosts import Hosts
from svarhus.domains.people.sealing import Seal
from svarhus.domains.push.service import Push
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId


def ari_address(url: str) -> AriAddress:
    """`http://user:password@host:port` in its parts."""
    parts = urlsplit(url)
    return AriAddress(f"{parts.scheme}://{parts.hostname}:{parts.port}", parts.username or "", parts.password or "")


def security_log(settings: Settings) -> Path | None:
    """Where our own Asterisk tells of what happens at the SIP edge; None for an operator's own Asterisk."""
    return None if settings.ari_url else settings.asterisk_folder / "log" / SECURITY_LOG


def asterisk_etc(settings: Settings) -> Path | None:
    """Where Asterisk's configuration is; None for an operator's own Asterisk that was not configured by us."""
    etc = settings.asterisk_folder / "etc"
    return etc if not settings.ari_url or etc.is_dir() else None


async def see_guests_out(call_us: CallUs) -> None:
    """Every minute: visitors of the public page whose time is over."""
    while True:
        await call_us.forget_expired()
        await asyncio.sleep(60.0)


def build(settings: Settings, secrets: Secrets) -> FastAPI:
    """The application of one data folder."""
    clock = SystemClock()
    database = Database(database_url(settings, secrets))
    hosts = Hosts(settings.message_hosts.split())
    wired = organisations(database, clock, seal=Seal(secrets.sealing_key), message_hosts=hosts)
    registry = CollectorRegistry()
    address = ari_address(ari_url(settings, secrets))
    engine = AsteriskEngine(
        address, settings.recordings, security_log(settings), SipEdge(registry).told, asterisk_etc(settings)
    )
    prompts = Prompts(settings.audio, EspeakSpeech(), RecordingsRepository(database), clock)
    ProcessCollector(registry=registry)
    exchanges = Exchanges(database, engine, wired.repository, prompts, clock, Commits(registry).told, wired.pins)
    registry.register(LiveFigures(exchanges.running, lambda: engine.connected))
    jobs = JobFigures(database)
    registry.register(jobs)

    async def engine_connected() -> bool:
        return engine.connected

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await exchanges.start()
        beside = [
            asyncio.create_task(see_guests_out(call_us)),
            asyncio.create_task(jobs.run()),
            asyncio.create_task(services.standings.run()),
            asyncio.create_task(PushOffers(exchanges.running, push).run()),
            asyncio.create_task(TextReading(database, exchanges).run()),
        ]
        yield
        for task in beside:
            task.cancel()
        await exchanges.stop()
        await sender.close()
        await database.close()

    found = centre(database, clock, wired, exchanges, settings.recordings, secrets.sealing_key)
    checks = {"database": database.answers, "telephony": engine_connected, "organisations": exchanges.ready}
    callable_by_all = OrganisationId(settings.call_us) if settings.call_us else None
    call_us = CallUs(callable_by_all, wired.repository, engine.parts.guests, clock)
    sender = WebPushSender(Identity(secrets.push_key, settings.push_contact), settings.push_services.split(), clock)
    push = Push(database, clock, sender)
    services = dataclasses.replace(
        api_services(database, clock, wired, found, prompts),
        browser_line=BrowserLine(address),
        call_us=call_us,
        push=push,
    )
    application = create_api(
        services, lifespan, [health_router(checks, registry, secrets.metrics_token, {"worker": jobs.worker_lives})]
    )
    # The last of all: it answers every address that nothing else does.
    application.router.routes.extend(ConsolePages().routes())
    return application
