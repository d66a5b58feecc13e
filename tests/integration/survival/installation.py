"""The whole product, started as its user starts it, and what is done to it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from real_asterisk import free_ports
from svarhus.app.settings import Settings, settings_in_force
from svarhus.engines.child import running_pid

COMES_UP = 60.0
PARTS = ("app", "asterisk", "postgres")


class Installation:
    """A data folder with its ports, and `svarhus up` on it."""

    def __init__(self, data: Path, environment: Mapping[str, str] | None = None, *, demo: bool = False) -> None:
        self.data = data
        self._flags = () if demo else ("--empty",)
        # A clean checkout's first start builds the console.
        self._comes_up = COMES_UP + (120.0 if demo else 0.0)
        self._http, self._sip = free_ports("127.0.0.1", 2)
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def server(self) -> str:
        """Where SIP is, as the phones want it."""
        return f"127.0.0.1:{self._sip}"

    @property
    def settings(self) -> Settings:
        return settings_in_force(self.data)

    def start(self) -> float:
        """Start it and wait until it is ready; the seconds that this took."""
        begun = time.monotonic()
        words = ("up", *self._flags, "--data", str(self.data), "--http", str(self._http), "--sip", str(self._sip))
        with open(self.data.with_suffix(".log"), "ab") as log:
            self._process = subprocess.Popen(
                _svarhus(*words), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment
            )
        while not self.ready():
            assert time.monotonic() - begun < self._comes_up and self._process.poll() is None, self.log()
            time.sleep(0.05)
        return time.monotonic() - begun

    def apply(self, document: object) -> None:
        file = self.data.with_suffix(".yaml")
        file.write_text(json.dumps(document))
        words = _svarhus("apply", str(file), "--data", str(self.data))
        done = subprocess.run(words, capture_output=True, text=True, env=self._environment)
        assert done.returncode == 0, done.stdout + done.stderr

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._http}/readyz", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def pid(self, part: str) -> int:
        """Of `app`, `asterisk` or `postgres`. AssertionError when it does not run."""
        pid = self.running(part)
        assert pid is not None, f"{part} does not run\n{self.log()}"
        return pid

    def running(self, part: str) -> int | None:
        return running_pid(self.data / "run" / f"{part}.pid")

    def kill(self, part: str) -> int:
        """kill -9; the process id that it had."""
        pid = self.pid(part)
        os.kill(pid, signal.SIGKILL)
        return pid

    @contextmanager
    def nobody_watching(self) -> Iterator[None]:
        """What dies in here is started again only at the end."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def kill_supervisor(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def interrupt(self) -> int:
        """Ctrl-C; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(30)

    def clear_away(self) -> None:
        """Leave no process behind, whatever happened."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
        for part in PARTS:
            pid = self.running(part)
            if pid is not None:
                os.kill(pid, signal.SIGKILL)

    def log(self) -> str:
        files = [self.data.with_suffix(".log"), *sorted((self.data / "log").glob("*.log"))]
        return "\n".join(f"--- {file.name}\n{file.read_text()[-2000:]}" for file in files if file.exists())


def _svarhus(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "svarhus.app.cli", *words)
