"""An installation of its own for a benchmark."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from svarhus.app.settings import Settings, settings_in_force
from svarhus.engines.child import running_pid

ROOT = Path(__file__).resolve().parents[2]
COMES_UP = 120.0


class Installation:
    """Runs `svarhus up` on a data folder, on ports that are free."""

    def __init__(self, data: Path, http: int, sip: int) -> None:
        self._data = data
        words = ("up", "--empty", "--data", str(data), "--http", str(http), "--sip", str(sip))
        data.parent.mkdir(parents=True, exist_ok=True)
        self._log = data.parent / f"{data.name}.log"
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                self._svarhus(*words), stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment()
            )
        self._wait("Ctrl-C stops it")

    @property
    def settings(self) -> Settings:
        return settings_in_force(self._data)

    @property
    def server(self) -> str:
        return f"127.0.0.1:{self.settings.sip}"

    def pid(self, part: str) -> int:
        """Of `app`, `asterisk` or `postgres`."""
        pid = self.running(part)
        assert pid is not None, f"{part} does not run; see {self._log}"
        return pid

    def running(self, part: str) -> int | None:
        return running_pid(self._data / "run" / f"{part}.pid")

    def apply(self, document: object) -> None:
        """Make or change the organisation."""
        file = self._data.parent / "organisation.yaml"
        file.write_text(json.dumps(document))  # JSON is YAML too
        words = self._svarhus("apply", str(file), "--data", str(self._data))
        done = subprocess.run(words, capture_output=True, text=True, env=_environment())
        assert done.returncode == 0, done.stdout + done.stderr

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.wait(60)

    def _svarhus(self, *words: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "svarhus.app.cli", *words)

    def _wait(self, words: str) -> None:
        limit = time.monotonic() + COMES_UP
        while words not in self._log.read_text():
            assert self._process.poll() is None and time.monotonic() < limit, self._log.read_text()
            time.sleep(0.1)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src")}
