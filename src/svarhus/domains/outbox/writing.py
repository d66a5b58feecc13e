"""Writes messages: in the unit of work of what causes them, so that both are there or neither."""

import re
import secrets

from svarhus.domains.outbox import repository
from svarhus.domains.outbox.errors import NoReceiver
from svarhus.domains.outbox.model import Channel, Message, NewMessage, Reason, Status
from svarhus.domains.outbox.providers import Providers
from svarhus.domains.outbox.sending import SEND, SendMessage, sealed_for
from svarhus.domains.people.sealing import Seal
from svarhus.kit.clock import Clock
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId
from svarhus.kit.jobs.telling import tell

_RECEIVER = {
    Channel.MAIL: re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+"),
    Channel.TEXT: re.compile(r"\+[1-9][0-9]{4,14}"),
}


class Outbox:
    """Where messages are put that are to be sent."""

    def __init__(self, clock: Clock, seal: Seal, providers: Providers) -> None:
        self._clock = clock
        self._seal = seal
        self._providers = providers

    async def put(
        self, session: Session, organisation: OrganisationId, new: NewMessage, by: str, id: str | None = None
    ) -> Message:
        """Send it, when and if this unit of work is committed; without a provider it is only kept. NoReceiver.

        `id`: 32 hexadecimal digits; of several with the same one the first is sent.
        """
        if not _RECEIVER[new.channel].fullmatch(new.receiver):
            raise NoReceiver(f"{new.receiver} is no receiver of a {new.channel.value}.", "Give another one.")
        provider = await self._providers.of(session, organisation, new.channel)
        message = self._written(organisation, new, by, id or secrets.token_hex(16), kept=provider is None)
        if await repository.add(session, message) and provider is not None:
            await tell(session, SEND.job(SendMessage(organisation, message.id)))
        return message

    def _written(
        self, organisation: OrganisationId, new: NewMessage, by: str, message_id: str, *, kept: bool
    ) -> Message:
        owner = sealed_for(organisation, message_id)
        return Message(
            organisation=organisation,
            id=message_id,
            channel=new.channel,
            purpose=new.purpose,
            receiver=new.receiver,
            subject=" ".join(new.subject.split()),
            text=self._seal.seal(new.text, owner) if new.lets_in else new.text,
            person=new.person,
            lets_in=new.lets_in,
            status=Status.KEPT if kept else Status.WAITING,
            reason=Reason.NO_PROVIDER.value if kept else "",
            detail="",
            attempts=0,
            provider_id="",
            report_key=secrets.token_urlsafe(16),
            parts=1,
            made_by=by,
            made_at=self._clock.now(),
            tried_at=None,
            sent_at=None,
            ended_at=None,
            booking=new.booking,
            useful_until=new.useful_until,
            calendar=new.calendar,
        )
