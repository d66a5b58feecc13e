"""Invitations that go to their receivers by mail."""

from zoneinfo import ZoneInfo

from svarhus.domains.organisation.model import Configuration
from svarhus.domains.outbox.model import Channel, Message, NewMessage, Purpose
from svarhus.domains.outbox.wording import worded
from svarhus.domains.outbox.writing import Outbox
from svarhus.domains.people.model import Person
from svarhus.domains.people.rights import Actor
from svarhus.domains.signin.invitations import Invitations
from svarhus.kit.clock import Instant, to_local
from svarhus.kit.database import Session
from svarhus.kit.ids import PersonKey


class MailedInvitations:
    """Makes a link, and writes the mail with it in the same unit of work."""

    def __init__(self, invitations: Invitations, outbox: Outbox) -> None:
        self._invitations = invitations
        self._outbox = outbox

    async def send(self, actor: Actor, person: PersonKey, address: str) -> tuple[Message, Instant]:
        """The mail, and until when its link holds. `address`: of this installation, as the person reaches it."""
        written: list[Message] = []

        async def write(
            session: Session, configuration: Configuration, invited: Person, secret: str, until: Instant
        ) -> None:
            own = configuration.organisation
            subject, text = worded(
                Purpose.INVITATION,
                invited.language,
                organisation=own.name,
                name=invited.name,
                email=invited.email,
                # Behind the #, so that the secret stands in no log.
                link=f"{address}/invitation#{secret}",
                until=f"{to_local(until, ZoneInfo(own.timezone)):%Y-%m-%d %H:%M}",
            )
            new = NewMessage(
                Channel.MAIL, Purpose.INVITATION, invited.email, text, subject, PersonKey(invited.key), lets_in=True
            )
            written.append(await self._outbox.put(session, actor.organisation, new, actor.name))

        _, until = await self._invitations.make(actor, person, within=write)
        return written[0], until
