"""The whole product, started as its user starts it."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from integration.house.waiting import until
from real_asterisk import free_ports
from svarhus.app.doctor import examine
from svarhus.app.probes import http_get, sip_answers
from svarhus.app.settings import keep_in_force, settings_in_force
from svarhus.engines.child import Child, running_pid


class Installation:
    """A data folder with its two named ports."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.http, self.sip = free_ports("127.0.0.1", 2)

    async def start(self, *more: str) -> asyncio.subprocess.Process:
        words = ("--data", str(self.data), "--http", str(self.http), "--sip", str(self.sip), *more)
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "svarhus.app.cli",
            "up",
            *words,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    def pid(self, name: str) -> int | None:
        return running_pid(self.data / "run" / f"{name}.pid")

    async def ready(self) -> bool:
        answer = await http_get("127.0.0.1", self.http, "/readyz")
        return answer is not None and answer.status == 200

    async def worker_works(self) -> bool:
        answer = await http_get("127.0.0.1", self.http, "/readyz")
        return answer is not None and '"worker":true' in answer.body

    async def sip_answers(self) -> bool:
        return await sip_answers("127.0.0.1", self.sip, limit=0.2)

    async def kill_and_see_it_again(self, name: str) -> float:
        killed = self.pid(name)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)

        async def another() -> bool:
            return self.pid(name) not in (None, killed)

        return await until(another)


@asynccontextmanager
async def running(installation: Installation, *more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await installation.start(*more)
    try:
        await until(installation.ready)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await process.communicate()


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    made = Installation(tmp_path / "data")
    yield made
    for name in ("worker", "app", "asterisk", "postgres"):
        if left := Child.left_behind(made.data / "run" / f"{name}.pid"):
            await left.stop(signal.SIGKILL, patience=1)


async def test_everything_starts_shows_itself_and_stops(installation: Installation) -> None:
    process = await installation.start()
    await until(installation.ready)
    assert await installation.sip_answers()
    verdicts = {finding.words: finding.verdict async for finding in examine(installation.data)}
    assert "fault" not in verdicts.values(), verdicts
    process.send_signal(signal.SIGINT)
    shown, _ = await process.communicate()
    assert process.returncode == 0
    for words in (b"the demo organisation is loaded", b"/api/openapi.json", b"svarhus try", b"+46", b"stopped"):
        assert words in shown
    assert [installation.pid(name) for name in ("worker", "app", "asterisk", "postgres")] == [None] * 4
    async with running(installation) as again:
        again.send_signal(signal.SIGINT)
        shown, _ = await again.communicate()
    assert b"the database is up to date" in shown, "what is there is not made twice"
    assert b"the demo organisation is loaded" not in shown


async def test_each_part_runs_again_when_it_is_killed(installation: Installation) -> None:
    async with running(installation, "--empty"):
        await installation.kill_and_see_it_again("app")
        await until(installation.ready)
        await until(installation.worker_works)
        await installation.kill_and_see_it_again("worker")
        await until(installation.worker_works)
        await installation.kill_and_see_it_again("asterisk")
        await until(installation.sip_answers)
        await installation.kill_and_see_it_again("postgres")
        await until(installation.ready)
        await until(installation.worker_works)


async def test_engines_outlive_a_killed_start_and_are_adopted(installation: Installation) -> None:
    async with running(installation, "--empty") as killed:
        engines = [installation.pid(name) for name in ("asterisk", "postgres")]
        killed.kill()

        async def application_gone() -> bool:
            return installation.pid("app") is None

        await until(application_gone)
        assert [installation.pid(name) for name in ("asterisk", "postgres")] == engines
    async with running(installation):
        assert [installation.pid(name) for name in ("asterisk", "postgres")] == engines


async def test_the_doctor_tells_sip_that_does_not_answer_though_asterisk_does(installation: Installation) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        async with running(installation, "--empty"):
            in_force = settings_in_force(installation.data)
            keep_in_force(replace(in_force, sip=other.getsockname()[1]))
            faults = [finding.words async for finding in examine(installation.data) if finding.verdict == "fault"]
            keep_in_force(in_force)
    assert len(faults) == 1
    assert "though Asterisk's interface does; the port is held by" in faults[0]


async def test_a_data_folder_in_use_is_left_alone(installation: Installation) -> None:
    async with running(installation, "--empty"):
        second = await installation.start()
        told, _ = await second.communicate()
        assert second.returncode == 1
        assert b"is in use by process" in told


async def test_a_taken_port_is_told_by_the_start_and_by_the_doctor(installation: Installation) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", installation.sip))
        process = await installation.start("--empty")
        told, _ = await process.communicate()
        assert process.returncode == 1
        wanted = f"Port {installation.sip} (UDP, 127.0.0.1) is taken by"
        assert wanted.encode() in told
        (installation.data / "svarhus.toml").write_text(f"sip = {installation.sip}\nhttp = {installation.http}\n")
        faults = [finding.words async for finding in examine(installation.data) if finding.verdict == "fault"]
        assert [fault.startswith(wanted) for fault in faults] == [True]
