"""Sets PINs, and looks whether one that was keyed at a telephone is right."""

import hmac
import secrets

import msgspec
import structlog

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.callflows.elements.member_login import MemberLoginElement
from svarhus.domains.numbers.parse import to_e164
from svarhus.domains.organisation.model import Configuration
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people import pin_repository
from svarhus.domains.people.attempts import FREE, FREE_OF_ADDRESS, LONGEST_OF_PIN
from svarhus.domains.people.errors import NoPerson, TooManyAttempts
from svarhus.domains.people.passwords import Passwords
from svarhus.domains.people.pins import PinAnswer, check_pin
from svarhus.domains.people.repository import Subject
from svarhus.domains.people.rights import Actor
from svarhus.domains.people.ways_in import may_let_in, person_of
from svarhus.domains.signin.attempting import Attempts
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database
from svarhus.kit.errors import SvarhusError
from svarhus.kit.ids import OrganisationId, PersonKey

log = structlog.get_logger()


class PinStatus(msgspec.Struct, frozen=True):
    since: Instant | None
    """None: there is no PIN."""
    digits: int
    """So many a new one has at least."""
    numbers: tuple[str, ...]
    """Numbers of ours (E.164) at which it is asked for."""


class Pins:
    """PINs of people. What one is, nobody can read."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        organisations: OrganisationRepository,
        audit: AuditLog,
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._organisations = organisations
        self._audit = audit
        self._attempts = Attempts(database, clock)
        self._key = secrets.token_bytes(32)
        """Of this process alone, and nowhere written down."""

    async def status(self, actor: Actor) -> PinStatus:
        """NoPerson for a token."""
        async with self._database.read() as session:
            _, configuration = await self._organisations.current(session, actor.organisation)
            since = await pin_repository.pin_since(session, actor.organisation, _own(actor))
        return PinStatus(since, configuration.organisation.sign_in.pin_digits, _asking(configuration))

    async def set(self, actor: Actor, pin: str) -> None:
        """One's own. WeakPin, NoPerson, TooBusy."""
        key = _own(actor)
        _, configuration = await self._organisations.load(actor.organisation)
        person = person_of(configuration, key)
        numbers = (person.extension, person.number, person.mobile, person.presented)
        check_pin(pin, configuration.organisation.sign_in.pin_digits, *filter(None, numbers))
        hash = await self._passwords.hash(pin)
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, actor.organisation, lock=True)
            person_of(configuration, key)
            await pin_repository.set_pin_hash(session, actor.organisation, key, hash, self._clock.now())
            await self._audit.write(session, actor.organisation, self._clock.now(), actor.name, "pin-set", key)

    async def clear(self, actor: Actor) -> None:
        """One's own: from now on no PIN fits."""
        await self._clear(actor, _own(actor))

    async def clear_for(self, actor: Actor, person: PersonKey) -> None:
        """Somebody else's. Refused unless the actor may decide how this person signs in. NoPerson."""
        _, configuration = await self._organisations.load(actor.organisation)
        may_let_in(actor, configuration, person)
        await self._clear(actor, person)

    async def _clear(self, actor: Actor, person: PersonKey) -> None:
        async with self._database.begin() as session:
            if await pin_repository.clear_pin(session, actor.organisation, person):
                await self._audit.write(
                    session, actor.organisation, self._clock.now(), actor.name, "pin-cleared", person
                )

    async def check(
        self, organisation: OrganisationId, claimed: str, person: PersonKey | None, caller: str | None, pin: str
    ) -> PinAnswer:
        """Whether it is the person's PIN. `claimed`: who it should be, as it was keyed; `caller`: the number from which
        it was, None when withheld.

        Nobody (None) and no PIN take as long as a wrong one, and count as one.
        """
        try:
            nobody = await self._nobody(organisation, claimed)
            subjects = (
                Subject("pin", f"{organisation}/{person or nobody}", FREE, LONGEST_OF_PIN),
                Subject("pin_from", f"{organisation}/{caller or ''}", FREE_OF_ADDRESS, forgiven=False),
            )
            await self._attempts.begin(*subjects)
            async with self._database.read() as session:
                hash = await pin_repository.pin_hash(session, organisation, person or "")
            if not await self._passwords.fits(pin, hash):
                return PinAnswer.WRONG
            async with self._database.begin() as session:
                await self._attempts.succeeded(session, *subjects)
        except TooManyAttempts:
            return PinAnswer.TOO_MANY
        except SvarhusError as error:
            log.warning("pin_not_checked", organisation=organisation, error=error.detail)
            return PinAnswer.UNKNOWN
        return PinAnswer.RIGHT

    async def _nobody(self, organisation: OrganisationId, claimed: str) -> str:
        """One name for all spellings of a number. Somebody may have keyed a PIN in its place: what is kept can be
        counted, and not found out, as whoever has all of it does not have the key."""
        _, configuration = await self._organisations.load(organisation)
        number = to_e164(claimed, configuration.organisation.country) or claimed
        return hmac.new(self._key, number.encode(), "sha256").hexdigest()


def _asking(configuration: Configuration) -> tuple[str, ...]:
    asking = MemberLoginElement.type
    flows = {
        flow.key
        for flow in configuration.callflows
        if any(element.type == asking for element in flow.elements.values())
    }
    return tuple(number.number for number in configuration.numbers if number.flow in flows)


def _own(actor: Actor) -> PersonKey:
    if actor.person is None:
        raise NoPerson("A token is no person.", "Sign in as a person.")
    return actor.person
