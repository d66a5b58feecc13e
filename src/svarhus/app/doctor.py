"""Looks for what can be wrong with an installation, running or not, and says what to do about it."""

import asyncio
import json
import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import asyncpg  # type: ignore[import-untyped]  # it is typed, but does not say so
from sqlalchemy.exc import DBAPIError

from svarhus.app.data_folder import is_held
from svarhus.app.engine_room import ari_url, database_url
from svarhus.app.errors import PortTaken
from svarhus.app.ports import own_ports
from svarhus.app.probes import Answer, connects, holder_of, http_get, sip_answers
from svarhus.app.recordings_left import recordings_left
from svarhus.app.secrecy import without_secrets
from svarhus.app.settings import Secrets, Settings, load_secrets, load_settings, settings_in_force
from svarhus.domains.organisation.claims import clashes
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.engines.asterisk import OLDEST as OLDEST_ASTERISK
from svarhus.engines.asterisk import installed_asterisk
from svarhus.engines.debian import own_mirror
from svarhus.engines.errors import CannotInstall
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError
from svarhus.kit.jobs.looking import Failed, Standing, failed, standing

OLDEST_POSTGRES = 16
MIB = 1024 * 1024
NEEDED_TO_RUN = 500 * MIB
COMFORTABLE = 2048 * MIB
NEEDED_TO_UNPACK = 600 * MIB
LATE = timedelta(seconds=60)
"""For so long a job may wait that could be done: then there is too much to do, or the worker stands still."""
WORKER_LOADS = 10
"""Seconds in which a worker that has just been started is there."""
MOST_TOLD = 5
"""Things of one kind that are told one by one."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    verdict: Literal["ok", "note", "fault"]
    words: str
    remedy: str = ""


async def examine(data: Path) -> AsyncIterator[Finding]:
    """All findings, in the order in which a start would meet them."""
    yield _python()
    data = data.absolute()
    running = is_held(data)
    try:
        settings = settings_in_force(data) if running else load_settings(data)
    except SvarhusError as error:
        yield Finding(
            "fault", " ".join([error.detail, *(f"{f.path}: {f.message}." for f in error.faults)]), error.remedy
        )
        return
    yield Finding("ok", f"the settings of {data} are right")
    yield _clock(data)
    for finding in _disk(settings):
        yield finding
    async for finding in _packages(settings):
        yield finding
    if running:
        async for finding in _running(settings, load_secrets(data)):
            yield finding
    else:
        for finding in _ports(settings):
            yield finding
        async for finding in _own_engines(settings):
            yield finding
        yield Finding("note", "nothing runs on this data folder", "Start it: ./svarhus up")


def _python() -> Finding:
    return Finding("ok", "Python " + ".".join(str(part) for part in sys.version_info[:3]))


def _clock(data: Path) -> Finding:
    """Files cannot be from the future: then the clock has gone back, and promises are kept at wrong times."""
    newest = max((path.stat().st_mtime for path in [Path(__file__), *data.glob("log/*.log")]), default=0.0)
    ahead = newest - SystemClock().now().timestamp()
    if ahead > 60:
        return Finding(
            "fault",
            f"the clock is {ahead:.0f} s behind files of this installation",
            "Set the clock; have it kept by NTP.",
        )
    return Finding("ok", "the clock goes on from the newest files")


def _disk(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(_existing(settings.data)).free
    words = f"{free // MIB} MB are free for the data folder"
    if free < NEEDED_TO_RUN:
        yield Finding("fault", f"the disk is full: {words}", "Make room, or move the data folder to a larger disk.")
    else:
        yield Finding("ok" if free > COMFORTABLE else "note", words, "Recordings and the journal grow: make room soon.")
    room = shutil.disk_usage(_existing(settings.cache)).free
    if not settings.ari_url and installed_asterisk(settings.cache) is None and room < NEEDED_TO_UNPACK:
        yield Finding(
            "fault",
            f"{room // MIB} MB are free for downloads in {settings.cache}; Asterisk needs {NEEDED_TO_UNPACK // MIB}",
            "Make room, or name another folder in SVARHUS_CACHE.",
        )


async def _packages(settings: Settings) -> AsyncIterator[Finding]:
    if settings.ari_url:
        return
    try:
        asterisk = installed_asterisk(settings.cache)
        if asterisk is not None:
            yield Finding("ok", f"{asterisk.version()} is unpacked in {settings.cache}")
            return
        address = own_mirror()
    except CannotInstall as error:
        yield Finding("fault", error.detail, error.remedy)
        return
    host, port = (
        urlsplit(address).hostname or "",
        urlsplit(address).port or (443 if address.startswith("https") else 80),
    )
    if await connects(host, port, limit=5):
        yield Finding("note", f"Asterisk is not unpacked yet; {host} can be reached", "./svarhus up fetches it.")
    else:
        yield Finding(
            "fault",
            f"Asterisk is not unpacked yet, and the mirror {host} cannot be reached",
            "Is there a network? Is a proxy named in /etc/apt/apt.conf.d? Does the name resolve?",
        )


def _ports(settings: Settings) -> Iterator[Finding]:
    taken = 0
    for port in own_ports(settings):
        try:
            port.require_free()
        except PortTaken as error:
            taken += 1
            yield Finding("fault", error.detail.rstrip("."), error.remedy)
    if not taken:
        yield Finding("ok", "the ports are free")


async def _running(settings: Settings, secrets: Secrets) -> AsyncIterator[Finding]:
    yield await _database(database_url(settings, secrets), settings)
    for finding in await _shared(database_url(settings, secrets)):
        yield finding
    user, password, host, port = _parts(ari_url(settings, secrets))
    ari = await http_get(host, port, "/ari/asterisk/info", user=user, password=password)
    yield _interface(ari, settings)
    if ari is not None and ari.status == 200:
        yield calls_told(await http_get(host, port, "/ari/channels", limit=5, user=user, password=password))
    if not settings.ari_url:
        yield await _sip(settings, ari)
    yield await _application(settings)
    for finding in await _jobs(database_url(settings, secrets), settings):
        yield finding
    async for finding in _recordings(database_url(settings, secrets), settings):
        yield finding


async def _jobs(url: str, settings: Settings) -> list[Finding]:
    database = Database(url, connections=1)
    try:
        for _ in range(WORKER_LOADS):
            async with database.begin() as session:
                now, given_up = await standing(session), await failed(session, MOST_TOLD)
            if now.workers:
                break
            await asyncio.sleep(1)
        return told_of_jobs(now, given_up, settings.log / "worker.log")
    except (SvarhusError, DBAPIError):
        return []  # That the database does not answer, or is older, is told already.
    finally:
        await database.close()


def told_of_jobs(now: Standing, given_up: Sequence[Failed], log: Path) -> list[Finding]:
    """Whether what is to be done later is done."""
    found = []
    if not now.workers:
        found.append(Finding("fault", f"no worker runs; {now.waiting} jobs wait for one", f"See {log}."))
    elif now.late > LATE:
        seconds = now.late.total_seconds()
        found.append(Finding("fault", f"jobs wait for {seconds:.0f} s though their time has come", f"See {log}."))
    else:
        found.append(Finding("ok", f"the worker does its jobs ({now.waiting} wait for their time)"))
    for each in given_up:
        words = f"the job {each.id} ({each.kind}) was given up: {without_secrets(each.why)}"
        remedy = f"Mend what it says, then ./svarhus jobs --again {each.id}; or --forget {each.id}."
        found.append(Finding("fault", words, remedy))
    if now.failed > len(given_up):
        found.append(Finding("fault", f"{now.failed - len(given_up)} more jobs were given up", "See ./svarhus jobs."))
    return found


async def _recordings(url: str, settings: Settings) -> AsyncIterator[Finding]:
    try:
        left = await recordings_left(url, settings.recordings, SystemClock().now())
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return  # That the database does not answer is told already.
    for file in left.files[:MOST_TOLD]:
        yield Finding(
            "note", f"the recording {file} belongs to no message", "Listen to it; then delete it, or keep it elsewhere."
        )
    if len(left.files) > MOST_TOLD:
        yield Finding("note", f"{len(left.files) - MOST_TOLD} more recordings there belong to no message")
    if left.messages:
        named = ", ".join(left.messages[:MOST_TOLD])
        words = f"{len(left.messages)} messages have no sound in {settings.recordings}: {named}"
        yield Finding("fault", words, "Bring the files back from a backup, or delete the messages.")


async def _own_engines(settings: Settings) -> AsyncIterator[Finding]:
    if settings.database_url:
        yield await _database(settings.database_url, settings)
    if settings.ari_url:
        user, password, host, port = _parts(settings.ari_url)
        yield _interface(await http_get(host, port, "/ari/asterisk/info", user=user, password=password), settings)


async def _database(url: str, settings: Settings) -> Finding:
    where = "in SVARHUS_DATABASE_URL" if settings.database_url else f"see {settings.log / 'postgres.log'}"
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        return Finding(
            "fault", f"the database does not answer: {error}", f"Is it running, and is the address right ({where})?"
        )
    version = connection.get_server_version()
    await connection.close()
    if version.major < OLDEST_POSTGRES:
        return Finding("fault", f"PostgreSQL {version.major} is too old", f"Use {OLDEST_POSTGRES} or newer.")
    return Finding("ok", f"PostgreSQL {version.major}.{version.micro} answers")


async def _shared(url: str) -> list[Finding]:
    """What several organisations have, from times when it was not looked at."""
    try:
        database = Database(url, connections=1)
    except ValueError:
        return []
    kept = OrganisationRepository(database)
    try:
        found = {each: (await kept.load(each))[1] for each in await kept.organisations()}
    except (SvarhusError, DBAPIError):
        return []  # That the database does not answer, or has yet to be brought up to date, is told elsewhere.
    finally:
        await database.close()
    remedy = "Take it from one of them: calls and phones may be taken for the other's."
    return [Finding("fault", f"two organisations have the same: {words}", remedy) for words in clashes(found)]


def calls_told(answer: Answer | None) -> Finding:
    """Whether Asterisk can tell its calls: without it, a start cannot take them over."""
    if answer is not None and answer.status == 200:
        return Finding("ok", "Asterisk tells its calls")
    what = f"status {answer.status}: {answer.body[:200]}" if answer else "no answer"
    return Finding(
        "fault",
        f"Asterisk does not tell its calls ({what})",
        "A call with characters that are no text stands in the way. It is ended when the application takes over; "
        "if it stays, restart Asterisk.",
    )


def _interface(ari: Answer | None, settings: Settings) -> Finding:
    own = "SVARHUS_ARI_URL" if settings.ari_url else str(settings.log / "asterisk.log")
    if ari is None:
        return Finding("fault", "Asterisk's interface (ARI) does not answer", f"See {own}; is http.conf enabled there?")
    if ari.status == 401:
        return Finding("fault", "Asterisk's interface (ARI) refuses our password", f"See {own} and ari.conf.")
    try:
        version = json.loads(ari.body)["system"]["version"]
    except (ValueError, KeyError, TypeError):
        return Finding("fault", f"what answers as Asterisk's interface is not ARI (status {ari.status})", f"See {own}.")
    if int(version.split(".")[0]) < OLDEST_ASTERISK:
        return Finding("fault", f"Asterisk {version} is too old", f"Use {OLDEST_ASTERISK} or newer.")
    return Finding("ok", f"Asterisk {version.split('~')[0].split('+')[0]} answers its interface (ARI)")


async def _sip(settings: Settings, ari: Answer | None) -> Finding:
    where = f"{settings.local_address}:{settings.sip}"
    if await sip_answers(settings.local_address, settings.sip):
        return Finding("ok", f"SIP answers on {where}")
    holder = holder_of(settings.sip, "udp")
    who = f"the port is held by {holder.program} (process {holder.pid})" if holder else "nobody listens there"
    if ari is not None:
        return Finding(
            "fault",
            f"SIP does not answer on {where} though Asterisk's interface does; {who}",
            f"End what holds the port, or choose another: --sip PORT. See {settings.log / 'asterisk.log'}.",
        )
    return Finding("fault", f"SIP does not answer on {where}; {who}", f"See {settings.log / 'asterisk.log'}.")


async def _application(settings: Settings) -> Finding:
    answer = await http_get(settings.local_address, settings.http, "/readyz", limit=5)
    log = settings.log / "app.log"
    if answer is None:
        return Finding("fault", f"the application does not answer on {settings.web_url}", f"See {log}.")
    if answer.status == 200:
        return Finding("ok", f"the application is ready on {settings.web_url}")
    return Finding(
        "fault", f"the application is not ready: {answer.body[:300]}", f"What is false there is missing. See {log}."
    )


def _parts(url: str) -> tuple[str, str, str, int]:
    parts = urlsplit(url)
    return parts.username or "", parts.password or "", parts.hostname or "", parts.port or 8088


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())
