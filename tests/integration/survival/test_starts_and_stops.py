"""The supervisor dies and is started anew; two installations run side by side; Ctrl-C stops everything."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from integration.house.waiting import until
from integration.survival.contact_centre import document
from integration.survival.crowd import Crowd
from integration.survival.installation import PARTS, Installation
from integration.survival.ledger import Ledger
from svarhus.app.engine_room import database_url
from svarhus.app.settings import Settings, load_secrets
from svarhus.kit.ids import QueueKey

pytestmark = pytest.mark.real_time


@pytest.mark.feature("Q-22")
async def test_calls_go_on_when_everything_is_started_anew_beside_them(
    house: Installation, ledger: Ledger, crowd: Crowd, record_property: Callable[[str, object], None]
) -> None:
    pairs = await crowd.talking(6)
    await crowd.waiting(4)
    line = await ledger.line("back")
    engines = [house.pid(part) for part in ("asterisk", "postgres")]
    begun = time.monotonic()
    house.kill_supervisor()

    async def application_gone() -> bool:
        return house.running("app") is None

    await until(application_gone)
    await pairs[0].caller.hang_up()
    record_property("seconds of the start", round(await asyncio.to_thread(house.start), 2))
    await pairs[0].agent.expect_ended()
    await crowd.sound(pairs[1:], 0.5)
    crowd.no_gap(pairs[1:], begun)
    assert await ledger.line("back") == line
    assert await ledger.busy() == {pair.agent.name for pair in pairs[1:]}
    assert [house.pid(part) for part in ("asterisk", "postgres")] == engines
    assert await ledger.whole()


@pytest.fixture(scope="module")
def neighbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A second installation on the same machine, with the same organisation."""
    running = Installation(tmp_path_factory.mktemp("neighbour") / "data")
    try:
        running.start()
        running.apply(document())
        yield running
    finally:
        running.clear_away()


async def test_two_installations_side_by_side_take_calls_at_once(
    house: Installation, crowd: Crowd, neighbour: Installation
) -> None:
    assert not _ports(house.settings) & _ports(neighbour.settings)
    theirs = Ledger(database_url(neighbour.settings, load_secrets(neighbour.data)))
    async with Crowd(neighbour.server, theirs) as others:
        here, there = await crowd.talking(3), await others.talking(3)
        await crowd.sound(here)
        await others.sound(there, 0.1)
        state = await theirs.state()
        assert {call.caller for call in state.calls.values()} == {pair.caller.name for pair in there}
        assert not state.matching.line(QueueKey("back"))


async def test_ctrl_c_leaves_no_process_and_no_port_taken(neighbour: Installation) -> None:
    settings = neighbour.settings
    pids = [neighbour.pid(part) for part in PARTS]
    assert neighbour.interrupt() == 0
    assert [neighbour.running(part) for part in PARTS] == [None, None, None]
    assert not [pid for pid in pids if _alive(pid)]
    for port in _ports(settings):
        _bind(port, socket.SOCK_STREAM)
    _bind(settings.sip, socket.SOCK_DGRAM)


def _ports(settings: Settings) -> set[int]:
    return {settings.http, settings.sip, settings.sip_tls, settings.https, settings.ari, settings.postgres}


def _alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _bind(port: int, kind: socket.SocketKind) -> None:
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
