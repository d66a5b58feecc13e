"""The worker's process: `python -m svarhus.app.work --data DIR`. The supervisor starts it beside the application."""

import argparse
import asyncio
import signal
from pathlib import Path

import uvloop

from svarhus.adapters.smshttp.sender import HttpSmsSender
from svarhus.adapters.smtp.sender import SmtpSender
from svarhus.app.engine_room import database_url
from svarhus.app.jobs import all_jobs
from svarhus.app.log_lines import write_json_lines
from svarhus.app.organisations import organisations
from svarhus.app.settings import Secrets, Settings, load_secrets, settings_in_force
from svarhus.app.smpp_lines import SmppLines
from svarhus.domains.outbox.hosts import Hosts
from svarhus.domains.outbox.providers import Providers
from svarhus.domains.outbox.reports import Reports
from svarhus.domains.outbox.sending import Senders, Sending
from svarhus.domains.people.sealing import Seal
from svarhus.domains.recordings.files import RecordingFiles
from svarhus.domains.recordings.sealed import SealedFiles
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.jobs.worker import Worker

CONNECTIONS = 8
"""To the database, shared by the jobs that are being done."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="svarhus.app.work", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    settings = settings_in_force(parser.parse_args().data)
    write_json_lines(settings.log_level)
    uvloop.run(_work(settings, load_secrets(settings.data)))


async def _work(settings: Settings, secrets: Secrets) -> None:
    database = Database(database_url(settings, secrets), CONNECTIONS)
    clock, seal, hosts = SystemClock(), Seal(secrets.sealing_key), Hosts(settings.message_hosts.split())
    wired = organisations(database, clock, seal=seal, message_hosts=hosts)
    providers, reports = Providers(seal, hosts), Reports(database, clock)
    lines = SmppLines(database, providers, reports.told, wired.incoming_texts.keep)
    sending = Sending(database, clock, seal, providers, Senders(SmtpSender, HttpSmsSender, lines.of))
    recordings = RecordingFiles(settings.recordings, SealedFiles(secrets.sealing_key))
    worker = Worker(database, all_jobs(database, clock, wired, sending, reports, recordings))
    bound = asyncio.create_task(lines.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, worker.stop)
    try:
        await worker.run()
    finally:
        bound.cancel()
        await asyncio.wait([bound])
        await database.close()


if __name__ == "__main__":
    main()
