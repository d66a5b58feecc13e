"""The peer: Asterisk's own queue, with the same menu in the dialplan, in an Asterisk of its own."""

import subprocess
import time
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


class AppQueue:
    """An Asterisk whose dialplan says the prompt, takes a key, and puts the caller into app_queue."""

    def __init__(self, asterisk: Asterisk, folder: Path, sip: int, agents: int, answering: int, prompt: Path) -> None:
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
        self._prompt = prompt
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
        members = "".join(f"member => PJSIP/agent{index}\n" for index in range(self._agents))
        return {
            "modules.conf": "[modules]\nautoload=no\n" + "".join(f"load={name}.so\n" for name in PEER_MODULES),
            "queues.conf": "[general]\nshared_lastcall=no\n[agents]\nstrategy=leastrecent\nringinuse=no\n"
            f"timeout=20\nretry=1\nwrapuptime=0\nautofill=yes\n{members}",
            "extensions.conf": f"[callers]\nexten => {NUMBER},1,Answer()\n"
            f" same => n(menu),Background({self._prompt.with_suffix('')})\n same => n,WaitExten(6)\n"
            " same => n,Goto(1,1)\nexten => 1,1,Queue(agents)\n same => n,Hangup()\n",
        }

    def _endpoints(self) -> str:
        common = "type=endpoint\ndisallow=all\nallow=alaw\nallow=ulaw\nrtp_symmetric=yes\ndirect_media=no\n"
        text = f"[caller]\n{common}context=callers\nidentify_by=ip\n"
        text += "[caller-address]\ntype=identify\nendpoint=caller\nmatch=127.0.0.1\n"
        for index in range(self._agents):
            text += f"[agent{index}]\n{common}aors=agent{index}\nidentify_by=auth_username\n"
            text += f"[agent{index}]\ntype=aor\ncontact=sip:agent{index}@127.0.0.1:{self._answering}\n"
        return text
