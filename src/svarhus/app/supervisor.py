"""Starts what an installation consists of, keeps it running, and stops it in the right order."""

import asyncio
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path

from svarhus.adapters.asterisk.configuration import configuration_digest, write_configuration
from svarhus.app.console.build import CannotBuild, ConsoleSources, build, is_built, is_fresh
from svarhus.app.data_folder import held
from svarhus.app.engine_room import asterisk_settings, embedded_postgres
from svarhus.app.errors import NotComingUp
from svarhus.app.logs import keep_rotating, last_lines
from svarhus.app.ports import Port, application_port, asterisk_ports, postgres_port, require_own_address
from svarhus.app.probes import http_get, sip_answers
from svarhus.app.settings import (
    Secrets,
    Settings,
    choose_ports,
    keep_in_force,
    load_secrets,
)
from svarhus.app.sip_watch import PATIENCE, SipWatch
from svarhus.app.steps import Steps
from svarhus.app.watch import Charge, Watch
from svarhus.engines.asterisk import Asterisk, install_asterisk
from svarhus.engines.child import Launch
from svarhus.engines.errors import CannotInstall
from svarhus.kit.clock import SystemClock

CHECKOUT = Path(__file__).resolve().parents[3]
"""Where the sources are, when this is not an installed package."""

COME_UP = 60.0
"""Seconds that each part gets to answer; a database that redoes much after a crash is the slowest."""


