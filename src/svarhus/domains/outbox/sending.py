"""Sends messages, once each.

A message is noted as being handed over before it is, and as sent after. What is found in between was interrupted: the
provider may have it. Who can tell is asked; who cannot gets it again, since a message that comes twice is a nuisance,
and one that never comes a broken promise.
"""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from svarhus.domains.outbox import repository
from svarhus.domains.outbox.model import OPEN, Message, Reason, Status
from svarhus.domains.outbox.outages import Outages
from svarhus.domains.outbox.providers import Provider, Providers
from svarhus.domains.outbox.settings import AnySettings, HttpSmsSettings, SmppSettings, SmtpSettings
from svarhus.domains.people.sealing import Seal
from svarhus.kit.clock import Clock, Instant, after
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId
from svarhus.kit.jobs.model import Again, Attempt, JobKind, Retries
from svarhus.ports.mail import Mail, MailSender, MailServer
from svarhus.ports.sending import NotSent, Why
from svarhus.ports.sms import Accepted, HttpProvider, SmppProvider, Sms, SmsSender

TRIED_FOR = timedelta(days=3)
"""For as long as an invitation holds; then nobody waits for it any more."""

PAUSES = Retries(times=1_000_000, first=timedelta(seconds=5), longest=timedelta(minutes=5))
"""While a provider takes nothing. TRIED_FOR ends it."""


class SendMessage(msgspec.Struct, frozen=True):
    """Send one message."""

    organisation: OrganisationId
    message: str


SEND = JobKind(
    "outbox.send",
    SendMessage,
    limit=timedelta(minutes=2),
    # What is found half done was interrupted, and is not being done by another worker.
    lock=lambda sending: f"outbox:{sending.organisation}:{sending.message}",
)


class Senders(msgspec.Struct, frozen=True):
    """How messages are handed over, by what the settings say."""

    mail: Callable[[MailServer], MailSender]
    http_sms: Callable[[HttpProvider], SmsSender]
    smpp_sms: Callable[[OrganisationId, SmppProvider], SmsSender]


class _Begun(msgspec.Struct, frozen=True):
    message: Message
    provider: Provider[AnySettings]
    unsure_since: Instant | None
    """An attempt that began then was interrupted."""


