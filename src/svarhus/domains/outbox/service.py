"""What people and providers do with messages."""

from datetime import timedelta
from hmac import compare_digest

import msgspec

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.audit.looks import Looks
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.outbox import repository
from svarhus.domains.outbox.errors import NoMessage, NoProvider, TooManyTests
from svarhus.domains.outbox.invitations import MailedInvitations
from svarhus.domains.outbox.model import Channel, Message, NewMessage, Purpose, Wanted
from svarhus.domains.outbox.providers import Providers
from svarhus.domains.outbox.sending import SEND, SendMessage, sealed_for
from svarhus.domains.outbox.settings import AnySettings
from svarhus.domains.outbox.wording import worded
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.errors import NoPerson
from svarhus.domains.people.rights import Actor, Right, require
from svarhus.domains.people.sealing import Seal
from svarhus.domains.people.ways_in import may_let_in
from svarhus.kit.clock import Clock, after
from svarhus.kit.database import Database, Page
from svarhus.kit.errors import Refused
from svarhus.kit.ids import OrganisationId
from svarhus.kit.jobs.telling import tell
from svarhus.ports.sms import ReportState

MOST_TESTS = 30
"""Of an organisation in an hour."""


class Opened(msgspec.Struct, frozen=True):
    """A message as somebody may see it."""

    message: Message
    text: str | None
    """None: it is forgotten, or not for them."""


class Messages:
    """All raise Refused without the right."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        organisations: OrganisationRepository,
        audit: AuditLog,
        looks: Looks,
        seal: Seal,
        providers: Providers,
        outbox: Outbox,
        invitations: MailedInvitations,
    ) -> None:
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit
        self._looks = looks
        self._seal = seal
        self._providers = providers
        self._outbox = outbox
        self.invitations = invitations

    # ---- messages

    async def read(self, actor: Actor, wanted: Wanted, cursor: str | None, limit: int) -> Page[Opened]:
        """The newest first. Who looks is noted in the audit log."""
        require(actor, Right.SEE_OUTBOX)
        async with self._database.begin() as session:
            found = await repository.find_all(session, actor.organisation, wanted, cursor, limit)
            _, configuration = await self._organisations.current(session, actor.organisation)
        if found.items:
            await self._looks.note(actor, "outbox-opened")
        return found.map(lambda message: Opened(message, self._text_for(actor, configuration, message)))

    def _text_for(self, actor: Actor, configuration: Configuration, message: Message) -> str | None:
        """What lets somebody in is shown to those alone who could have made it."""
        if message.text is None or not message.lets_in:
            return message.text
        if message.person is None:
            return None
        try:
            may_let_in(actor, configuration, message.person)
        except (Refused, NoPerson):
            return None
        return self._seal.open(message.text, sealed_for(message.organisation, message.id))

    async def test(self, actor: Actor, channel: Channel, receiver: str) -> Message:
        """Write a test message. NoReceiver; TooManyTests."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, actor.organisation)
            since = after(self._clock.now(), -timedelta(hours=1))
            if await repository.written_since(session, actor.organisation, Purpose.TEST, since) >= MOST_TESTS:
                raise TooManyTests(f"{MOST_TESTS} tests in an hour are enough.", "Try again in an hour.")
            own = configuration.organisation
            subject, text = worded(Purpose.TEST, own.language, organisation=own.name)
            new = NewMessage(channel, Purpose.TEST, receiver, text, subject if channel is Channel.MAIL else "")
            return await self._outbox.put(session, actor.organisation, new, actor.name)

    async def one(self, actor: Actor, message: str) -> Message:
        """How it stands with one. NoMessage."""
        require(actor, Right.SEE_OUTBOX, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            found = await repository.find(session, actor.organisation, message)
        if found is None:
            raise NoMessage("There is no such message.", "It may have been forgotten: messages are kept for 90 days.")
        return found

    async def reported(
        self, organisation: OrganisationId, message: str, key: str, state: ReportState | None, reason: str
    ) -> None:
        """A provider tells what became of a message. `state`: None when that is not the end yet. NoMessage."""
        async with self._database.begin() as session:
            found = await repository.find(session, organisation, message)
            if found is None or not compare_digest(found.report_key.encode(), key.encode()):
                raise NoMessage("There is no such message.")
            if state is None:
                return
            delivered, now = state is ReportState.DELIVERED, self._clock.now()
            await repository.reported(session, organisation, message, delivered=delivered, said=reason, now=now)

    # ---- who brings them

    async def providers(self, actor: Actor) -> dict[Channel, AnySettings]:
        """Without passwords."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            found = [(channel, await self._providers.of(session, actor.organisation, channel)) for channel in Channel]
        return {channel: provider.settings for channel, provider in found if provider is not None}

    async def set_provider(self, actor: Actor, channel: Channel, settings: AnySettings, password: str | None) -> None:
        """`password`: None for the one that is kept. What waits is tried at once. HostNotAllowed; PasswordNeeded."""
        require(actor, Right.CHANGE_CONFIGURATION)
        now, organisation = self._clock.now(), actor.organisation
        async with self._database.begin() as session:
            await self._providers.set(session, organisation, channel, settings, password, actor.name, now)
            shown = settings.model_dump(mode="json")
            await self._audit.write(session, organisation, now, actor.name, "provider-set", channel.value, after=shown)
            waiting = await repository.waiting(session, organisation, channel)
            await tell(session, *(SEND.job(SendMessage(organisation, message)) for message in waiting))

    async def incoming_key(self, actor: Actor) -> str | None:
        """By which the provider of texts is known when it hands over what came in. None: there is none."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            return await self._providers.incoming_key(session, actor.organisation, Channel.TEXT)

    async def new_incoming_key(self, actor: Actor) -> str:
        """Another one. NoProvider."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            key = await self._providers.new_incoming_key(session, actor.organisation, Channel.TEXT)
            if key is None:
                raise NoProvider("Nobody brings your texts.", "Set the provider first.")
            now = self._clock.now()
            await self._audit.write(session, actor.organisation, now, actor.name, "incoming-address-made", "text")
        return key

    async def remove_provider(self, actor: Actor, channel: Channel) -> None:
        """From now on messages are kept, and not sent."""
        require(actor, Right.CHANGE_CONFIGURATION)
        async with self._database.begin() as session:
            await self._providers.remove(session, actor.organisation, channel)
            now = self._clock.now()
            await self._audit.write(session, actor.organisation, now, actor.name, "provider-removed", channel.value)
