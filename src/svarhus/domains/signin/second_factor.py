"""The second factor: a code from an app on the phone, besides the password."""

from dataclasses import dataclass, field
from typing import Literal

import msgspec

from svarhus.domains.audit.log import AuditLog
from svarhus.domains.organisation.repository import OrganisationRepository
from svarhus.domains.people import second_factor_repository as kept
from svarhus.domains.people.codes import (
    QrCode,
    address,
    fitting_step,
    is_time_based,
    new_recovery_codes,
    new_secret,
    normal,
    qr_code,
)
from svarhus.domains.people.errors import (
    NoSecondFactor,
    SecondFactorOn,
    SecondFactorRequired,
    WrongCode,
    WrongConfirmation,
)
from svarhus.domains.people.rights import Actor
from svarhus.domains.people.sealing import Seal, is_sealed
from svarhus.domains.people.ways_in import end_ways_in, may_let_in
from svarhus.kit.clock import Clock, Instant
from svarhus.kit.database import Database, Session
from svarhus.kit.ids import OrganisationId, PersonKey


@dataclass(frozen=True)
class NewSecondFactor:
    """What an app must be told. It is on when a code of the app was given back."""

    secret: str = field(repr=False)
    address: str = field(repr=False)
    """`otpauth:`, as authenticator apps understand it."""
    qr_code: QrCode = field(repr=False)


class SecondFactorState(msgspec.Struct, frozen=True):
    """How it stands with somebody's second factor."""

    on: bool
    since: Instant | None
    recovery_codes_left: int
    required: bool
    """The organisation demands one of everybody."""


