"""sipp as callers and as phones that answer."""

import csv
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.load.contact_centre import NUMBER
from bench.load.first_prompt import FirstPrompt, Prompts
from bench.load.processes import Cost, cost_of

from svarhus.engines.debian import Unpacked
from svarhus.kit.errors import Unavailable

SCENARIOS = Path(__file__).parent / "scenarios"
SETTLED = 3.9
"""Seconds after which as many calls end as begin."""
TIDY = 20.0
"""Seconds in which the last calls should be over."""


@dataclass(frozen=True)
class Run:
    """How the calls of a run went."""

    succeeded: int
    failed: int
    rate: float
    """Calls a second that came to their end, while calls began and ended alike."""
    retransmissions: int


@dataclass(frozen=True)
class Measured:
    """One run against one server."""

    outcome: Run
    costs: dict[str, Cost]
    prompts: Prompts

    def cpu(self, *parts: str) -> float:
        """Milliseconds of processor a call."""
        calls = self.outcome.succeeded + self.prompts.count
        return sum(self.costs[part].cpu for part in parts) * 1000 / max(calls, 1)


class Load:
    """Agents' phones, all on one sipp, and callers at a steady rate on another. `ports`: two free ones."""

    def __init__(self, program: Unpacked, server: str, folder: Path, ports: Sequence[int]) -> None:
        self.agents, self._callers = ports
        self._program = program
        self._server = server
        self._folder = folder
        self._phones: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Unavailable when this user may not open raw sockets."""
        _require_raw_sockets()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._phones = self._start("agent", self.agents, 41000)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._phones is not None:
            self._phones.kill()
            self._phones.wait()

    def measure(self, pids: dict[str, int], rate: int, warm_up: int, seconds: int) -> Measured:
        """Calls for so long, after some seconds to warm up; what they cost the processes, and how they went."""
        self._call(rate, rate * warm_up)
        first_prompt = FirstPrompt(self._server, NUMBER)
        before = {part: cost_of(pid) for part, pid in pids.items()}
        first_prompt.start()
        try:
            outcome = self._call(rate, rate * seconds)
        finally:
            prompts = first_prompt.stop()
        return Measured(outcome, {part: cost_of(pid).since(before[part]) for part, pid in pids.items()}, prompts)

    def _call(self, rate: int, calls: int) -> Run:
        numbers, results = self._folder / "callers.csv", self._folder / "results.csv"
        numbers.write_text("SEQUENTIAL\n" + "".join(f"+4670{1740605 + index}\n" for index in range(80)))
        results.unlink(missing_ok=True)
        words = ("-inf", str(numbers), "-s", NUMBER, "-r", str(rate), "-m", str(calls), "-l", "5000")
        statistics = ("-trace_stat", "-stf", str(results), "-fd", "1")
        try:
            self._start("caller", self._callers, 42000, *words, *statistics).wait(calls / rate + 30 + TIDY)
        finally:
            outcome = _read(results, calls / rate)
        return outcome

    def _start(self, scenario: str, port: int, media: int, *words: str) -> "subprocess.Popen[bytes]":
        place = (
            "-i",
            "127.0.0.1",
            "-mi",
            "127.0.0.1",
            "-p",
            str(port),
            "-mp",
            str(media),
            "-nostdin",
            "-trace_err",
        )
        file = str(SCENARIOS / f"{scenario}.xml")
        command = self._program.command("usr/bin/sipp", self._server, "-sf", file, *place, *words)
        with open(self._folder / f"{scenario}.log", "wb") as log:
            # sipp writes its error files where it stands.
            return subprocess.Popen(
                command,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"TERM": "dumb"},
            )


def _read(results: Path, begun: float) -> Run:
    """`begun`: seconds during which calls were begun."""
    with open(results, newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    last = rows[-1]
    ended = [(_seconds(row["ElapsedTime(C)"]), int(row["SuccessfulCall(C)"])) for row in rows]
    steady = [one for one in ended if SETTLED <= one[0] <= begun] or [(0.0, 0), (begun, 0)]
    (first_at, first), *_, (last_at, most) = steady
    return Run(
        int(last["SuccessfulCall(C)"]),
        int(last["FailedCall(C)"]),
        (most - first) / (last_at - first_at),
        int(last["Retransmissions(C)"]),
    )


def _seconds(text: str) -> float:
    """sipp writes hours:minutes:seconds, and the microseconds after one more colon."""
    hours, minutes, seconds, *micro = text.replace(".", ":").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{micro[0]}" if micro else 0)


def _require_raw_sockets() -> None:
    try:
        socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP).close()
    except PermissionError:
        raise Unavailable(
            "sipp presses keys (RFC 4733) through a raw socket, which this user may not open.",
            "Run the benchmark as root, or with the capability NET_RAW.",
        ) from None
