"""Runs all tests, lane beside lane, and tells in one closing line how they went.

Started by `./svarhus test`, which has fetched what tests need. What each process writes is in build/lanes.
"""

import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from lanes import LANES, Lane, all_files, shared_out
from last_look import LastLook
from second_attempts import FILE, MOST, RUNS, TOO_OFTEN, SecondAttempts
from standing_back import StandingBack
from taking_turns import CLAIMS, OUTCOMES
from told import Outcomes, Told

from svarhus.app.commands.checkout import CHECKOUT, in_console
from svarhus.app.commands.test import build_console
from svarhus.app.settings import load_settings
from svarhus.app.steps import Steps

ALL_VIEWS = "SVARHUS_ALL_VIEWS"
"""Variable of the environment, as `tests/console/pictures.py` reads it."""
CHECKS = "SVARHUS_CHECKS"
"""Variable of the environment: with `1` what `./svarhus check` looks at is looked at meanwhile."""

FOLDER = CHECKOUT / "build" / "lanes"
FEATURES = CHECKOUT / "build" / "features.json"

PROGRESS_EVERY = 30.0
SLOWEST = 10
OTHERS_WORK = 0.3
"""Processors that others keep busy, from which on a lane's time says more about them than about its tests."""

_PR_SET_CHILD_SUBREAPER = 36

UNIT_TESTS_OF_CONSOLE = "tests of the console's parts"


