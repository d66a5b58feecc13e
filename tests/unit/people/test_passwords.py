"""Which passwords are tried first, and that others' work keeps nobody from signing in."""

import asyncio
import threading

import pytest

from database import WEAK_HASHER
from svarhus.domains.people.common import is_common
from svarhus.domains.people.passwords import Passwords
from svarhus.kit.workshop import TooBusy, Workshop


@pytest.mark.parametrize(
    "password",
    [
        "Sommar2027!",
        "Lösenord2026",
        "kesäkesäkesä",
        "p4ssw0rd.1",
        "Admin123456!",
        "qwerty123456",
        "1234567890",
        "0987654321",
        "abcabcabcabc",
        "iloveyou123",
        "Summer-Winter-2024",
        "\uff50assword2026",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse",
        "battery staple",
        "volvo242 i skogen",
        "k7dmq2xwpz9a",
        "xkqjw-7pvtz",
        "tr0ub4dor&3",
        "min katt heter Sune",
    ],
)
def test_what_nobody_tries_first_is_taken(password: str) -> None:
    assert not is_common(password)


async def test_hashing_waits_for_no_other_work() -> None:
    go_on = threading.Event()
    loop = asyncio.get_running_loop()
    others = [loop.run_in_executor(None, go_on.wait, 60) for _ in range(64)]
    try:
        passwords = Passwords(WEAK_HASHER)
        async with asyncio.timeout(20):
            kept = await passwords.hash("correct horse")
            assert await passwords.fits("correct horse", kept)
    finally:
        go_on.set()
        await asyncio.gather(*others)


async def test_whoever_would_wait_too_long_is_told_so_and_who_has_left_waits_no_more() -> None:
    workshop = Workshop("test", at_once=1, waiting=1)
    passwords, go_on = Passwords(WEAK_HASHER, workshop), threading.Event()
    busy = asyncio.create_task(workshop.run(lambda _: go_on.wait(60)))
    waiting = asyncio.create_task(passwords.hash("correct horse"))
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await passwords.hash("correct horse")
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    go_on.set()
    await busy
    assert await passwords.hash("correct horse")
