"""The clinic, which sends messages, and those who bring them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import pytest_asyncio

from database import WEAK_HASHER
from integration.jobs.crew import QUICK
from integration.outbox import sms_provider
from integration.outbox.mail_server import MailHouse
from integration.outbox.sms_provider import SmsHouse
from integration.outbox.smsc import PASSWORD, USER, Smsc
from real_asterisk import free_ports
from svarhus.adapters.smpp.line import SmppPace
from svarhus.adapters.smshttp.sender import HttpSmsSender
from svarhus.adapters.smtp.sender import SmtpSender
from svarhus.app.organisations import Organisations, organisations
from svarhus.app.smpp_lines import SmppLines
from svarhus.domains.outbox import repository
from svarhus.domains.outbox.hosts import ANY, Hosts
from svarhus.domains.outbox.jobs import outbox_jobs
from svarhus.domains.outbox.model import Channel, Message, NewMessage, Purpose, Status, Wanted
from svarhus.domains.outbox.providers import Providers
from svarhus.domains.outbox.reports import Reports
from svarhus.domains.outbox.sending import Senders, Sending
from svarhus.domains.outbox.settings import HttpSmsSettings, SmppSettings, SmtpSettings
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.rights import Actor, operator
from svarhus.domains.people.sealing import Seal
from svarhus.kit.clock import SystemClock
from svarhus.kit.database import Database
from svarhus.kit.ids import OrganisationId
from svarhus.kit.jobs.model import Retries
from svarhus.kit.jobs.worker import Worker
from svarhus.ports.mail import MailServer
from svarhus.ports.sms import HttpProvider
from unit.organisation.small_file import SMALL

CLINIC = OrganisationId("clinic")
SHORT = Retries(times=1000, first=timedelta(seconds=0.1), longest=timedelta(seconds=0.4))
ANSWERS_WITHIN = 1.0
QUICK_LINE = SmppPace(answers=1.0, waits=0.5, asks=0.3, again=0.1, longest=0.3)


class Clinic:
    """Writes messages, and looks what became of them."""

    def __init__(self, database: Database, hosts: Hosts = ANY) -> None:
        self.database = database
        self.clock = SystemClock()
        self.seal = Seal.for_this_process()
        self.providers = Providers(self.seal, hosts)
        self.outbox = Outbox(self.clock, self.seal, self.providers)
        self.wired: Organisations = organisations(database, self.clock, WEAK_HASHER, self.seal, hosts)

    @property
    def boss(self) -> Actor:
        return operator(CLINIC)

    async def mails_by(self, house: MailHouse, user: str = "", password: str | None = None) -> None:
        settings = SmtpSettings(
            host="localhost", port=house.port, security="none", user=user, sender="vard@clinic.example"
        )
        await self.wired.messages.set_provider(self.boss, Channel.MAIL, settings, password)

    async def texts_by(self, house: SmsHouse, reports_at: str = "") -> None:
        settings = HttpSmsSettings(url=house.url, user=sms_provider.USER, sender="Clinic", reports_at=reports_at)
        await self.wired.messages.set_provider(self.boss, Channel.TEXT, settings, sms_provider.PASSWORD)

    async def texts_over(self, smsc: Smsc) -> None:
        settings = SmppSettings(host="127.0.0.1", port=smsc.port, user=USER, sender="Clinic")
        await self.wired.messages.set_provider(self.boss, Channel.TEXT, settings, PASSWORD)

    async def writes(self, channel: Channel, receiver: str, text: str, subject: str = "") -> Message:
        new = NewMessage(channel, Purpose.TEST, receiver, text, subject)
        async with self.database.begin() as session:
            return await self.outbox.put(session, CLINIC, new, "anna")

    async def mail(self, subject: str, receiver: str = "kund@example.org") -> Message:
        return await self.writes(Channel.MAIL, receiver, "Hej!", subject)

    async def text(self, text: str, receiver: str = "+46701740605") -> Message:
        return await self.writes(Channel.TEXT, receiver, text)

    async def all(self) -> list[Message]:
        async with self.database.begin() as session:
            return list((await repository.find_all(session, CLINIC, Wanted(), None, 200)).items)

    async def look(self, message: Message) -> Message:
        async with self.database.begin() as session:
            found = await repository.find(session, CLINIC, message.id)
        assert found is not None
        return found

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(40):
            while not await holds():  # noqa: ASYNC110  # the database tells nobody
                await asyncio.sleep(0.05)

    async def until_is(self, message: Message, status: Status, reason: str | None = None) -> Message:
        async def holds() -> bool:
            now = await self.look(message)
            return now.status is status and reason in (None, now.reason)

        await self.until(holds)
        return await self.look(message)

    def sending(self, lines: SmppLines) -> Sending:
        senders = Senders(_mail, _http, lines.of)
        return Sending(self.database, self.clock, self.seal, self.providers, senders, SHORT)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """A worker sends what there is."""
        reports = Reports(self.database, self.clock)
        heard = self.wired.incoming_texts.keep
        lines = SmppLines(self.database, self.providers, reports.told, heard, QUICK_LINE, look_every=0.2)
        jobs = outbox_jobs(self.database, self.clock, self.sending(lines), reports)
        worker = Worker(self.database, jobs, QUICK)
        bound, running = asyncio.create_task(lines.run()), asyncio.create_task(worker.run())
        try:
            yield
        finally:
            worker.stop()
            await running
            bound.cancel()
            await asyncio.wait([bound])


def _mail(server: MailServer) -> SmtpSender:
    return SmtpSender(server, time_limit=ANSWERS_WITHIN)


def _http(provider: HttpProvider) -> HttpSmsSender:
    return HttpSmsSender(provider, time_limit=ANSWERS_WITHIN)


@pytest_asyncio.fixture
async def clinic(database: Database) -> Clinic:
    made = Clinic(database)
    await made.wired.service.apply_file(SMALL.encode())
    return made


@pytest.fixture
def mail_house() -> Iterator[MailHouse]:
    house = MailHouse(free_ports("127.0.0.1", 1)[0])
    house.open()
    yield house
    house.close()


@pytest_asyncio.fixture
async def sms_house() -> AsyncIterator[SmsHouse]:
    house = SmsHouse(free_ports("127.0.0.1", 1)[0])
    await house.open()
    yield house
    await house.close()


@pytest_asyncio.fixture
async def smsc() -> AsyncIterator[Smsc]:
    made = Smsc(free_ports("127.0.0.1", 1)[0])
    await made.open()
    yield made
    await made.close()
