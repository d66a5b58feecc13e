"""The public page from which anyone can call one organisation, usually the demonstration."""

import asyncio
import contextlib
import secrets
from collections.abc import Sequence

import msgspec

from svarhus.domains.guests.errors import NotOpen, TooManyVisitors, VisitOver
from svarhus.domains.guests.model import Begun, Guest, GuestLimits, free_number, recent_of, wait_until
from svarhus.domains.organisation.errors import NoOrganisation
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.kit.clock import Clock, after, seconds_between
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId
from svarhus.ports.guests import GuestPhone, GuestPhones

NAME = "guest-"
"""How every visitor's SIP name begins; a person's begins with the extension."""


class Entrance(msgspec.Struct, frozen=True):
    """A number that visitors can call."""

    number: str
    name: str


class CallUsPage(msgspec.Struct, frozen=True):
    """What the page shows."""

    key: OrganisationId
    organisation: str
    language: str
    entrances: Sequence[Entrance]


class CallUs:
    """Visitors live in this process only: after a restart their pages begin a new visit by themselves."""

    def __init__(
        self,
        organisation: OrganisationId | None,
        repository: OrganisationRepository,
        phones: GuestPhones,
        clock: Clock,
        limits: GuestLimits | None = None,
    ) -> None:
        """`organisation`: whom anyone may call; None for nobody."""
        self._organisation = organisation
        self._repository = repository
        self._phones = phones
        self._clock = clock
        self._limits = limits or GuestLimits()
        self._guests: dict[str, Guest] = {}
        self._begun: list[Begun] = []
        self._arriving = asyncio.Lock()

    async def page(self) -> CallUsPage:
        """NotOpen."""
        document = await self._document()
        key = OrganisationId(document.organisation.key)
        return CallUsPage(key, document.organisation.name, document.organisation.language, _entrances(document))

    async def begin(self, address: str) -> Guest:
        """Let a visitor from this address call for a while. NotOpen, TooManyVisitors, Unavailable."""
        document = await self._document()
        # One after the other: two at once would both fit into the last place.
        async with self._arriving:
            await self.forget_expired()
            now = self._clock.now()
            wait = wait_until(self._guests.values(), self._begun, address, now, self._limits)
            if wait is not None:
                raise TooManyVisitors(max(1, round(seconds_between(now, wait))))
            self._begun = [*recent_of(self._begun, now, self._limits), Begun(address, now)]
            guest = Guest(
                token=secrets.token_urlsafe(24),
                name=NAME + secrets.token_hex(6),
                password=secrets.token_urlsafe(24),
                number=free_number(self._guests.values()),
                address=address,
                until=after(now, self._limits.lifetime),
                numbers=frozenset(one.number for one in _entrances(document)),
            )
            await self._phones.open(_phone(document, guest))
            self._guests[guest.token] = guest
            return guest

    def guest(self, token: str) -> Guest:
        """The visitor with this secret. VisitOver."""
        guest = self._guests.get(token)
        if guest is None or guest.until <= self._clock.now():
            raise VisitOver("The visit is over.", "Begin a new one.")
        return guest

    async def end(self, token: str) -> None:
        """The visitor leaves. A call goes on until somebody hangs up."""
        guest = self._guests.pop(token, None)
        if guest is not None:
            await self._phones.close(guest.name)

    async def forget_expired(self) -> None:
        now = self._clock.now()
        for guest in [guest for guest in self._guests.values() if guest.until <= now]:
            with contextlib.suppress(SvarhusError):
                await self.end(guest.token)

    async def _document(self) -> Configuration:
        if self._organisation is None:
            raise NotOpen("Nobody can be called from a page here.")
        try:
            return (await self._repository.load(self._organisation))[1]
        except NoOrganisation:
            raise NotOpen(f"There is no organisation `{self._organisation}` to call here.") from None


def _entrances(document: Configuration) -> tuple[Entrance, ...]:
    return tuple(Entrance(one.number, one.name) for one in document.numbers if not one.trunk)


def _phone(document: Configuration, guest: Guest) -> GuestPhone:
    return GuestPhone(
        organisation=OrganisationId(document.organisation.key),
        name=guest.name,
        password=guest.password,
        display="",
        number=guest.number,
        language=document.organisation.language,
    )