class Sending:
    """Does the jobs of SEND."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        seal: Seal,
        providers: Providers,
        senders: Senders,
        pauses: Retries = PAUSES,
    ) -> None:
        self._database = database
        self._clock = clock
        self._seal = seal
        self._providers = providers
        self._senders = senders
        self._pauses = pauses
        self._outages = Outages(pauses)

    async def send(self, wanted: SendMessage, attempt: Attempt) -> None:
        """Send it, unless it is sent. Again when the provider takes nothing now."""
        begun = await self._begin(wanted)
        if begun is None:
            return
        began = self._clock.now()
        try:
            accepted = await self._handed_over(begun)
        except NotSent as error:
            self._outages.came_of_it(begun.provider, error, began, self._clock.now())
            await self._not_sent(begun.message, error, Status.SENDING if _may_be_taken(error) else Status.WAITING)
            return
        except _NotAsked as error:
            self._outages.came_of_it(begun.provider, error.cause, began, self._clock.now())
            await self._not_sent(begun.message, error.cause, Status.SENDING)
            return
        except Exception:
            if attempt.last:
                await self._given_up(begun.message, Reason.FAULT.value, "")
            raise
        self._outages.came_of_it(begun.provider, None, began, self._clock.now())
        async with self._database.begin() as session:
            await repository.sent(session, begun.message, accepted, self._clock.now())

    async def _begin(self, wanted: SendMessage) -> _Begun | None:
        """None when there is nothing to be sent any more. Again while its provider takes nothing."""
        now = self._clock.now()
        in_the_way = None
        async with self._database.begin() as session:
            message = await repository.find(session, wanted.organisation, wanted.message, lock=True)
            if message is None or message.status not in OPEN:
                return None
            if after(message.made_at, TRIED_FOR) < now:
                await repository.failed(session, message, Reason.TOO_OLD.value, message.detail, now)
                return None
            if message.useful_until is not None and message.useful_until < now:
                await repository.dropped(session, message, Reason.TOO_OLD.value, now)
                return None
            provider = await self._providers.of(session, message.organisation, message.channel)
            if provider is None:
                await repository.kept(session, message)
                return None
            unsure_since = message.tried_at if message.status is Status.SENDING else None
            in_the_way = self._outages.in_the_way(provider, now)
            if in_the_way is None:
                await repository.begin(session, message, unsure_since or now)
            elif message.reason != (why := in_the_way[0].why.value):
                await repository.put_back(session, message, message.status, why, in_the_way[0].detail)
        if in_the_way is not None:
            raise Again(in_the_way[1], f"{message.channel.value} waits: {in_the_way[0].why.value}")
        return _Begun(message, provider, unsure_since)

    async def _handed_over(self, begun: _Begun) -> Accepted:
        """NotSent; _NotAsked."""
        message, password = begun.message, begun.provider.password
        match begun.provider.settings:
            case SmtpSettings() as smtp:
                server = MailServer(smtp.host, smtp.port, smtp.security, smtp.user, password)
                await self._senders.mail(server).send(self._mail(message, smtp))
                return Accepted("")
            case HttpSmsSettings() as http:
                sender = self._senders.http_sms(HttpProvider(http.url, http.user, password))
                sms = Sms(http.sender, message.receiver, self._text(message), _report_to(message, http.reports_at))
            case SmppSettings() as smpp:
                sender = self._senders.smpp_sms(message.organisation, smpp_provider(smpp, password))
                sms = Sms(smpp.sender, message.receiver, self._text(message))
        return await self._taken_before(sender, sms, begun) or await sender.send(sms)

    async def _taken_before(self, sender: SmsSender, sms: Sms, begun: _Begun) -> Accepted | None:
        """What came of the attempt that was interrupted."""
        if begun.unsure_since is None:
            return None
        try:
            candidates = await sender.sent_since(sms, begun.unsure_since)
        except NotSent as error:
            raise _NotAsked(error) from error
        async with self._database.begin() as session:
            for candidate in candidates:
                if not await self._is_anothers(session, begun.message, candidate):
                    return candidate
        return None

    async def _is_anothers(self, session: Session, message: Message, candidate: Accepted) -> bool:
        """The same words were sent to the same number before."""
        found = await repository.of_provider(session, message.organisation, message.channel, candidate.id)
        return found is not None and found != message.id

    async def _not_sent(self, message: Message, error: NotSent, status: Status) -> None:
        if error.lasting:
            await self._given_up(message, error.why.value, error.detail)
            return
        async with self._database.begin() as session:
            await repository.put_back(session, message, status, error.why.value, error.detail)
        pause = self._pauses.pause(message.attempts + 1)
        raise Again(pause or self._pauses.longest, f"{message.channel.value} not sent: {error.why.value}") from error

    async def _given_up(self, message: Message, reason: str, detail: str) -> None:
        async with self._database.begin() as session:
            await repository.failed(session, message, reason, detail, self._clock.now())

    def _mail(self, message: Message, smtp: SmtpSettings) -> Mail:
        return Mail(
            id=message.id,
            at=message.made_at,
            sender=smtp.sender,
            sender_name=smtp.sender_name,
            receiver=message.receiver,
            subject=message.subject,
            text=self._text(message),
            calendar=message.calendar,
        )

    def _text(self, message: Message) -> str:
        text = message.text or ""
        return self._seal.open(text, sealed_for(message.organisation, message.id)) if message.lets_in else text


class _NotAsked(Exception):
    """It is still not known what came of an attempt that was interrupted."""

    def __init__(self, cause: NotSent) -> None:
        super().__init__(str(cause))
        self.cause = cause


def _may_be_taken(error: NotSent) -> bool:
    return error.why is Why.NO_ANSWER


def _report_to(message: Message, address: str) -> str:
    if not address:
        return ""
    return f"{address}/api/outbox/reports/{message.organisation}/{message.id}/{message.report_key}"


def smpp_provider(smpp: SmppSettings, password: str) -> SmppProvider:
    return SmppProvider(smpp.host, smpp.port, smpp.tls, smpp.user, password, smpp.system_type)


def sealed_for(organisation: OrganisationId, message: str) -> str:
    """Whose text it is, for the seal."""
    return f"{organisation}/outbox/{message}"