class Supervisor:
    """One start of one data folder."""

    def __init__(self, settings: Settings, steps: Steps, *, empty: bool) -> None:
        self._settings = settings
        self._steps = steps
        self._empty = empty
        self._watches: list[Watch] = []
        self._sip_watch: asyncio.Task[None] | None = None

    async def run(self, ready: Callable[[Settings], None]) -> None:
        """Start everything, call `ready`, and go on until cancelled; then stop everything.

        SvarhusError when a step fails: what failed and what to do.
        """
        async with AsyncExitStack() as stack:
            stack.enter_context(held(self._settings.data))
            stack.push_async_callback(self._stop_all)
            require_own_address(self._settings.bind)
            # The last to be opened, and the one that everybody names: told now, not when all else runs.
            application_port(self._settings).require_free()
            settings = self._settings = await asyncio.to_thread(choose_ports, self._settings)
            keep_in_force(settings)
            secrets = load_secrets(settings.data)
            asterisk = await self._unpacked()
            await self._start_postgres(secrets)
            await _together(self._prepare(), self._start_asterisk(asterisk, secrets), self._build_console())
            await _together(self._start_application(), self._start_worker())
            rotating = asyncio.create_task(keep_rotating([settings.log, settings.asterisk_folder / "log"]))
            stack.callback(rotating.cancel)
            ready(settings)
            await asyncio.Event().wait()

    # ------------------------------------------------------------------ steps

    async def _unpacked(self) -> Asterisk | None:
        if self._settings.ari_url:
            return None
        with self._steps.step("unpack Asterisk") as step:
            asterisk = await asyncio.to_thread(install_asterisk, self._settings.cache, step.progress)
            step.result = f"{await asyncio.to_thread(asterisk.version)} is unpacked"
        return asterisk

    async def _start_postgres(self, secrets: Secrets) -> None:
        settings = self._settings
        if settings.database_url:
            return
        postgres = embedded_postgres(settings, secrets)
        with self._steps.step("start PostgreSQL") as step:
            if not postgres.exists:
                step.progress("making the database")
                await asyncio.to_thread(postgres.create)
            launch = await asyncio.to_thread(postgres.launch)
            # SIGINT: end the sessions, write everything down, stop ("fast shutdown").
            charge = Charge(
                "PostgreSQL",
                launch,
                settings.run / "postgres.pid",
                signal.SIGINT,
                patience=20,
            )
            watch, adopted = await self._begin(charge, [postgres_port(settings)])
            await _until(watch, postgres.answers, "PostgreSQL does not answer.")
            step.result = "PostgreSQL goes on from the last start" if adopted else "PostgreSQL runs"

    async def _prepare(self) -> None:
        with self._steps.step("bring the database up to date") as step:
            words = [
                *_python("svarhus.app.prepare"),
                "--data",
                str(self._settings.data),
            ]
            running = await asyncio.create_subprocess_exec(
                *words,
                *(["--empty"] if self._empty else []),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            try:
                told, _ = await running.communicate()
            finally:
                if running.returncode is None:
                    running.kill()
            lines = told.decode(errors="replace").strip().splitlines()
            if running.returncode != 0:
                raise NotComingUp(
                    "The database could not be brought up to date.\n" + _indented(lines[-12:]),
                    _DOCTOR,
                )
            step.result = lines[-1] if lines else "the database is up to date"

    async def _start_asterisk(self, asterisk: Asterisk | None, secrets: Secrets) -> None:
        settings = self._settings
        if asterisk is None:
            return
        with self._steps.step("start Asterisk") as step:
            engine = asterisk_settings(settings, secrets, asterisk.root)
            main_file = await asyncio.to_thread(write_configuration, engine, SystemClock().now())
            launch = Launch(
                command=asterisk.command(main_file),
                log=settings.log / "asterisk.log",
                # One that runs with what another version wrote does not know what we ask of it.
                likeness=f"{engine!r} {configuration_digest(engine)}",
                environment={"HOME": str(settings.asterisk_folder)},
                goes_first=True,
            )
            charge = Charge("Asterisk", launch, settings.run / "asterisk.pid")
            watch, adopted = await self._begin(charge, asterisk_ports(settings))
            await _until(
                watch,
                lambda: sip_answers(settings.local_address, settings.sip),
                "Asterisk does not answer SIP (OPTIONS).",
            )
            self._watch_sip(watch)
            address = f"{settings.local_address}:{settings.sip}"
            step.result = f"Asterisk answers on {address}" + (", its calls went on" if adopted else "")

    def _watch_sip(self, asterisk: Watch) -> None:
        settings = self._settings
        watch = SipWatch(
            lambda: sip_answers(settings.local_address, settings.sip, PATIENCE),
            lambda: asterisk.begin_anew("has stopped to answer SIP and is begun anew"),
        )
        self._sip_watch = asyncio.create_task(watch.run())

    async def _build_console(self) -> None:
        sources = ConsoleSources(CHECKOUT, self._settings.cache)
        if not sources.exist or await asyncio.to_thread(is_fresh, sources):
            return
        with self._steps.step("build the console") as step:
            try:
                await asyncio.to_thread(build, sources, step.progress)
                step.result = "the console is built"
            except (CannotBuild, CannotInstall) as error:
                if not is_built():
                    raise
                self._steps.line(f"{error.detail}\n  What to do: {error.remedy}")
                step.result = "THE CONSOLE COULD NOT BE BUILT, an older one is shown"

    async def _start_application(self) -> None:
        settings = self._settings
        with self._steps.step("start the application") as step:
            launch = self._bound_to_us("svarhus.app.serve", "app.log")
            charge = Charge("The application", launch, settings.run / "app.pid", takes_long_to_load=True)
            watch, _ = await self._begin(charge, [application_port(settings)], adoptable=False)
            await _until(watch, self._application_ready, "The application is not ready.", self._what_is_missing)
            step.result = f"the application answers on {settings.web_url}"

    async def _start_worker(self) -> None:
        settings = self._settings
        with self._steps.step("start the worker") as step:
            charge = Charge(
                "The worker", self._bound_to_us("svarhus.app.work", "worker.log"), settings.run / "worker.pid"
            )
            watch, _ = await self._begin(charge, [], adoptable=False)
            await _until(watch, self._worker_works, "The worker does not work.")
            step.result = "the worker does what is done later"

    def _bound_to_us(self, module: str, log: str) -> Launch:
        """Of a process that must not outlive us: nobody would start it again. The engines do, for the calls' sake."""
        settings = self._settings
        return Launch(
            command=("setpriv", "--pdeathsig", "KILL", *_python(module), "--data", str(settings.data)),
            log=settings.log / log,
            likeness=repr(settings),
        )

    async def _worker_works(self) -> bool:
        """The application sees it in the database, where it says that it is there."""
        answer = await http_get(self._settings.local_address, self._settings.http, "/readyz")
        return answer is not None and '"worker":true' in answer.body

    async def _application_ready(self) -> bool:
        answer = await http_get(self._settings.local_address, self._settings.http, "/readyz")
        return answer is not None and answer.status == 200

    # ------------------------------------------------------------------ children

    async def _begin(self, charge: Charge, ports: list[Port], *, adoptable: bool = True) -> tuple[Watch, bool]:
        """Its watch, and whether it is one of an earlier start."""
        watch = Watch(charge, self._told)
        adopted = await watch.adopt() if adoptable else False
        if not adopted:
            for port in ports:
                port.require_free()
        watch.begin()
        self._watches.append(watch)
        return watch, adopted

    def _told(self, words: str) -> None:
        self._steps.line(f"  {time.strftime('%H:%M:%S')}  {words}")

    async def _what_is_missing(self) -> str:
        answer = await http_get(self._settings.local_address, self._settings.http, "/readyz")
        return f" It says: {answer.body[:300]}." if answer else ""

    async def _stop_all(self) -> None:
        if self._sip_watch is not None:
            self._sip_watch.cancel()
        while self._watches:
            await self._watches.pop().stop()


async def _until(
    watch: Watch,
    answers: Callable[[], Awaitable[bool]],
    otherwise: str,
    missing: Callable[[], Awaitable[str]] | None = None,
) -> None:
    limit = time.monotonic() + COME_UP
    while not await answers():
        if watch.failures >= 5 or time.monotonic() > limit:
            more = await missing() if missing else ""
            raise NotComingUp(
                f"{otherwise}{more} The end of {watch.log}:\n" + _indented(last_lines(watch.log)),
                _DOCTOR,
            )
        await asyncio.sleep(0.02)


async def _together(*parts: Coroutine[None, None, None]) -> None:
    """All at once; when one fails the others are given up, and its error is ours."""
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part)
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None


def _python(module: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module)


def _indented(lines: list[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)


_DOCTOR = "`./svarhus doctor` looks closer."
