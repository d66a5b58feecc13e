"""Children of a process that has loaded everything: each begins within some milliseconds, however often they die.

A program that takes seconds to load is loaded once, in a process that does nothing but wait. Told to, it becomes
two (fork), and the other one is the child. They share what was loaded.
"""

import asyncio
import ctypes
import os
import signal
import socket
import subprocess
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from svarhus.engines.child import Child, Launch, launched

FLAG = "--births"
"""With the file descriptor on which children are asked for."""
LOADS_WITHIN = 120.0
ANSWERS_WITHIN = 5.0

_READY, _BIRTH = b"ready\n", b"birth\n"
_PR_SET_PDEATHSIG = 1


class Nursery:
    """The process that waits, as seen by whoever wants children of it."""

    def __init__(self, launch: Launch) -> None:
        """`launch` must understand FLAG. OSError when it cannot be started."""
        self._launch = launch
        self._line, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            command = (*launch.command, FLAG, str(number))
            self._process = launched(replace(launch, command=command, kept_open=(*launch.kept_open, number)))
        self._line.setblocking(False)
        self._loaded = False

    async def child(self, pid_file: Path) -> Child | None:
        """One more, as soon as everything is loaded. None when the process has died or does not answer."""
        try:
            if not self._loaded:
                self._loaded = await self._heard(LOADS_WITHIN) == _READY
            if not self._loaded:
                return None
            await asyncio.get_running_loop().sock_sendall(self._line, _BIRTH)
            return Child.recorded(int(await self._heard(ANSWERS_WITHIN)), self._launch, pid_file)
        except (OSError, ValueError):
            return None

    async def _heard(self, within: float) -> bytes:
        async with asyncio.timeout(within):
            return await asyncio.get_running_loop().sock_recv(self._line, 64)

    def close(self) -> None:
        """End it, and with it any child that still runs."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(ANSWERS_WITHIN)
        self._line.close()


def give_birth(descriptor: int) -> None:
    """In the process that waits: returns once in each child, and never in the process itself.

    A child dies with it: nobody else would know of the child, which may hold a port.
    """
    line = socket.socket(fileno=descriptor)
    # Nobody waits for the children here; whoever asked for them watches over them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    line.sendall(_READY)
    while line.recv(len(_BIRTH)) == _BIRTH:
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            _grow_up(line, parent)
            return
        line.sendall(b"%d\n" % pid)
    _leave()


def _grow_up(line: socket.socket, parent: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    line.close()
    os.setsid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        _leave()


def _leave() -> NoReturn:
    """Without anything that the program has prepared for its end."""
    os._exit(0)
