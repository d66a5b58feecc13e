"""`svarhus up` and `svarhus try` as a newcomer types them."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from real_asterisk import free_ports
from svarhus.app.demo_notes import read_notes
from svarhus.app.tryout.client import Client
from svarhus.engines.asterisk import Asterisk
from svarhus.phones.scenarios import actors

pytestmark = pytest.mark.real_time

SCRIPT = Path(__file__).parents[3] / "svarhus"


@asynccontextmanager
async def _up(data: Path, *flags: str) -> AsyncIterator[tuple[str, str]]:
    """A running installation: where its API and its SIP are."""
    http, sip = free_ports("127.0.0.1", 2)
    words = ("up", "--data", str(data), "--http", str(http), "--sip", str(sip), *flags)
    process = await asyncio.create_subprocess_exec(
        SCRIPT, *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, start_new_session=True
    )
    assert process.stdout is not None
    told = b""
    try:
        async with asyncio.timeout(90):
            while b"Svarhus runs" not in told:
                line = await process.stdout.readline()
                assert line, told.decode()
                told += line
        reading = asyncio.create_task(process.stdout.read())
        yield f"http://127.0.0.1:{http}", f"127.0.0.1:{sip}"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGINT)
        async with asyncio.timeout(60):
            await process.wait()
    await reading


async def _try(data: Path) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        SCRIPT, "try", "--data", str(data), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    told, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, told.decode()


@pytest.mark.limit(300)
async def test_the_demo_is_walked_through_without_ringing_anybody_real(
    tmp_path: Path, asterisk_program: Asterisk
) -> None:
    data = tmp_path / "demo"
    async with _up(data) as (url, server), actors("real", server=server) as (real,), Client(url) as api:
        people = read_notes(data).people
        await real.register(people[0].extension, people[0].phone_password)
        await api.sign_in(people[0].email, people[0].password)
        before = {agent.key: agent.queues for agent in (await api.now()).agents}

        status, told = await _try(data)

        assert status == 0, told
        assert "fault" not in told
        for heard in ("Välkommen till Vårdcentralen Svarhus", "Du står först i kön", "Vi ringer dig i"):
            assert heard in told
        assert "400 Hz" in told
        assert real.calls == [], "a real agent's phone has rung"
        now = await api.now()
        assert {agent.key: agent.queues for agent in now.agents} == before
        assert now.calls == ()
        assert await api.callbacks_for("+46701740652") == ()


async def test_what_is_wrong_is_named_with_what_to_do(tmp_path: Path) -> None:
    status, told = await _try(tmp_path)
    assert status == 1
    assert "Nothing runs on this data folder." in told
    assert "What to do: Start it in another terminal:" in told
    assert str(tmp_path) in told


async def test_an_installation_without_the_demo_is_looked_at_as_far_as_it_goes(
    tmp_path: Path, asterisk_program: Asterisk
) -> None:
    data = tmp_path / "own"
    async with _up(data, "--empty"):
        status, told = await _try(data)
    assert status == 0, told
    assert "SIP answers" in told
    assert "no demo organisation" in told
    assert "docs/guide/first-call.md" in told
