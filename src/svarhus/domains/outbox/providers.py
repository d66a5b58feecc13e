"""Keeps who brings an organisation's messages. Passwords are sealed."""

import secrets
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from svarhus.domains.outbox.errors import HostNotAllowed, PasswordNeeded
from svarhus.domains.outbox.hosts import Hosts
from svarhus.domains.outbox.model import Channel
from svarhus.domains.outbox.settings import AnySettings, SmtpSettings, TextSettings
from svarhus.domains.outbox.tables import message_providers
from svarhus.domains.people.errors import Unreadable
from svarhus.domains.people.sealing import Seal
from svarhus.kit.clock import Instant
from svarhus.kit.database import Session
from svarhus.kit.ids import OrganisationId

S = TypeVar("S", bound=AnySettings, covariant=True)

_READ: dict[Channel, TypeAdapter[AnySettings]] = {
    Channel.MAIL: TypeAdapter(SmtpSettings),
    Channel.TEXT: TypeAdapter(TextSettings),
}
_columns = message_providers.c


@dataclass(frozen=True)
class Provider(Generic[S]):
    """Somebody who brings messages."""

    settings: S
    password: str = field(repr=False)


class Providers:
    """Of all organisations, one for each channel."""

    def __init__(self, seal: Seal, hosts: Hosts) -> None:
        self._seal = seal
        self._hosts = hosts

    async def of(
        self, session: Session, organisation: OrganisationId, channel: Channel
    ) -> Provider[AnySettings] | None:
        """Who brings them; None: nobody, or one that the operator does not allow any more."""
        query = select(message_providers).where(
            _columns.organisation_id == organisation, _columns.channel == channel.value
        )
        row = (await session.execute(query)).one_or_none()
        if row is None:
            return None
        settings = _READ[channel].validate_python(row.settings)
        if not self._hosts.allow(*settings.place):
            return None
        try:
            password = self._seal.open(row.password, _owner(organisation, channel))
        except Unreadable:
            # A database that came without its key: the provider will refuse us, and the administrator is told that.
            password = ""
        return Provider(settings, password)

    async def incoming_key(self, session: Session, organisation: OrganisationId, channel: Channel) -> str | None:
        """What whoever hands over incoming messages has to know; None: nobody does."""
        query = select(_columns.incoming_key).where(
            _columns.organisation_id == organisation, _columns.channel == channel.value
        )
        sealed = (await session.execute(query)).scalar_one_or_none()
        if sealed is None:
            return None
        try:
            return self._seal.open(sealed, _incoming(organisation, channel))
        except Unreadable:
            return None

    async def new_incoming_key(self, session: Session, organisation: OrganisationId, channel: Channel) -> str | None:
        """Another one, in place of that before. None: nobody brings messages of this channel."""
        key = secrets.token_urlsafe(24)
        setting = (
            update(message_providers)
            .where(_columns.organisation_id == organisation, _columns.channel == channel.value)
            .values(incoming_key=self._seal.seal(key, _incoming(organisation, channel)))
            .returning(_columns.channel)
        )
        return key if (await session.execute(setting)).one_or_none() else None

    async def organisations_with(self, session: Session, channel: Channel, kind: str) -> tuple[OrganisationId, ...]:
        """Those whose messages are brought so."""
        query = select(_columns.organisation_id).where(
            _columns.channel == channel.value, _columns.settings["kind"].astext == kind
        )
        return tuple(OrganisationId(key) for key in (await session.execute(query)).scalars())

    async def set(
        self,
        session: Session,
        organisation: OrganisationId,
        channel: Channel,
        settings: AnySettings,
        password: str | None,
        by: str,
        now: Instant,
    ) -> None:
        """From now on this one. `password`: None for the one that is kept. HostNotAllowed; PasswordNeeded."""
        if not self._hosts.allow(*settings.place):
            host, port = settings.place
            raise HostNotAllowed(
                f"Messages may not be sent to {host}:{port}.", "Ask the operator for it (setting message_hosts)."
            )
        if password is None:
            password = await self._kept_password(session, organisation, channel, settings)
        values = {
            "settings": settings.model_dump(mode="json"),
            "password": self._seal.seal(password, _owner(organisation, channel)),
            "changed_by": by,
            "changed_at": now,
        }
        adding = insert(message_providers).values(organisation_id=organisation, channel=channel.value, **values)
        await session.execute(
            adding.on_conflict_do_update(index_elements=[_columns.organisation_id, _columns.channel], set_=values)
        )

    async def remove(self, session: Session, organisation: OrganisationId, channel: Channel) -> None:
        await session.execute(
            delete(message_providers).where(_columns.organisation_id == organisation, _columns.channel == channel.value)
        )

    async def _kept_password(
        self, session: Session, organisation: OrganisationId, channel: Channel, settings: AnySettings
    ) -> str:
        """Of the same user at the same place: whoever may not read it cannot have it sent elsewhere either."""
        before = await self.of(session, organisation, channel)
        if before is None:
            return ""
        same = before.settings.place == settings.place and before.settings.user == settings.user
        if not same and before.password:
            raise PasswordNeeded("The password is kept for another server or user.", "Give the password again.")
        return before.password


def _incoming(organisation: OrganisationId, channel: Channel) -> str:
    return f"{organisation}/outbox/{channel.value}/incoming"


def _owner(organisation: OrganisationId, channel: Channel) -> str:
    return f"{organisation}/outbox/{channel.value}"
