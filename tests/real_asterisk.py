"""A real Asterisk for tests: on free loopback ports, in a folder of its own."""

import contextlib
import socket
import sqlite3
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from svarhus.adapters.asterisk.ari import AriAddress
from svarhus.adapters.asterisk.configuration import EngineSettings, write_configuration
from svarhus.app.probes import sip_answers
from svarhus.engines.asterisk import Asterisk
from svarhus.engines.child import let_go_first

PASSWORD = "only-for-tests"
BOOT_LIMIT = 15.0


class RealAsterisk:
    """Starts, kills and stops one Asterisk process."""

    def __init__(self, installed: Asterisk, folder: Path, bind: str = "127.0.0.1") -> None:
        ports = free_ports(bind, 4)
        rtp = ports[3] // 200 * 200
        self._installed = installed
        self._process: subprocess.Popen[bytes] | None = None
        self.settings = EngineSettings(
            root=installed.root,
            folder=folder,
            recordings=folder / "recordings",
            ari_password=PASSWORD,
            bind=bind,
            sip_port=ports[0],
            sip_tls_port=ports[1],
            http_port=ports[2],
            https_port=ports[3],
            rtp_first=rtp,
            rtp_last=rtp + 1998,
        )

    @property
    def server(self) -> str:
        """Where SIP is, as the phones want it."""
        return f"{self.settings.bind}:{self.settings.sip_port}"

    @property
    def address(self) -> AriAddress:
        return AriAddress(f"http://127.0.0.1:{self.settings.http_port}", self.settings.ari_user, PASSWORD)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it and wait until ARI accepts connections. AssertionError with its log when it does not."""
        main_file = write_configuration(self.settings, datetime.now(UTC))
        with open(self.settings.log / "console", "ab") as output:
            self._process = subprocess.Popen(
                self._installed.command(main_file),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        let_go_first(self._process.pid)
        deadline = time.monotonic() + BOOT_LIMIT
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.settings.http_port), 0.5):
                return
            time.sleep(0.05)
        raise AssertionError(f"Asterisk did not start:\n{self.log()}")

    async def require_sip(self) -> None:
        """Begin it anew when its SIP has come to a standstill in an earlier test, as the product's supervisor does."""
        if not await sip_answers(self.settings.bind, self.settings.sip_port, 5.0):
            self.kill()
            self.start()

    def kept(self) -> set[str]:
        """What it has on disk and will know after a crash, such as `/registrar/contact/...`."""
        file = self.settings.folder / "lib/astdb.sqlite3"
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            return {str(key) for (key,) in database.execute("select key from astdb")}

    def kill(self) -> None:
        """kill -9, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def log(self) -> str:
        file = self.settings.log / "messages.log"
        return file.read_text(errors="replace")[-4000:] if file.exists() else ""


def free_ports(bind: str, count: int) -> list[int]:
    """Ports free for UDP and TCP; none is given twice."""
    held: list[socket.socket] = []
    ports: list[int] = []
    while len(ports) < count:
        tcp, udp = socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        held += [tcp, udp]
        tcp.bind((bind, 0))
        with contextlib.suppress(OSError):
            udp.bind((bind, tcp.getsockname()[1]))
            ports.append(tcp.getsockname()[1])
    for one in held:
        one.close()
    return ports