@dataclass
class Process:
    """One pytest (or vitest) that runs beside others."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    folder: Path = CHECKOUT
    status: int | None = None
    _running: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return FOLDER / f"{self.name}.log"

    def start(self) -> None:
        with open(self.log, "wb") as log:
            self._running = subprocess.Popen(
                self.words,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def look(self) -> bool:
        """Whether it still runs."""
        if self._running is None or self.status is not None:
            return False
        self.status = self._running.poll()
        return self.status is None

    def interrupt(self) -> None:
        if self.look() and self._running is not None:
            self._running.send_signal(signal.SIGINT)


@dataclass
class Turn(Process):
    """One process of a lane."""

    outcomes: Outcomes = field(default_factory=lambda: Outcomes(FOLDER / "nobody"))

    @property
    def broke_off(self) -> bool:
        """It ended without having told so, as one does in which a test hangs."""
        return self.status is not None and not self.outcomes.ended


@dataclass
class RunningLane:
    lane: Lane
    turns: Sequence[Turn]
    begun: float = field(default_factory=time.monotonic)
    seconds: float = 0.0

    @property
    def tests(self) -> list[Told]:
        return [told for turn in self.turns for told in turn.outcomes.tests]

    @property
    def collected(self) -> int:
        return max(turn.outcomes.collected for turn in self.turns)

    @property
    def over(self) -> bool:
        return self.seconds > self.lane.minutes * 60

    def start(self) -> None:
        self.begun = time.monotonic()
        for turn in self.turns:
            turn.start()

    def look(self) -> tuple[bool, list[Told]]:
        """Whether it still runs, and the tests that have ended since the last look."""
        alive = sum(turn.look() for turn in self.turns) > 0
        new = [told for turn in self.turns for told in turn.outcomes.read_on()]
        self.seconds = time.monotonic() - self.begun if alive or not self.seconds else self.seconds
        return alive, new

    def faults(self) -> Iterator[str]:
        for turn in self.turns:
            if turn.broke_off:
                yield f"{turn.name} broke off (exit code {turn.status}):\n{_end_of(turn.log)}"
        missing = self.collected - len({told.test for told in self.tests})
        if missing > 0:
            yield f"{missing} tests of the lane {self.lane.name} were not run"


class Machine:
    """How much we and others do on it meanwhile."""

    def __init__(self) -> None:
        # Browsers leave children behind: they become ours, so that what they have computed is counted.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self._begun, self._busy = time.monotonic(), _busy()

    @property
    def ours(self) -> float:
        """Seconds of computing of all processes that we began and that have ended."""
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        return spent.ru_utime + spent.ru_stime

    @property
    def others(self) -> float:
        """Processors that were busy with something else, on average."""
        return max(0.0, (_busy() - self._busy - self.ours) / (time.monotonic() - self._begun))


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    machine, begun = Machine(), time.monotonic()
    cache = load_settings(CHECKOUT / "build").cache
    checks = _checks() if os.environ.get(CHECKS) == "1" else None
    if checks:
        checks.start()
    build_console(cache, Steps())
    attempts, last_look = SecondAttempts(cache / FILE), LastLook(cache)
    # Who takes a change in has a machine made anew: it was looked at where it was made.
    all_views = os.environ.get(ALL_VIEWS) == "1" or not (checks or last_look.is_of_this_console)
    if all_views:
        os.environ[ALL_VIEWS] = "1"
        _say("  the console's pages are looked at in every view")
    shares = shared_out(all_files(CHECKOUT))
    lanes = [RunningLane(lane, [*_turns(lane, shares[lane.name], attempts.too_often())]) for lane in LANES]
    console = _console()
    console.start()
    try:
        _watch(lanes, [console, checks] if checks else [console], begun)
    finally:
        _stop([console, *([checks] if checks else []), *(turn for lane in lanes for turn in lane.turns)])
    if all_views:
        last_look.was(told for lane in lanes for told in lane.tests)
    return _close(lanes, console, checks, attempts, machine, begun)


def _checks() -> Process:
    return Process("checks", ("nice", "-n", "14", sys.executable, "-m", "svarhus.app.cli", "check"), {})


def _turns(lane: Lane, files: Sequence[str], once: Sequence[str]) -> Iterator[Turn]:
    claims = FOLDER / f"{lane.name}.claims"
    claims.mkdir()
    for number in range(1, lane.processes + 1):
        name = f"{lane.name} {number}" if lane.processes > 1 else lane.name
        outcomes = FOLDER / f"{name}.outcomes"
        yield Turn(
            name,
            (
                *("nice", "-n", str(lane.yields), sys.executable, "-m", "pytest"),
                *("-p", "feature_report", "-p", "taking_turns", "-p", "no:cacheprovider", f"--max-suite-reruns={MOST}"),
                *files,
            ),
            {
                CLAIMS: str(claims),
                OUTCOMES: str(outcomes),
                "SVARHUS_FEATURE_REPORT": str(FOLDER / f"{name}.features"),
                "SVARHUS_ACTED_ONCE": json.dumps(once),
            },
            outcomes=Outcomes(outcomes),
        )


def _console() -> Process:
    report = FOLDER / "vitest.json"
    invocation = in_console(
        "vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", f"--outputFile.json={report}"
    )
    return Process("vitest", ("nice", "-n", "12", *invocation.words), invocation.environment, invocation.folder)


def _watch(lanes: Sequence[RunningLane], others: Sequence[Process], begun: float) -> None:
    told, standing_back = begun, StandingBack()
    waiting = _start_what_may(lanes, over=set())
    while True:
        looks = [lane.look() for lane in lanes]
        standing_back.look()
        running = {lane.lane.name for lane, (alive, _) in zip(lanes, looks, strict=True) if alive}
        for _, new in looks:
            for test in new:
                if test.outcome == "failed":
                    _say(f"  failed  {test.test}")
        if time.monotonic() - told >= PROGRESS_EVERY:
            told = time.monotonic()
            _say(f"  {_clock(told - begun)}   " + "   ".join(_progress(lane) for lane in lanes))
        over = {lane.lane.name for lane in lanes if lane not in waiting} - running
        waiting = _start_what_may(waiting, over)
        if len(over) == len(lanes) and not sum(process.look() for process in others):
            return
        time.sleep(0.2)


def _start_what_may(lanes: Sequence[RunningLane], over: Set[str]) -> Sequence[RunningLane]:
    """Start the lanes that wait for nothing any more; those that still wait."""
    for lane in lanes:
        if not lane.lane.after or lane.lane.after in over:
            lane.start()
    return [lane for lane in lanes if lane.lane.after and lane.lane.after not in over]


def _progress(lane: RunningLane) -> str:
    return f"{lane.lane.name} {len(lane.tests)}/{lane.collected or '?'}"


def _stop(processes: Sequence[Process]) -> None:
    for process in processes:
        process.interrupt()
    deadline = time.monotonic() + 60
    while sum(process.look() for process in processes) and time.monotonic() < deadline:
        time.sleep(0.2)


def _close(
    lanes: Sequence[RunningLane],
    console: Process,
    checks: Process | None,
    attempts: SecondAttempts,
    machine: Machine,
    begun: float,
) -> int:
    tests = [told for lane in lanes for told in lane.tests]
    faults = [fault for lane in lanes for fault in lane.faults()]
    of_console, console_faults = _of_console(console)
    faults += console_faults
    for told in tests:
        if told.outcome == "failed":
            _section(f"failed: {told.test}", told.told)
    faults += acted_twice(tests, attempts)
    if checks:
        _section("checks", _end_of(checks.log))
        faults += [] if checks.status == 0 else ["the checks failed: see above"]
    for lane in lanes:
        minutes = f"{_clock(lane.seconds)} of at most {_clock(lane.lane.minutes * 60)}"
        _say(f"  {lane.lane.name:<12}{len(lane.tests):>6} tests in {minutes}")
        faults += over_its_minutes(lane, machine.others)
    _say(f"  {'vitest':<12}{sum(of_console.values()):>6} {UNIT_TESTS_OF_CONSOLE}")
    _say(
        f"  all in {_clock(time.monotonic() - begun)}, with {_clock(machine.ours)} of computing; "
        f"others kept {machine.others:.1f} processors busy meanwhile"
    )
    _merge_features()
    for fault in faults:
        _section("the run failed", fault)
    count = {outcome: sum(told.outcome == outcome for told in tests) for outcome in ("passed", "failed", "skipped")}
    # Nobody who reads this line alone may take a run for good that was not.
    count["failed"] += len(faults)
    _say(", ".join(f"{count[outcome] + of_console[outcome]} {outcome}" for outcome in count))
    return 1 if count["failed"] or of_console["failed"] else 0


def acted_twice(tests: Sequence[Told], attempts: SecondAttempts) -> Iterator[str]:
    again = [told for told in tests if told.first_attempt]
    for told in again:
        _section(f"acted twice: {told.test}", told.first_attempt)
    if len(again) > MOST:
        yield f"{len(again)} tests were acted twice; {MOST} may be in a run."
    for test in attempts.add(told.test for told in again):
        yield f"{test} was acted twice in {TOO_OFTEN} of the last {RUNS} runs: mend it, or what it tests."


def over_its_minutes(lane: RunningLane, others: float) -> Iterator[str]:
    if not lane.over:
        return
    for told in sorted(lane.tests, key=lambda told: told.seconds, reverse=True)[:SLOWEST]:
        _say(f"  {told.seconds:7.1f} s  {told.test}")
    if others > OTHERS_WORK:
        _say("  The lane took longer than it may, but the machine had much else to do: that is not counted.")
    else:
        yield f"The lane {lane.lane.name} took longer than it may: make its tests cheaper. The slowest are above."


def _of_console(process: Process) -> tuple[Mapping[str, int], list[str]]:
    try:
        report = json.loads((FOLDER / "vitest.json").read_text(encoding="utf-8"))
        count = {
            "passed": int(report["numPassedTests"]),
            "failed": int(report["numFailedTests"]),
            "skipped": int(report["numPendingTests"]),
        }
    except (OSError, ValueError, KeyError):
        count = {"passed": 0, "failed": 0, "skipped": 0}
    if process.status == 0:
        return count, []
    return count, [f"the {UNIT_TESTS_OF_CONSOLE} failed:\n{_end_of(process.log)}"]


def _merge_features() -> None:
    """What each process wrote, as one file: a feature's tests may be spread over lanes."""
    merged: dict[str, dict[str, str]] = {}
    for file in FOLDER.glob("*.features"):
        for feature, found in json.loads(file.read_text(encoding="utf-8")).items():
            merged.setdefault(feature, {}).update(found["tests"])
    worst_first = ("failed", "error", "skipped", "passed")
    whole = {
        feature: {"outcome": min(tests.values(), key=worst_first.index), "tests": dict(sorted(tests.items()))}
        for feature, tests in sorted(merged.items())
    }
    FEATURES.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    _say(f"features: {FEATURES.relative_to(CHECKOUT)}")


def _busy() -> float:
    """Seconds that the machine's processors have spent on anything but waiting."""
    words = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()
    user, nice, system, _, _, irq, soft = map(int, words[1:8])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-8000:] if log.exists() else "(nothing was written)"


def _section(title: str, text: str) -> None:
    _say(f"---------- {title}\n{text.rstrip()}\n")


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