class SecondFactors:
    """Sets second factors up, checks their codes, and takes them away."""

    def __init__(
        self, database: Database, clock: Clock, organisations: OrganisationRepository, audit: AuditLog, seal: Seal
    ) -> None:
        self._seal = seal
        self._database = database
        self._clock = clock
        self._organisations = organisations
        self._audit = audit

    async def needed(self, organisation: OrganisationId, person: PersonKey) -> Literal["code", "set_up"] | None:
        """What somebody who knows the password must do besides."""
        state = await self.state(organisation, person)
        if state.on:
            return "code"
        return "set_up" if state.required else None

    async def state(self, organisation: OrganisationId, person: PersonKey) -> SecondFactorState:
        async with self._database.begin() as session:
            found = await kept.find(session, organisation, person)
            left = await kept.recovery_codes_left(session, organisation, person)
            _, configuration = await self._organisations.current(session, organisation)
        since = found.confirmed_at if found else None
        required = configuration.organisation.sign_in.second_factor == "required"
        return SecondFactorState(since is not None, since, left if since else 0, required)

    async def people_with(self, organisation: OrganisationId) -> frozenset[str]:
        """Those whose second factor is on."""
        async with self._database.begin() as session:
            return await kept.people_with(session, organisation)

    async def begin(self, organisation: OrganisationId, person: PersonKey) -> NewSecondFactor:
        """A new secret for the app. SecondFactorOn when there is one in use."""
        secret = new_secret()
        async with self._database.begin() as session:
            if await kept.is_on(session, organisation, person):
                raise SecondFactorOn("Your second factor is on already.", "Turn it off first, to use another app.")
            sealed = self._seal.seal(secret, _owner(organisation, person))
            await kept.begin(session, organisation, person, sealed, self._clock.now())
            _, configuration = await self._organisations.current(session, organisation)
        account = next(each.email for each in configuration.people if each.key == person)
        to_app = address(secret, account, configuration.organisation.name)
        return NewSecondFactor(secret, to_app, qr_code(to_app))

    async def confirm(self, organisation: OrganisationId, person: PersonKey, code: str) -> tuple[str, ...]:
        """Turn it on with a code of the app. Gives the recovery codes, which are shown this once.

        WrongConfirmation; NoSecondFactor when none was begun.
        """
        now, codes = self._clock.now(), new_recovery_codes()
        async with self._database.begin() as session:
            found = await kept.find(session, organisation, person, lock=True)
            if found is None:
                raise NoSecondFactor("No second factor was begun.", "Begin it, and scan the code.")
            if found.confirmed_at is not None:
                raise SecondFactorOn("Your second factor is on already.")
            step = fitting_step(self._opened(organisation, person, found), normal(code), now, found.last_step)
            if step is None:
                raise WrongConfirmation(
                    "The code is not the one that the app shows now.",
                    "Type the six digits that it shows; look whether the phone's clock is right.",
                )
            await kept.used(session, organisation, person, step, now)
            await kept.set_recovery_codes(session, organisation, person, codes)
            await self._note(session, organisation, person, "second-factor-on", person)
        return codes

    async def use(self, organisation: OrganisationId, person: PersonKey, code: str) -> None:
        """Use a code of the app, or one for recovery, up. WrongCode."""
        code = normal(code)
        async with self._database.begin() as session:
            found = await kept.find(session, organisation, person, lock=True)
            if found is None or found.confirmed_at is None:
                raise WrongCode
            if is_time_based(code):
                step = fitting_step(self._opened(organisation, person, found), code, self._clock.now(), found.last_step)
                if step is None:
                    raise WrongCode
                await kept.used(session, organisation, person, step, found.confirmed_at)
            elif await kept.use_recovery_code(session, organisation, person, code):
                await self._note(session, organisation, person, "recovery-code-used", person)
            else:
                raise WrongCode

    async def turn_off(self, organisation: OrganisationId, person: PersonKey) -> None:
        """The person's own. SecondFactorRequired when the organisation demands one; NoSecondFactor."""
        if (await self.state(organisation, person)).required:
            raise SecondFactorRequired(
                "The organisation demands a second factor of everybody.",
                "Ask an administrator to reset it, to use another app.",
            )
        async with self._database.begin() as session:
            if not await kept.forget(session, organisation, person):
                raise NoSecondFactor("There is no second factor.")
            await self._note(session, organisation, person, "second-factor-off", person)

    async def renew_recovery_codes(self, organisation: OrganisationId, person: PersonKey) -> tuple[str, ...]:
        """New ones, shown this once; the old ones are of no use any more. NoSecondFactor."""
        codes = new_recovery_codes()
        async with self._database.begin() as session:
            if not await kept.is_on(session, organisation, person):
                raise NoSecondFactor("There is no second factor.", "Set one up first.")
            await kept.set_recovery_codes(session, organisation, person, codes)
            await self._note(session, organisation, person, "recovery-codes-made", person)
        return codes

    async def reset(self, actor: Actor, person: PersonKey) -> None:
        """Take away somebody's who has lost it, and end that person's sessions and half done sign-ins; an invitation
        stays, since it lets nobody round a second factor. Refused; NoPerson; NoSecondFactor."""
        organisation = actor.organisation
        async with self._database.begin() as session:
            _, configuration = await self._organisations.current(session, organisation, lock=True)
            may_let_in(actor, configuration, person)
            if not await kept.forget(session, organisation, person):
                raise NoSecondFactor("The person has no second factor.")
            await end_ways_in(session, organisation, person, invitations=False)
            await self._note(session, organisation, actor.name, "second-factor-reset", person)

    async def seal_old(self, organisation: OrganisationId) -> int:
        """Seal the secrets that were kept in clear before. How many there were."""
        async with self._database.begin() as session:
            in_clear = [
                (PersonKey(person), secret)
                for person, secret in (await kept.secrets_of(session, organisation)).items()
                if not is_sealed(secret)
            ]
            for person, secret in in_clear:
                sealed = self._seal.seal(secret, _owner(organisation, person))
                await kept.set_secret(session, organisation, person, sealed)
        return len(in_clear)

    def _opened(self, organisation: OrganisationId, person: PersonKey, found: kept.SecondFactor) -> str:
        """The secret that the app shares with us. Unreadable."""
        if not is_sealed(found.secret):
            return found.secret
        return self._seal.open(found.secret, _owner(organisation, person))

    async def _note(self, session: Session, organisation: OrganisationId, who: str, action: str, subject: str) -> None:
        await self._audit.write(session, organisation, self._clock.now(), who, action, subject)


def _owner(organisation: OrganisationId, person: PersonKey) -> str:
    """So that a sealed secret is of no use in another's row."""
    return f"{organisation}/{person}"
