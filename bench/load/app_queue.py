"""The peer: Asterisk's own queues, with what leads to them in the dialplan, in an Asterisk of its own."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.load.contact_centre import NUMBER

from svarhus.adapters.asterisk.configuration import EngineSettings, write_configuration
from svarhus.adapters.asterisk.modules import MODULES
from svarhus.engines.asterisk import Asterisk

PEER_MODULES = (*MODULES, "app_queue", "func_strings", "res_pjsip_exten_state")
COMES_UP = 15.0


@dataclass(frozen=True)
class PeerQueue:
    """One queue of app_queue."""

    name: str
    members: Sequence[int]
    """Of the agents, by their number from 0."""
    strategy: str = "leastrecent"


def menu_to(queue: str, prompt: Path) -> str:
    """A dialplan that says the prompt, takes a key, and puts the caller into the queue."""
    return (
        f"exten => {NUMBER},1,Answer()\n same => n(menu),Background({prompt.with_suffix('')})\n"
        f" same => n,WaitExten(6)\n same => n,Goto(1,1)\nexten => 1,1,Queue({queue})\n same => n,Hangup()\n"
    )


def straight_to(queue: str, number: str) -> str:
    """A dialplan that puts who calls the number into the queue."""
    return f"exten => {number},1,Answer()\n same => n,Queue({queue})\n same => n,Hangup()\n"


class AppQueue:
    """An Asterisk with queues and a dialplan of its own. `answering`: the port at which all agents answer."""

    def __init__(
        self,
        asterisk: Asterisk,
        folder: Path,
        sip: int,
        agents: int,
        answering: int,
        queues: Sequence[PeerQueue],
        dialplan: str,
    ) -> None:
        self._settings = EngineSettings(
            root=asterisk.root,
            folder=folder,
            recordings=folder / "recordings",
            ari_password="unused",  # noqa: S106  # nobody connects
            bind="127.0.0.1",
            sip_port=sip,
            sip_tls_port=None,
            http_port=sip + 1,
            https_port=None,
            rtp_first=20000,
            rtp_last=23999,
        )
        self._asterisk = asterisk
        self._agents = agents
        self._answering = answering
        self._queues = queues
        self._dialplan = dialplan
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        main_file = write_configuration(self._settings, datetime.now(UTC))
        for name, text in self._files().items():
            (self._settings.etc / name).write_text(text)
        with open(self._settings.etc / "pjsip.conf", "a") as pjsip:
            pjsip.write(self._endpoints())
        with open(self._settings.log / "console", "wb") as log:
            self._process = subprocess.Popen(
                self._asterisk.command(main_file), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        limit = time.monotonic() + COMES_UP
        while self._answers().returncode:
            assert time.monotonic() < limit and self._process.poll() is None, "the peer does not come up"
            time.sleep(0.2)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)

    def _answers(self) -> "subprocess.CompletedProcess[bytes]":
        words = ("-C", str(self._settings.main_file), "-rx", "core waitfullybooted")
        return subprocess.run(self._asterisk.unpacked.command("usr/sbin/asterisk", *words), capture_output=True)

    def _files(self) -> dict[str, str]:
        queues = "".join(
            f"[{queue.name}]\nstrategy={queue.strategy}\nringinuse=no\ntimeout=20\nretry=1\nwrapuptime=0\n"
            "autofill=yes\n" + "".join(f"member => PJSIP/agent{index}\n" for index in queue.members)
            for queue in self._queues
        )
        return {
            "modules.conf": "[modules]\nautoload=no\n" + "".join(f"load={name}.so\n" for name in PEER_MODULES),
            "queues.conf": f"[general]\nshared_lastcall=no\n{queues}",
            "extensions.conf": f"[callers]\n{self._dialplan}",
        }

    def _endpoints(self) -> str:
        common = "type=endpoint\ndisallow=all\nallow=alaw\nallow=ulaw\nrtp_symmetric=yes\ndirect_media=no\n"
        text = f"[caller]\n{common}context=callers\nidentify_by=ip\n"
        text += "[caller-address]\ntype=identify\nendpoint=caller\nmatch=127.0.0.1\n"
        for index in range(self._agents):
            text += f"[agent{index}]\n{common}aors=agent{index}\nidentify_by=auth_username\n"
            text += f"[agent{index}]\ntype=aor\ncontact=sip:agent{index}@127.0.0.1:{self._answering}\n"
        return text
